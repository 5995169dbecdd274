"""What an edit alters, and what the changes make of a thing."""

import pytest

from prep.practice import answers, stories
from prep.progress.tracker import Tracker
from prep.store import change_log, change_rows, undo_redo
from prep.store.change_rows import Edit, alterations
from prep.store.database import writing


def before_of(db, subject, fields, **more):
    return [one.before for one in alterations(db, Edit(subject, fields, **more))]


def test_what_is_not_there_yet_has_the_defaults_of_its_table(db):
    fields = {"angle": "scope", "removed": 0}
    assert (
        before_of(db, "link", {"ST-001#L-01": fields})[0].items()
        >= {
            "angle": "",
            "removed": 1,
        }.items()
    )


def test_what_is_there_has_what_the_table_holds(db, clock):
    answers.save(db, clock, "L-01", "one")
    edit = Edit("answer", {"L-01": {"body": "two"}, "L-02": {"body": "new"}})
    assert {one.subject_id: one.before["body"] for one in alterations(db, edit)} == {
        "L-01": "one",
        "L-02": "",
    }


def test_what_alters_nothing_is_left_out(db, clock):
    answers.save(db, clock, "L-01", "one")
    assert alterations(db, Edit("answer", {"L-01": {"body": "one"}})) == []
    with writing(db):
        assert change_log.write(db, clock, "answer", {"L-01": {"body": "one"}}) == 0


def test_fields_that_go_together_are_read_together(db, tracker):
    tracker.set_status("L-01", "done")
    [before] = before_of(db, "question", {"L-01": {"status": "todo"}})
    assert before["status"] == "done"
    assert before["done_on"] is not None


def test_what_no_table_has_defaults_for_begins_as_it_is_said(db):
    fields = {"sheet": "behavioral", "title": "Why us?", "retired": 0}
    [one] = alterations(db, Edit("own", {"X-001": fields}, begins={"title": "", "retired": 1}))
    assert one.before == {"sheet": "behavioral", "title": "", "retired": 1}
    assert one.is_whole


def test_a_field_is_what_the_last_change_says_that_stands(db, clock):
    for text in ("one", "two"):
        answers.save(db, clock, "L-01", text)
    assert change_rows.state(db, "answer", "L-01") == {"body": "two"}
    undo_redo.undo(db, clock)
    assert change_rows.state(db, "answer", "L-01") == {"body": "one"}
    undo_redo.undo(db, clock)
    assert change_rows.state(db, "answer", "L-01") == {"body": ""}
    undo_redo.redo(db, clock)
    assert change_rows.state(db, "answer", "L-01") == {"body": "one"}


def test_a_row_is_found_by_its_id(db, clock):
    assert change_rows.row_of(db, "answer", "L-01") is None
    answers.save(db, clock, "L-01", "one")
    assert change_rows.row_of(db, "answer", "L-01") == {"question_id": "L-01", "body": "one"}


def test_what_another_program_wrote_is_told_from_what_the_changes_make(db, clock, tracker):
    tracker.set_status("L-01", "done")
    answers.save(db, clock, "L-01", "one")
    assert change_rows.differing(db) == []
    db.execute("UPDATE answer SET body = 'forged'")
    assert change_rows.differing(db) == ["L-01 body"]
    [(subject, subject_id, made, held)] = change_rows.unlike(db)
    assert (subject, subject_id) == ("answer", "L-01")
    assert (made["body"], held["body"]) == ("one", "forged")


@pytest.mark.parametrize("steps", [[], ["undo"], ["undo", "redo"], ["undo", "redo", "undo"]])
def test_the_last_undo_or_redo_says_whether_a_change_stands(db, clock, steps):
    stories.save(db, clock, {"title": "The migration"})
    for step in steps:
        getattr(undo_redo, step)(db, clock)
    first = db.execute("SELECT undone FROM change ORDER BY id LIMIT 1").fetchone()[0]
    assert first == (steps[-1:] == ["undo"])


def test_questions_of_ones_own_come_before_what_is_noted_on_them(db, clock):
    question = {"sheet": "behavioral", "category_position": 1, "title": "Why us?", "retired": 0}
    question |= {"notes": None, "level": "EM", "difficulty": "High"}
    edits = [
        Edit("answer", {"X-001": {"body": "Because."}}),
        Edit("own", {"X-001": question}, begins={"title": "", "retired": 1}),
    ]
    with writing(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        change_log.write_together(db, clock, edits)
        [change_id] = db.execute("SELECT max(id) FROM change").fetchone()
    assert change_rows.subjects(db, change_id) == [("own", "X-001"), ("answer", "X-001")]


def test_a_whole_change_says_what_stays_as_well(db, clock):
    tracker = Tracker(db, clock)
    tracker.edit({"L-01": {"confidence": 3}})
    said = db.execute("SELECT field FROM history ORDER BY id").fetchall()
    assert said == [("confidence",)]
    tracker.set_status("L-01", "done")
    said = {name for (name,) in db.execute("SELECT field FROM history WHERE change_id = 2")}
    assert said == {"status", "started_on", "drafted_on", "done_on"}
