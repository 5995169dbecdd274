"""Progress, notes and answers as one CSV file that spreadsheets open, and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from prep.content import questions
from prep.errors import ExportFormatError
from prep.exchange import table_cells, table_text, three_way, written_days
from prep.exchange.table_text import Row
from prep.exchange.three_way import ANSWER, MAX_CELL, TITLE, Edited, digest
from prep.markdown import files
from prep.progress import time_spent
from prep.progress.tracker import DATE_FIELDS

MAX_BYTES = 20_000_000

_ABOUT = ("id", "sheet", "category", "title", "level", "difficulty", "phase")
_PROGRESS = (
    "status",
    *DATE_FIELDS,
    "confidence",
    "starred",
    "moved_to",
    "skipped",
    "pinned",
    "minutes",
)
_EDITABLE = (*_PROGRESS, *table_cells.TEXTS)
_SPENT = {kind: f"{kind}_minutes" for kind in time_spent.KINDS}
_BASE = "exported_as"  # the column that says what a row was exported as
_COLUMNS = {*_ABOUT, *_EDITABLE, *_SPENT.values(), _BASE, "section"}

_DIGEST = re.compile(r"(\w+)=(h[0-9a-f]{12}(?:\.\w+)*)", re.ASCII)


@dataclass(frozen=True)
class Table:
    """What a file says of each question, by id and field, and in which encoding.

    `without_base` are the rows that do not say what they were exported as. `categories` are those
    of the questions as the file has them, by which one sees whether its encoding was guessed right;
    `titles`, and their digests as exported, tell which question an id means. `ignored` are columns
    that no export has.
    """

    edits: Mapping[str, Mapping[str, Edited]]
    encoding: str
    without_base: int
    categories: Mapping[str, str]
    titles: Mapping[str, str]
    title_digests: Mapping[str, str]
    ignored: tuple[str, ...] = ()


def export(db: Database) -> bytes:
    """Return every question with progress, notes, answer and minutes spent, as CSV in UTF-8.

    The last column holds digests of what can be edited, by which an import knows what was.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_ABOUT, *_EDITABLE, *_SPENT.values(), _BASE])
    bodies = dict(db.execute("SELECT question_id, body FROM answer").fetchall())
    spent = {
        (row.group, row.kind): round(row.minutes, 1)
        for row in time_spent.minutes_by_group(db, "question").itertuples()
    }
    rows = db.query(f"SELECT * FROM tracker WHERE NOT retired ORDER BY {questions.SHEET_ORDER}")
    for row in rows:
        row[ANSWER] = bodies.get(row["id"], "")
        minutes = [spent.get((row["id"], kind)) for kind in _SPENT]
        writer.writerow(
            [
                *(table_cells.written(name, row[name]) for name in (*_ABOUT, *_EDITABLE)),
                *minutes,
                _base(row),
            ]
        )
    return b"\xef\xbb\xbf" + text.getvalue().encode()  # the mark tells Excel that it is UTF-8


def warning(db: Database, exported: bytes = b"") -> str:
    """Return a warning about what an import of this table would lose, else an empty text."""
    if len(exported) > MAX_BYTES:
        return f"larger than {MAX_BYTES:,} bytes, it cannot be imported again"
    long = [
        question_id
        for question_id, body in db.execute(
            f"SELECT question_id, body FROM answer WHERE length(body) > {MAX_CELL // 2}"
        )
        if three_way.utf_16_units(body) >= MAX_CELL
    ]
    if not long:
        return ""
    return (
        f"spreadsheets cut a cell at {MAX_CELL:,} characters: edit the answers to"
        f" {', '.join(long[:8])}{', …' if len(long) > 8 else ''} elsewhere"
    )


def read(data: bytes, source: str, day_first: bool | None = None) -> Table:
    """Return what a table says, as a spreadsheet saved one that `export` wrote, or alike.

    Columns may be missing or in another order; those that cannot be changed are left aside.
    `day_first` says how to read 11/12/2026 where the file leaves it open. Raises AmbiguousDates
    where it does and nothing was said, ExportFormatError naming the row for all else.
    """
    text, encoding = files.decoded(data, source, ExportFormatError)
    if len(text) > MAX_BYTES:
        raise ExportFormatError(f"{source}: larger than {MAX_BYTES:,} bytes, which no export is")
    rows: dict[str, Row] = {}
    for row in table_text.rows(text, source, ends_with=_BASE):
        question_id = row.cells["id"].strip()
        if question_id in rows:
            raise ExportFormatError(f"{source}: row {row.place} has {question_id} a second time")
        rows[question_id] = row
    if not rows:
        raise ExportFormatError(f"{source}: no row below the names of the columns")
    bases = {name: _read_base(row, name, source) for name, row in rows.items()}
    if day_first is None:
        day_first = _day_first(rows, bases)
    edits = {
        question_id: {
            name: _edited(name, cell, bases[question_id], f"{source}: row {row.place}", day_first)
            for name, cell in row.cells.items()
            if name in _EDITABLE
        }
        for question_id, row in rows.items()
    }
    without_base = sum(base is None for base in bases.values())
    categories = {name: _category(row) for name, row in rows.items()}
    titles = {name: row.cells.get(TITLE, "") for name, row in rows.items()}
    named = dict.fromkeys(name for row in rows.values() for name in row.cells if name)
    ignored = tuple(name for name in named if name not in _COLUMNS)
    digests = {name: base[TITLE] for name, base in bases.items() if base and TITLE in base}
    return Table(edits, encoding, without_base, categories, titles, digests, ignored)


def _category(row: Row) -> str:
    """Return a question's category, which older exports have as its section."""
    return row.cells.get("category") or row.cells.get("section", "")


def _base(row: Mapping[str, Any]) -> str:
    """Return the digests of a row's title and fields, those that are empty left out."""
    digests = {name: digest(row[name]) for name in (TITLE, *_EDITABLE)}
    return " ".join([row["id"], *(f"{name}={found}" for name, found in digests.items() if found)])


def _read_base(row: Row, question_id: str, source: str) -> dict[str, str] | None:
    """Return the digests that a row was exported with, None where it does not say."""
    owner, *parts = row.cells.get(_BASE, "").split() or [""]
    found = [_DIGEST.fullmatch(part) for part in parts]
    if not owner:
        return None
    if owner != question_id or not all(found):
        raise ExportFormatError(
            f"{source}: row {row.place} is {question_id}, but {_BASE} in it says {owner[:40]!r}:"
            " sort whole rows, and leave that column as it is or empty"
        )
    return {part[1]: part[2] for part in found if part}


def _day_first(rows: Mapping[str, Row], bases: Mapping[str, dict[str, str] | None]) -> bool | None:
    """Return whether a file puts the day first, from the days that leave no doubt.

    A day that was not edited can: it is the one that was exported.
    """
    readings = []
    for question_id, row in rows.items():
        base = bases[question_id] or {}
        for name in table_cells.DAYS:
            reading = written_days.read(row.cells.get(name, ""))
            if reading.is_open and digest(reading.day_first) == base.get(name):
                reading = written_days.Reading(reading.day_first, None)
            elif reading.is_open and digest(reading.month_first) == base.get(name):
                reading = written_days.Reading(None, reading.month_first)
            readings.append(reading)
    return written_days.is_day_first(readings)


def _edited(
    name: str, cell: str, base: Mapping[str, str] | None, where: str, day_first: bool | None
) -> Edited:
    """Return a cell's value; of several readings, the one that was exported."""
    exported = None if base is None else base.get(name, "")
    for value in table_cells.readings(name, cell):
        if exported == digest(value):
            return Edited(value, exported)
    return Edited(table_cells.value(name, cell, where, day_first), exported)
