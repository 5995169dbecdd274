"""Data that no Prep wrote is refused before it is stored, in one line that names the file."""

import json

import pytest

from prep.errors import ExportFormatError
from prep.exchange.validation import refuse_unreadable
from prep.practice import answers, form_drafts, stories
from prep.progress import own_questions, settings

AT = "2026-11-23T12:00:00+00:00"


@pytest.fixture
def used(db, clock, tracker):
    """A database in use, which afterwards takes whatever it is given."""
    tracker.set_status(["L-01", "SD-001"], "done")
    answers.save(db, clock, "L-01", "The answer")
    answers.keep_draft(db, clock, "L-02", "The draft")
    settings.change(db, clock, {"start_on": "2026-11-23", "level": "DIR"})
    stories.link(db, clock, stories.save(db, clock, {"title": "One"}), {"L-01": "the angle"})
    form_drafts.keep(db, clock, form_drafts.of_story(db, "ST-001"), {"title": "Two"})
    own_questions.add(
        db, clock, {"sheet": "system-design", "category_position": 1, "title": "Design my desk"}
    )
    for rule in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
        db.execute(f"PRAGMA {rule}")
    return db


def test_what_prep_wrote_is_readable(used):
    refuse_unreadable(used, "export.json")


def say(db, field, new, subject="question", subject_id="L-01", old='""'):
    """Add to the history what a field of a subject became, as JSON."""
    db.execute(
        "INSERT INTO history (change_id, subject, subject_id, field, old, new)"
        " SELECT max(id), ?, ?, ?, ?, ? FROM change",
        [subject, subject_id, field, old, new],
    )


def attempt(db, **fields):
    db.table("attempt").insert({"id": "MI-001", "kind": "behavioral", "removed": 0} | fields)


ROWS = [
    ("UPDATE story SET id = 'ST-1x' WHERE id = 'ST-001'", "the id 'ST-1x'"),
    ("UPDATE question SET id = 'sd 1' WHERE id = 'SD-002'", "the id 'sd 1'"),
    ("UPDATE progress SET done_on = '1899-12-31' WHERE question_id = 'L-01'", "the day 1899"),
    ("UPDATE progress SET moved_to = '2200-01-02'", "the day 2200-01-02"),
    ("UPDATE progress SET done_on = 'soon'", "Invalid isoformat string: 'soon'"),
    ("UPDATE article SET published_on = '2026-02-30'", "day is out of range"),
    ("UPDATE change SET key = upper(key) WHERE id = 1", "the change '"),
    ("UPDATE change SET at = '2026-11-23T12:00:00' WHERE id = 1", "the time 2026-11-23T12"),
    (f"UPDATE change SET at = '{AT.replace('2026', '2201')}' WHERE id = 1", "the time 2201"),
    ("UPDATE answer_draft SET at = 'now'", "Invalid isoformat string: 'now'"),
    ("UPDATE progress SET personal_notes = CAST(x'66ff' AS TEXT)", "Could not decode to UTF-8"),
    ("UPDATE setting SET value = '{' WHERE key = 'level'", ""),
    ("UPDATE form_draft SET fields = '{\"title\": null}'", "the draft of 'story:"),
    ("UPDATE form_draft SET versions = '{\"title\": true}'", "the draft of 'story:"),
    ("DELETE FROM answer", "history of the answer 'L-01', which is not there"),
    ("INSERT INTO pass (id, removed) VALUES ('PA-001', 0)", "pass without ended_on"),
    ("UPDATE story SET id = CAST(x'ff' AS TEXT) WHERE id = 'ST-001'", "Could not decode to UTF-8"),
    ("INSERT INTO card VALUES ('L-01', '{}', NULL)", ""),
    (f"INSERT INTO review (id, rating, log, removed) VALUES ('L-01#{AT}', 3, '[]', 0)", ""),
]


@pytest.mark.parametrize(("statement", "why"), ROWS)
def test_a_row_that_would_break_a_page_is_refused(used, statement, why):
    used.execute(statement)
    refused(used, why)


def refused(db, why):
    with pytest.raises(ExportFormatError) as caught:
        refuse_unreadable(db, "export.json")
    assert str(caught.value).startswith(f"export.json: it holds what no Prep wrote ({why}")
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(
    ("field", "new", "why"),
    [
        ("nothing", "1", "history of question 'nothing'"),
        ("personal_notes", "1", "history of question personal_notes: 1"),
        ("confidence", '"4"', "history of question confidence: '4'"),
        ("confidence", "4.5", "history of question confidence: 4.5"),
        ("done_on", '["2026-11-23"]', "history of question done_on: ["),
        ("status", '"finished"', "the status 'finished'"),
        ("status", "null", "the status None"),
        ("status", "done", "Expecting value"),
        ("personal_notes", "[" * 100_000, ""),
    ],
)
@pytest.mark.parametrize("is_old", [False, True])
def test_a_value_that_undo_could_not_put_back_is_refused(used, field, new, why, is_old):
    old, new = (new, '"todo"') if is_old else ('"todo"', new)
    if field in ("confidence", "done_on"):
        old, new = (old, "null") if is_old else ("null", new)
    say(used, field, new, old=old)
    refused(used, why)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"started_at": None}, "attempt without started_at"),
        ({"started_at": AT, "kind": None}, "attempt without kind"),
        ({"started_at": AT, "finished_at": AT[:19]}, "the time 2026-11-23T12:00:00"),
        ({"started_at": AT, "state": "{}"}, ""),
        ({"started_at": AT, "state": "[1]"}, ""),
    ],
)
def test_a_mock_interview_that_could_not_go_on_is_refused(used, fields, why):
    attempt(used, **fields)
    refused(used, why)


@pytest.mark.parametrize("scores", ['{"clarity": 99}', '{"clarity": true}', "[1]", "7"])
def test_scores_that_cannot_be_read_are_refused(used, scores):
    attempt(used, removed=1)
    used.table("attempt_question").insert({"id": "MI-001#L-01", "scores": scores})
    refused(used, "")


@pytest.mark.parametrize(
    ("subject", "field", "mine", "is_readable"),
    [
        ("question", "personal_notes", "mine", True),
        ("answer_draft", "text", "mine", True),
        ("question", "personal_notes", 1, False),
        ("question", "nothing", "mine", False),
        ("answer_draft", "body", "mine", False),
        ("answer_draft", "text", ["mine"], False),
    ],
)
def test_a_refused_write_is_one_that_may_still_be_written(used, subject, field, mine, is_readable):
    used.execute(
        "INSERT INTO conflict (write, at, subject, subject_id, field, there, mine, is_unseen)"
        " VALUES ('w', ?, ?, 'L-01', ?, '\"\"', ?, 1)",
        [AT, subject, field, json.dumps(mine)],
    )
    if is_readable:
        refuse_unreadable(used, "export.json")
    else:
        refused(used, "")


@pytest.mark.parametrize("subject_id", ["x" * 10_000, "two\nlines", "\x1b[2J", "\U0001f600"])
def test_what_is_refused_is_said_in_one_line(used, subject_id):
    say(used, "personal_notes", '"x"', subject_id=subject_id)
    with pytest.raises(ExportFormatError) as caught:
        refuse_unreadable(used, "export.json")
    said = str(caught.value)
    assert len(said) < 250
    assert said.isprintable()
