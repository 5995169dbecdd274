"""Progress as a table: safe to open, and back as it was."""

import csv
import io
import shutil

import pytest

from prep.errors import ExportFormatError
from prep.exchange import csv_table, table_import
from prep.practice import answers
from prep.progress import time_spent
from prep.progress.tracker import Tracker
from prep.store import change_list
from prep.store.database import open_database
from tests.exchange.changed_fields import changed_fields
from tests.exchange.test_encodings import EVERY, WORDS

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


def bring(db, clock, data):
    return table_import.take_in(db, clock, csv_table.read(data, "table.csv"), "table.csv")


def cells(data):
    return {row["id"]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}


@pytest.mark.parametrize("text", [*FORMULAS, "a;b", 'say "no"', "two\nlines", "ümlaut 😀", "a\0b"])
def test_what_a_cell_holds_comes_back_intact(db, clock, tracker, filled_file, tmp_path, text):
    tracker.edit({"L-01": {"personal_notes": text}})
    answers.save(db, clock, "L-02", text)
    kept = tracker.state("L-01").personal_notes
    shutil.copy(filled_file, tmp_path / "other.db")
    with open_database(tmp_path / "other.db") as other:
        taken = bring(other, clock, csv_table.export(db))
        assert set(changed_fields(taken)) == {"L-01", "L-02"}
        assert Tracker(other, clock).state("L-01").personal_notes == kept
        assert answers.get(other, "L-02") == answers.get(db, "L-02")
        assert csv_table.export(other) == csv_table.export(db)


@pytest.mark.parametrize("text", FORMULAS[:6])
def test_no_cell_starts_a_formula(db, clock, tracker, text):
    tracker.edit({"L-01": {"personal_notes": text}})
    for row in cells(csv_table.export(db)).values():
        assert not any((cell or "x")[0] in "=+-@\t\r" for cell in row.values())


def test_every_question_is_a_row_with_its_minutes(db, clock, half_done):
    time_spent.enter(db, clock, "L-01", 25, clock.today())
    table = cells(csv_table.export(db))
    assert len(table) == 291
    assert (table["L-01"]["manual_minutes"], table["L-01"]["category"]) == ("25.0", "Leadership")
    assert {row["status"] for row in table.values()} == {"todo", "in_progress", "drafted", "done"}


def test_what_was_edited_in_a_spreadsheet_is_one_change(db, clock, tracker):
    text = "\ufeffid;status;done_on;starred\r\nL-01;done;2026-11-20;yes\r\nL-02;todo;;\r\n"
    assert set(changed_fields(bring(db, clock, text.encode()))) == {"L-01"}
    state = tracker.state("L-01")
    assert (state.status, state.done_on, state.starred) == ("done", "2026-11-20", 1)
    assert len({change.change_id for change in change_list.changes(db)}) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no column named id"),
        ("name\r\nx\r\n", "no column named id"),
        ("id,status,status\r\nL-01,todo,done\r\n", "two columns are named status"),
        ("id,status\r\n", "no row below"),
        ("id,status\r\n,done\r\n", "row 2 has no id"),
        ("id,status\r\nL-01,finished\r\n", "'finished' is no status"),
        ("id,status\r\nL-99,done\r\n", "no question 'L-99'"),
        ("id,confidence\r\nL-01,high\r\n", "row 2: confidence is no whole number: 'high'"),
        ("id,confidence\r\nL-01,4.5\r\n", "row 2: confidence is no whole number: '4.5'"),
        ("id,starred\r\nL-01,perhaps\r\n", "row 2: starred is yes or empty, not 'perhaps'"),
        ("id,status,done_on\r\nL-01,done,20-Nov\r\n", "write it as YYYY-MM-DD"),
        ("id,status,done_on\r\nL-01,done,11/31/2026\r\n", "write it as YYYY-MM-DD"),
        ("id\r\nL-01\r\nL-01\r\n", "row 3 has L-01 a second time"),
        ("id,exported_as\r\nL-01,L-02 status=h0\r\n", "sort whole rows"),
        ("id,exported_as\r\nL-01,L-01 status=oh\r\n", "leave that column as it is or empty"),
        ("id,personal_notes\r\nL-01," + "x" * 10_001, "notes hold at most"),
        ("id,personal_notes\r\nL-01," + "x" * 200_000, "no table that can be read"),
        (b"id\r\n\x81\x8d", "no text in UTF-8, UTF-16 or Windows-1252"),
        ("id,title\r\nL-01,“ü”".encode()[:-1], "damaged UTF-8"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(db, clock, text, why):
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ExportFormatError, match=why):
        bring(db, clock, data)
    assert change_list.changes(db) == []


@pytest.mark.parametrize("ending", ["", "\r\n,,,", "\r\n\r\n, ,\r\n\r\n", "\r\n;;;;;;;;;"])
@pytest.mark.parametrize("begin", ["", "sep=,\r\n"])
def test_rows_without_anything_are_none(db, clock, tracker, begin, ending):
    delimiter = ";" if ";" in ending else ","
    text = f"{begin}ID, Status \r\n,\r\nL-01,done{ending}"
    table = csv_table.read(text.replace(",", delimiter).encode(), "table.csv")
    assert set(table.edits) == {"L-01"}
    table_import.take_in(db, clock, table, "table.csv")
    assert tracker.state("L-01").status == "done"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encode", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_tables_are_read_with_any_delimiter_encoding_and_end_of_line(
    db, clock, tracker, delimiter, encode, end
):
    text = f"id,status,personal_notes{end}L-01,done,{WORDS}{end}".replace(",", delimiter)
    bring(db, clock, encode(text))
    state = tracker.state("L-01")
    assert (state.status, state.personal_notes) == ("done", WORDS)


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("confidence", "4.0", 4),
        ("confidence", "4,0", 4),
        ("confidence", " 4 ", 4),
        ("minutes", "45.00", 45),
        ("minutes", "45.", 45),
        ("starred", "True", 1),
        ("starred", "1.0", 1),
        ("starred", "YES", 1),
        ("starred", "x", 1),
        ("starred", "no", 0),
        ("starred", "FALSE", 0),
        ("skipped", "y", 1),
        ("status", "In progress", "in_progress"),
        ("status", "DONE", "done"),
        ("status", " drafted ", "drafted"),
    ],
)
def test_cells_as_programs_write_them(db, clock, tracker, column, cell, value):
    text = io.StringIO()
    csv.writer(text).writerows([["id", column], ["L-01", cell]])
    bring(db, clock, text.getvalue().encode())
    assert getattr(tracker.state("L-01"), column) == value
