"""Progress, notes and answers as one CSV file that spreadsheets open, and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from prep import answers, history, questions, time_spent
from prep.clock import Clock
from prep.database import writing
from prep.errors import ExportFormatError, PrepError
from prep.history import Edit
from prep.tracker import DATE_FIELDS, Tracker

MAX_BYTES = 20_000_000
MAX_ROWS, _MAX_COLUMNS = 10_000, 100

_ABOUT = ("id", "sheet", "section", "title", "level", "difficulty", "phase")
_PROGRESS = ("status", *DATE_FIELDS, "confidence", "starred", "moved_to", "skipped", "minutes",
             "personal_notes")  # fmt: skip
_ANSWER = "answer"
_SPENT = {kind: f"{kind}_minutes" for kind in time_spent.KINDS}

# A cell that begins so is run as a formula (OWASP, "CSV injection"). An apostrophe before it
# makes it text; one that was there already gets another, so that each comes back as it was.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_YES = "yes"


def export(db: Database) -> bytes:
    """Return every question with progress, notes, answer and minutes spent, as CSV in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_ABOUT, *_PROGRESS, _ANSWER, *_SPENT.values()])
    bodies = dict(db.execute("SELECT question_id, body FROM answer").fetchall())
    spent = {
        (row.group, row.kind): round(row.minutes, 1)
        for row in time_spent.by(db, "question").itertuples()
    }
    rows = db.query(f"SELECT * FROM tracker WHERE NOT retired ORDER BY {questions.SHEET_ORDER}")
    for row in rows:
        progress = row | {name: _YES if row[name] else "" for name in ("starred", "skipped")}
        cells = [progress[name] for name in (*_ABOUT, *_PROGRESS)]
        minutes = [spent.get((row["id"], kind)) for kind in _SPENT]
        writer.writerow(map(_defused, [*cells, bodies.get(row["id"]), *minutes]))
    return b"\xef\xbb\xbf" + text.getvalue().encode()  # the mark tells Excel that it is UTF-8


def read(data: bytes, source: str) -> dict[str, dict[str, Any]]:
    """Return `{question id: {field: value}}` of a CSV file that `export` wrote or alike.

    Columns may be missing or in another order; those that cannot be changed are left aside.
    Raises ExportFormatError naming the line.
    """
    if len(data) > MAX_BYTES:
        raise ExportFormatError(f"{source}: larger than {MAX_BYTES:,} bytes, which no export is")
    found: dict[str, dict[str, Any]] = {}
    try:
        for place, row in enumerate(_rows(data.decode("utf-8-sig"), source), start=2):
            question_id = _intact(row["id"]).strip()
            if question_id in found:
                raise ExportFormatError(f"{source}: row {place} has {question_id} a second time")
            found[question_id] = {
                name: _value(name, _intact(cell), f"{source}: row {place}")
                for name, cell in row.items()
                if name in (*_PROGRESS, _ANSWER)
            }
    except (UnicodeDecodeError, csv.Error) as error:
        raise ExportFormatError(f"{source}: no CSV in UTF-8 that can be read ({error})") from error
    if not found:
        raise ExportFormatError(f"{source}: no row below the names of the columns")
    return found


def _rows(text: str, source: str) -> Iterator[dict[str, str]]:
    """Yield each row below the first as `{column: cell}`; empty lines are none."""
    first_line = text[:10_000].partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = next(reader, [])
    if "id" not in columns or len(columns) > _MAX_COLUMNS:
        raise ExportFormatError(f"{source}: no column named id: export once more and edit that")
    for place, cells in enumerate(filter(None, reader), start=2):
        if place > MAX_ROWS:
            raise ExportFormatError(f"{source}: more than {MAX_ROWS:,} rows, which no export has")
        yield {"id": "", **dict(zip(columns, cells, strict=False))}


def take_in(db: Database, clock: Clock, found: dict[str, dict[str, Any]], source: str) -> int:
    """Keep what a file says otherwise than the database, as one change; return how many differ.

    Raises ExportFormatError where a row cannot be kept: then nothing is changed.
    """
    with writing(db):
        edits = [_progress_edit(db, clock, found, source), _answer_edit(db, found)]
        return history.write_together(db, clock, edits)


def _progress_edit(
    db: Database, clock: Clock, found: dict[str, dict[str, Any]], source: str
) -> Edit:
    tracker = Tracker(db, clock)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for question_id, fields in found.items():
        try:
            state = tracker.state(question_id)
            given = {name: value for name, value in fields.items()
                     if name != _ANSWER and value != state[name]}  # fmt: skip
            edit = tracker.prepared({question_id: given})
        except PrepError as error:
            raise ExportFormatError(f"{source}: {error}") from error
        before |= edit.before
        after |= edit.after
    return Edit("question", before, after)


def _answer_edit(db: Database, found: dict[str, dict[str, Any]]) -> Edit:
    given = {key: fields[_ANSWER] for key, fields in found.items() if _ANSWER in fields}
    before = {key: {"body": answers.get(db, key)} for key in given}
    return Edit("answer", before, {key: {"body": answers.checked(v)} for key, v in given.items()})


def _defused(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _intact(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _value(name: str, cell: str, where: str) -> Any:
    if name in ("personal_notes", _ANSWER):
        return cell
    cell = cell.strip()
    if name in ("starred", "skipped"):
        return int(cell.lower() in (_YES, "true", "1"))
    if name in ("confidence", "minutes"):
        return _number(name, cell, where) if cell else None
    return cell or None


def _number(name: str, cell: str, where: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise ExportFormatError(f"{where}: {name} is no whole number: {cell[:40]!r}") from None
