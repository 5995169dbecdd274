"""What the pages write, written by commands: by the same rules, with the same history."""

import json
from datetime import timedelta

import pytest

from prep.clock import Clock
from prep.practice import answers, reviews, stories
from prep.progress import settings, time_spent
from prep.progress.tracker import Tracker
from prep.store import change_list
from tests.cli.last_change import changed
from tests.conftest import output


def test_note(prep, db):
    assert output(prep("note", "L-01", "the Lisbon story")) == "L-01: noted\n"
    assert output(prep("note", "L-01", "the Lisbon story")) == "L-01: noted already\n"
    assert output(prep("note", "L-01")) == "the Lisbon story\n"
    assert changed(db, "question") == [("L-01", "personal_notes", "the Lisbon story")]
    assert output(prep("note", "L-01", "")) == "L-01: noted\n"
    assert Tracker(db, Clock()).state("L-01").personal_notes == ""


def test_answer(prep, db, tmp_path):
    file = tmp_path / "answer.md"
    file.write_text("## Hook\n\nA short link.\n")
    assert output(prep("answer", "SD-001")) == ""
    said = output(prep("answer", "SD-001", "--file", str(file)))
    assert said == "SD-001: 4 words saved, drafted\n"
    assert output(prep("answer", "SD-001")) == file.read_text()
    assert output(prep("answer", "SD-001", "--file", str(file))).startswith("SD-001: saved already")
    second = "Ещё короче 🙂\n"
    assert "3 words saved" in output(prep("answer", "SD-001", "--file", "-", stdin=second))
    assert output(prep("answer", "SD-001")) == second
    assert [r.body for r in answers.revisions(db, "SD-001")] == [second, file.read_text()]
    output(prep("undo"))
    assert output(prep("answer", "SD-001")) == file.read_text()


def test_an_answer_takes_no_draft_away(prep, db, clock):
    answers.keep_draft(db, clock, "SD-001", "Typed on the page, at length")
    said = output(prep("answer", "SD-001", "--file", "-", stdin="From a file"))
    assert "the draft that was not saved is the revision before" in said
    bodies = [r.body for r in answers.revisions(db, "SD-001")]
    assert bodies == ["From a file", "Typed on the page, at length"]


def test_own(prep, db):
    add = ("own", "add", "--category", "3", "--sheet")
    assert output(prep(*add, "system-design", "Design a bakery")) == "X-001\n"
    said = output(prep(*add, "behavioral", "Why?", "--level", "DIR", "--difficulty", "High"))
    assert said == "X-002\n"
    assert output(prep("own", "list")).splitlines() == [
        "X-001   todo         Design a bakery",
        "X-002   todo         Why?",
    ]
    rows = json.loads(output(prep("own", "list", "--json")))
    assert [(row["id"], row["level"], row["difficulty"]) for row in rows] == [
        ("X-001", None, None),
        ("X-002", "DIR", "High"),
    ]
    output(prep("undo"))
    assert output(prep("own", "list")).count("\n") == 1


@pytest.mark.parametrize(("word", "rating"), [("again", 1), ("hard", 2), ("good", 3), ("Easy", 4)])
def test_rate(prep, db, word, rating):
    output(prep("set", "L-01", "done"))
    said = output(prep("rate", "L-01", word))
    assert said.startswith(f"L-01: {word.lower()}, again ")
    [log] = reviews.logs(db, "L-01")
    assert log.rating == rating
    output(prep("undo"))
    assert reviews.logs(db, "L-01") == []


def test_spend(prep, db):
    today = Clock().today()
    assert output(prep("spend", "L-01", "20")) == f"L-01: 20 min on {today}, 20 min in all\n"
    day = (today - timedelta(days=3)).isoformat()
    said = output(prep("spend", "L-01", "25", "--on", day, "--note", "rewrote it"))
    assert said == f"L-01: 25 min on {day}, 45 min in all\n"
    rows = db.execute("SELECT day, seconds, note FROM time_spent ORDER BY day").fetchall()
    assert rows == [(day, 1500, "rewrote it"), (today.isoformat(), 1200, "")]
    output(prep("undo"))
    assert time_spent.of_question(db, "L-01") == {"manual": 20}


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["note", "L-99", "x"], "there is no question 'L-99'"),
        (["note", "L-99"], "there is no question 'L-99'"),
        (["note", "L-01", "x" * 10_001], "notes hold at most 10,000 characters"),
        (["note", "L-01", "\udcff"], "is no text in UTF-8"),
        (["answer", "L-99"], "there is no question 'L-99'"),
        (["answer", "L-99", "--file", "-"], "there is no question 'L-99'"),
        (["answer", "L-01", "--file", "/no/such.md"], "there is no such file"),
        (["answer", "L-01", "--file", "/dev/zero"], "that is no file that can be read"),
        (["rate", "L-01", "good"], "L-01 is todo: a question is reviewed once it is drafted or"),
        (["rate", "L-02", "great"], "'great' is no rating: it is one of again, hard, good, easy"),
        (["rate", "L-99", "good"], "there is no question 'L-99'"),
        (["spend", "L-01", "0"], "minutes run from 1 to 1440, not 0"),
        (["spend", "L-01", "1441"], "minutes run from 1 to 1440"),
        (["spend", "L-01", "soon"], "'soon' is not a valid integer"),
        (["spend", "L-01", "5", "--on", "2999-01-01"], "is after today"),
        (["spend", "L-01", "5", "--on", "yesterday"], "'yesterday' is no day"),
        (["spend", "L-99", "5"], "there is no question 'L-99'"),
        (["own", "add", "--sheet", "x", "--category", "1", "T"], "there is no sheet 'x'"),
        (["own", "add", "--sheet", "behavioral", "--category", "99", "T"], "no category 99"),
        (["own", "add", "--sheet", "behavioral", "--category", "1", " "], "needs words"),
        (
            ["own", "add", "--sheet", "behavioral", "--category", "1", "T", "--level", "CTO"],
            "has a level",
        ),
        (["own", "add", "--sheet", "behavioral", "T"], "Missing option '--category'"),
        (["own", "remove", "X-001"], "No such command 'remove'"),
        (["own"], "name one of its commands: add, list"),
        (["story"], "name one of its commands: add, link, list, remove, show"),
        (["story", "show", "ST-009"], "there is no story 'ST-009'"),
        (["story", "remove", "ST-009"], "there is no story 'ST-009'"),
        (["story", "link", "ST-009", "L-01"], "there is no story 'ST-009'"),
        (["story", "link", "ST-001", "SD-001"], "SD-001 is no behavioral question"),
        (["story", "link", "ST-001", "L-99"], "there is no question 'L-99'"),
        (["story", "link", "ST-001", "L-01", "--angle", "x" * 201], "angle holds at most 200"),
        (["story", "link", "ST-001", "L-01", "--remove", "--angle", "x"], "has no angle"),
        (["story", "add"], "Missing option '--file'"),
        (["story", "add", "--file", "/no/such.md"], "there is no such file"),
        (["undo", "again"], "Got unexpected extra argument"),
        (["redo", "again"], "Got unexpected extra argument"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(prep, db, clock, command, sentence):
    stories.save(db, clock, {"title": "One"})
    before = change_list.data_version(db)
    code, said, errors = prep(*command, stdin="x")
    assert (code, said) == (1, "")
    assert errors.startswith("error: ") and errors.count("\n") == 1
    assert sentence in errors
    assert change_list.data_version(db) == before


def test_bytes_that_are_no_text_are_one_line(prep, tmp_path):
    file = tmp_path / "odd.md"
    file.write_bytes(b"na\x81ve")  # in none of the encodings that are read
    for source, stdin in ((str(file), None), ("-", file.read_bytes())):
        assert "save it as UTF-8" in prep("answer", "L-01", "--file", source, stdin=stdin)[2]
    too_long = prep("answer", "L-01", "--file", "-", stdin="x" * 100_001)
    assert "an answer holds at most 100,000 characters" in too_long[2]
    assert (
        "larger than 400,000 bytes" in prep("answer", "L-01", "--file", "-", stdin="x" * 400_001)[2]
    )


def test_the_day_of_commands_begins_when_the_persons_does(prep, db):
    """Nearly all of the calendar's day belongs to the person's day before."""
    mine = Clock()
    settings.change(db, mine, {"day_start": "23:59"})
    today = settings.clock(db, mine).today()
    output(prep("set", "L-01", "done"))
    assert Tracker(db, mine).state("L-01").done_on == today.isoformat()
    assert f" on {today}," in output(prep("spend", "L-01", "5"))
    assert json.loads(output(prep("today", "--json")))["date"] == today.isoformat()


@pytest.mark.parametrize("grade", [("--level", "EM"), ("--difficulty", "High")])
def test_only_a_behavioral_question_is_graded(prep, grade):
    command = ("own", "add", "--sheet", "system-design", "--category", "1", *grade, "My desk")
    assert prep(*command)[2].startswith("error: only a behavioral question has a level")
