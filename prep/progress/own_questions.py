"""Questions that the person adds to a category; imports leave them alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.content.models import BEHAVIORAL, DIFFICULTIES, LEVELS, SHEET_TITLES
from prep.errors import InvalidValue, UnknownQuestion
from prep.store import change_log, numbers
from prep.store.change_rows import Edit
from prep.store.database import writing

Fields = Mapping[str, str | int | None]

MAX_TITLE, MAX_QUESTION_NOTES = 500, 5_000
_FIELDS = ("sheet", "category_position", "title", "notes", "level", "difficulty")


def blank(db: Database, sheet: str) -> dict[str, str | int]:
    """Return the fields of a new question of a sheet before anything is chosen."""
    first = db.execute("SELECT min(position) FROM category WHERE sheet = ?", [sheet]).fetchone()[0]
    return _asked({"sheet": sheet, "category_position": first})


def fields_of(db: Database, question_id: str) -> dict[str, str | int]:
    """Return the fields that a person fills in for a question of their own.

    Raises UnknownQuestion where it is not one's own.
    """
    return _asked(_own(db, question_id))


def _asked(row: Mapping[str, Any]) -> dict[str, str | int]:
    fields = {
        "category_position": row["category_position"],
        "title": row.get("title") or "",
        "notes": row.get("notes") or "",
    }
    if row["sheet"] != BEHAVIORAL:
        return fields
    graded = {
        "level": row.get("level") or "EM+DIR",
        "difficulty": row.get("difficulty") or "Medium",
    }
    return fields | graded


def add(db: Database, clock: Clock, fields: Fields) -> str:
    """Add a question; return its id, `X-001` and on, never used twice.

    `fields`: `sheet`, `category_position`, `title`, and where wanted `notes`, and for the
    behavioral sheet `level` and `difficulty`. Raises InvalidValue: then nothing is changed.
    """
    with writing(db):
        question_id = numbers.give(db, clock, numbers.OWN)
        row = _checked(db, {name: fields.get(name) for name in _FIELDS}) | {"retired": 0}
        added = Edit("own", {question_id: row}, begins={"title": "", "retired": 1})
        change_log.write_together(db, clock, [added])
    return question_id


def edit(db: Database, clock: Clock, question_id: str, fields: Fields) -> bool:
    """Change a question of one's own; return whether that changed anything.

    Raises UnknownQuestion where it is not one's own, InvalidValue.
    """
    with writing(db):
        row = _checked(db, _own(db, question_id) | dict(fields))
        return change_log.write(db, clock, "own", {question_id: row}) == 1


def retire(db: Database, clock: Clock, question_id: str, retired: bool = True) -> bool:
    """Take a question of one's own out of every list, or back; what was noted on it stays.

    Raises UnknownQuestion where it is not one's own.
    """
    with writing(db):
        row = _own(db, question_id) | {"retired": int(retired)}
        return change_log.write(db, clock, "own", {question_id: row}) == 1


def _own(db: Database, question_id: str) -> dict[str, object]:
    columns = ", ".join((*_FIELDS, "retired"))
    rows = db.query(f"SELECT {columns} FROM question WHERE id = ? AND own", [question_id])
    row = next(rows, None)
    if row is None:
        raise UnknownQuestion(question_id, is_own=True)
    return row


def _checked(db: Database, row: dict[str, object]) -> dict[str, object]:
    title = texts.bounded(texts.one_line(row["title"] or ""), MAX_TITLE, "a question holds")
    notes = texts.without_nul(row["notes"] or "").strip()
    if not title:
        raise InvalidValue("a question needs words: write what is asked")
    texts.bounded(notes, MAX_QUESTION_NOTES, "a question's notes hold")
    if row["sheet"] not in SHEET_TITLES:
        raise InvalidValue(f"there is no sheet {str(row['sheet'])[:40]!r}")
    known = db.execute(
        "SELECT 1 FROM category WHERE sheet = ? AND position = ?",
        [row["sheet"], row["category_position"]],
    ).fetchone()
    if known is None:
        raise InvalidValue(f"there is no category {row['category_position']} in {row['sheet']}")
    is_behavioral = row["sheet"] == BEHAVIORAL
    if is_behavioral and (row["level"] not in LEVELS or row["difficulty"] not in DIFFICULTIES):
        raise InvalidValue(
            f"a behavioral question has a level ({', '.join(LEVELS)})"
            f" and a difficulty ({', '.join(DIFFICULTIES)})"
        )
    graded = {} if is_behavioral else {"level": None, "difficulty": None}
    return row | {"title": title, "notes": notes or None} | graded
