"""Another label goes with all that names it."""

import pytest

from prep.content import questions
from prep.practice import answers, reviews, stories
from prep.progress import reading, settings, time_spent
from prep.progress.tracker import Tracker
from prep.store import change_list, renumber, undo_redo

HERE = {"L-01": "L-02", "L-02": "L-01"}


def test_two_questions_change_places_with_all_that_hangs_on_them(db, clock):
    tracker = Tracker(db, clock)
    tracker.edit({"L-01": {"personal_notes": "mine", "status": "done"}})
    answers.save(db, clock, "L-01", "An answer")
    reviews.rate(db, clock, "L-01", 3)
    story_id = stories.save(db, clock, {"title": "The migration"})
    stories.link(db, clock, story_id, {"L-01": "scope"})
    time_spent.enter(db, clock, "L-01", 5, clock.today())
    before = questions.titles(db, ["L-01", "L-02"])
    renumber.questions(db, HERE)
    assert questions.titles(db, ["L-01", "L-02"]) == {
        "L-01": before["L-02"],
        "L-02": before["L-01"],
    }
    assert tracker.state("L-02").personal_notes == "mine"
    assert answers.get(db, "L-02") == "An answer"
    assert [log.rating for log in reviews.logs(db, "L-02")] == [3]
    assert [link.question_id for link in stories.links(db)] == ["L-02"]
    assert time_spent.of_question(db, "L-02") == {"manual": 5}
    assert not change_list.changes(db, subject_id="L-01")
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_there_and_back_is_as_it_was(db, clock):
    answers.save(db, clock, "L-01", "An answer")
    before = list(db.conn.iterdump())
    for _ in range(2):
        renumber.questions(db, HERE)
    assert sorted(db.conn.iterdump()) == sorted(before)


def test_an_article_takes_its_reading_state_and_notes_along(db, clock):
    [permalink] = db.execute("SELECT permalink FROM article LIMIT 1").fetchone()
    reading.note_section(db, clock, permalink, "1-hook", "nice")
    renumber.articles(db, {permalink: "/moved/"})
    assert reading.section_notes(db, "/moved/") == {"1-hook": "nice"}
    assert reading.section_notes(db, permalink) == {}


@pytest.mark.parametrize(
    ("subject", "subject_id", "renamed"),
    [
        ("link", "ST-001#L-01", "ST-001#L-02"),
        ("question", "L-01", "L-02"),
        ("setting", "L-01", "L-01"),
        ("section", "/a/#L-01", "/a/#L-01"),
        ("question", "L-011", "L-011"),
    ],
)
def test_a_subjects_id_is_made_of_labels(subject, subject_id, renamed):
    assert renumber.renamed(subject, subject_id, HERE) == renamed


def test_a_mock_interviews_state_names_its_questions(db):
    state = {"questions": ["L-01", "L-03"], "notes": {"L-01": "x"}, "current": 0}
    assert renumber.state(state, HERE) == {
        "questions": ["L-02", "L-03"],
        "notes": {"L-02": "x"},
        "current": 0,
    }


def test_no_names_change_nothing(db):
    before = list(db.conn.iterdump())
    for rename in (renumber.questions, renumber.numbered, renumber.articles):
        rename(db, {})
    renumber.categories(db, "behavioral", {})
    assert list(db.conn.iterdump()) == before


def test_the_focus_on_a_category_follows_it_and_can_be_undone_after(db, clock):
    settings.change(db, clock, {"focus": "system-design:3=2, behavioral:3=0.5"})
    settings.change(db, clock, {"focus": "system-design:3=2, system-design:4=0, behavioral:3=0.5"})
    renumber.categories(db, "system-design", {3: 4, 4: 3})
    assert settings.as_text(settings.load(db), "focus") == (
        "behavioral:3=0.5, system-design:3=0, system-design:4=2"
    )
    undo_redo.undo(db, clock)
    assert settings.as_text(settings.load(db), "focus") == "behavioral:3=0.5, system-design:4=2"
