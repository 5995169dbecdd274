"""The story bank."""

import pytest

from prep.errors import InvalidValue, PrepError, UnknownQuestion, UnknownStory
from prep.practice import stories
from prep.progress import settings
from prep.store import undo_redo


def test_a_story_is_kept_and_changed(db, clock, migration):
    assert migration == "ST-001"
    stories.save(db, clock, {"metric": "2 → 30 deploys a week", "level": "DIR"}, migration)
    story = stories.get(db, migration)
    assert (story.title, story.metric, story.level) == (
        "The migration",
        "2 → 30 deploys a week",
        "DIR",
    )
    assert story.spoken == "I paired with Anjali.\n\n2 → 30 deploys a week"


def test_undo_takes_a_story_back_and_its_id_is_not_used_again(db, clock, migration):
    undo_redo.undo(db, clock)
    assert stories.list_stories(db) == []
    assert stories.save(db, clock, {"title": "Another"}) == "ST-002"


def test_removing_keeps_text_and_links_for_undo(db, clock, migration):
    stories.link(db, clock, migration, {"L-01": "resistance"})
    stories.remove(db, clock, migration)
    assert stories.list_stories(db) == [] and stories.links(db) == []
    with pytest.raises(UnknownStory):
        stories.get(db, migration)
    undo_redo.undo(db, clock)
    assert stories.get(db, migration).title == "The migration"
    assert stories.links(db) == [stories.Link(migration, "L-01", "resistance")]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": " "}, "needs a title"),
        ({"title": "x" * 201}, "title holds at most 200"),
        ({"action": "x" * 10_001}, "action holds at most 10,000"),
        ({"level": "CTO"}, "level is EM or DIR"),
        ({"strength": 6}, "from 1 to 5"),
    ],
)
def test_what_is_no_story_is_refused(db, clock, migration, values, why):
    with pytest.raises(InvalidValue, match=why):
        stories.save(db, clock, values, migration)
    assert stories.get(db, migration).title == "The migration"


def test_links_are_changed_together_and_undone_together(db, clock, migration):
    told = {"L-01": "", "L-03": "told the CTO", "C-01": ""}
    assert stories.link(db, clock, migration, told) == 3
    assert stories.link(db, clock, migration, {"L-01": "angle", "L-03": None, "C-01": ""}) == 2
    assert [(link.question_id, link.angle) for link in stories.links(db)] == [
        ("L-01", "angle"),
        ("C-01", ""),
    ]
    undo_redo.undo(db, clock)
    assert [link.question_id for link in stories.links(db)] == ["L-01", "L-03", "C-01"]


def test_a_link_that_is_not_named_stays(db, clock, migration):
    stories.link(db, clock, migration, {"L-01": "first tab"})
    stories.link(db, clock, migration, {"L-03": "second tab"})
    assert [link.question_id for link in stories.links(db)] == ["L-01", "L-03"]


def test_only_behavioral_questions_are_linked(db, clock, migration):
    with pytest.raises(InvalidValue, match="no behavioral question"):
        stories.link(db, clock, migration, {"SD-001": ""})
    with pytest.raises(UnknownQuestion):
        stories.link(db, clock, migration, {"L-99": ""})
    assert stories.links(db) == []


def test_the_best_story_of_a_question_comes_first(db, clock, migration):
    director = stories.save(db, clock, {"title": "A", "level": "DIR", "strength": 4})
    manager = stories.save(db, clock, {"title": "B", "level": "EM", "strength": 4})
    em_only = next(db.query("SELECT id FROM question WHERE level = 'EM' LIMIT 1"))["id"]
    for story_id in (migration, director, manager):
        stories.link(db, clock, story_id, {em_only: ""})
    assert [story.id for story, _ in stories.of_question(db, em_only)] == [
        migration,
        manager,
        director,
    ]


def test_a_link_is_added_with_the_angle_it_has_or_had(db, clock, migration):
    stories.add_link(db, clock, migration, "L-01")
    assert stories.links(db) == [stories.Link(migration, "L-01", "")]
    stories.set_angle(db, clock, migration, "L-01", "the risk")
    stories.add_link(db, clock, migration, "L-01")
    assert stories.links(db) == [stories.Link(migration, "L-01", "the risk")]
    stories.link(db, clock, migration, {"L-01": None})
    stories.add_link(db, clock, migration, "L-01")
    assert stories.links(db) == [stories.Link(migration, "L-01", "the risk")]


@pytest.mark.parametrize("question_id", ["SD-001", "Z-1"])
def test_a_link_is_added_only_to_a_behavioral_question(db, clock, migration, question_id):
    with pytest.raises(PrepError):
        stories.add_link(db, clock, migration, question_id)
    with pytest.raises(PrepError):
        stories.save(db, clock, {"title": "Another"}, answers=question_id)
    assert [story.id for story in stories.list_stories(db)] == [migration]
    assert stories.links(db) == []


def test_an_angle_that_comes_after_its_link_was_removed_links_nothing(db, clock, migration):
    stories.set_angle(db, clock, migration, "L-01", "the risk")
    assert stories.links(db) == []


def test_a_new_story_answers_its_question_by_the_same_change(db, clock):
    story_id = stories.save(db, clock, {"title": "The outage"}, answers="L-01")
    assert stories.links(db) == [stories.Link(story_id, "L-01", "")]
    undo_redo.undo(db, clock)
    assert (stories.list_stories(db), stories.links(db)) == ([], [])


@pytest.mark.parametrize(
    ("plan", "level", "role"),
    [("EM", "EM", "Engineering manager"), ("DIR", "DIR", "Director"), ("EM+DIR", "EM", "")],
)
def test_a_new_story_starts_from_what_the_plan_aims_at(db, clock, plan, level, role):
    settings.change(db, clock, {"level": plan})
    assert (stories.blank(db).level, stories.blank(db).role) == (level, role)
