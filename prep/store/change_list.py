"""Reading what was changed: each field of each change, the newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True)
class FieldChange:
    """One field of one subject that a change altered.

    `undoes` is the change that it undoes; or, where `is_redo`, that it brings back.
    """

    change_id: int
    at: datetime
    subject: str
    subject_id: str
    field: str
    old: Any
    new: Any
    undoes: int | None
    is_redo: bool = False


def data_version(db: Database) -> int:
    """Return a number that grows with every change of personal data."""
    version: int = db.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
    return version


def changes(
    db: Database,
    *,
    subject: str | None = None,
    subject_id: str | None = None,
    change_id: int | None = None,
    field: str | None = None,
    sheet: str | None = None,
    question: str | None = None,
    limit: int = 100,
) -> list[FieldChange]:
    """Return up to `limit` field changes (-1: all), newest first: of any subject, or of one.

    `question` is an id: then all that concerns it, its answer, time, reviews, stories.
    """
    given = {
        "subject": subject,
        "subject_id": subject_id,
        "change_id": change_id,
        "field": field,
    }
    filters = {name: value for name, value in given.items() if value is not None}
    conditions = [f"h.{name} = :{name}" for name in filters]
    if sheet is not None:
        filters["sheet"] = sheet
        conditions.append("h.subject_id IN (SELECT id FROM question WHERE sheet = :sheet)")
    if question is not None:
        filters["question"] = question
        conditions.append("instr('#' || h.subject_id || '#', '#' || :question || '#')")
    # Of one subject or change, the rows are few; else the changes are gone through by their keys.
    joined = (
        "history h JOIN change c" if subject_id or change_id else "change c CROSS JOIN history h"
    )
    where = " AND ".join(["h.old <> h.new", *conditions])
    rows = db.execute(
        "SELECT h.change_id, c.at, h.subject, h.subject_id, h.field, h.old, h.new,"
        " coalesce(c.undoes, c.redoes) AS undoes, c.redoes IS NOT NULL AS is_redo"
        f" FROM {joined} ON c.id = h.change_id WHERE {where}"
        " ORDER BY c.key DESC, h.id DESC LIMIT :limit",
        {**filters, "limit": -1 if change_id is not None else limit},
    )
    return [_field_change(*row) for row in rows]


def _field_change(
    change_id: int,
    at: str,
    subject: str,
    subject_id: str,
    field: str,
    old: str,
    new: str,
    undoes: int | None,
    is_redo: int,
) -> FieldChange:
    return FieldChange(
        change_id,
        datetime.fromisoformat(at),
        subject,
        subject_id,
        field,
        json.loads(old),
        json.loads(new),
        undoes,
        bool(is_redo),
    )
