"""Progress as a table: safe to open, and back as it was."""

import csv
import io
import shutil

import pytest

from prep import answers, history, spreadsheet, time_spent
from prep.database import open_database
from prep.errors import ExportFormatError
from prep.tracker import Tracker

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "'=1",
    "''-2",
    "'tis",
    '=cmd|"/c calc"!A0',
]


def cells(data):
    return {row["id"]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}


@pytest.mark.parametrize("text", [*FORMULAS, "a;b", 'say "no"', "two\nlines", "ümlaut 😀", "a\0b"])
def test_what_a_cell_holds_comes_back_intact(db, clock, tracker, filled_file, tmp_path, text):
    tracker.edit({"L-01": {"personal_notes": text}})
    answers.save(db, clock, "L-02", text)
    kept = tracker.state("L-01")["personal_notes"]
    shutil.copy(filled_file, tmp_path / "other.db")
    with open_database(tmp_path / "other.db") as other:
        found = spreadsheet.read(spreadsheet.export(db), "table.csv")
        assert spreadsheet.take_in(other, clock, found, "table.csv") == 3
        assert Tracker(other, clock).state("L-01")["personal_notes"] == kept
        assert answers.get(other, "L-02") == answers.get(db, "L-02")
        assert spreadsheet.export(other) == spreadsheet.export(db)


@pytest.mark.parametrize("text", FORMULAS[:6])
def test_no_cell_starts_a_formula(db, clock, tracker, text):
    tracker.edit({"L-01": {"personal_notes": text}})
    for row in cells(spreadsheet.export(db)).values():
        assert not any((cell or "x")[0] in "=+-@\t\r" for cell in row.values())


def test_every_question_is_a_row_with_its_minutes(db, clock, half_done):
    time_spent.enter(db, clock, "L-01", 25, clock.today())
    table = cells(spreadsheet.export(db))
    assert len(table) == 291
    assert (table["L-01"]["manual_minutes"], table["L-01"]["section"]) == ("25.0", "Leadership")
    assert {row["status"] for row in table.values()} == {"todo", "in_progress", "drafted", "done"}


def test_what_was_edited_in_a_spreadsheet_is_one_change(db, clock, tracker):
    text = "\ufeffid;status;done_on;starred\r\nL-01;done;2026-11-20;yes\r\nL-02;todo;;\r\n"
    found = spreadsheet.read(text.encode(), "table.csv")
    assert spreadsheet.take_in(db, clock, found, "table.csv") == 1
    state = tracker.state("L-01")
    assert (state["status"], state["done_on"], state["starred"]) == ("done", "2026-11-20", 1)
    assert len({change.change_id for change in history.changes(db)}) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no column named id"),
        ("name\r\nx\r\n", "no column named id"),
        ("id,status\r\nL-01,finished\r\n", "'finished' is no status"),
        ("id,status\r\nL-99,done\r\n", "no question 'L-99'"),
        ("id,confidence\r\nL-01,high\r\n", "row 2: confidence is no whole number: 'high'"),
        ("id,status,done_on\r\nL-01,done,11/20/2026\r\n", "write it as YYYY-MM-DD"),
        ("id\r\nL-01\r\nL-01\r\n", "row 3 has L-01 a second time"),
        ("id,personal_notes\r\nL-01," + "x" * 10_001, "notes hold at most"),
        ("id,personal_notes\r\nL-01," + "x" * 200_000, "no CSV"),
        (b"id\r\n\xff\xfe", "no CSV in UTF-8"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(db, clock, text, why):
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ExportFormatError, match=why):
        spreadsheet.take_in(db, clock, spreadsheet.read(data, "table.csv"), "table.csv")
    assert history.changes(db) == []
