"""The story bank."""

import pytest

from prep.errors import InvalidValue, UnknownQuestion, UnknownStory
from prep.practice import stories
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
