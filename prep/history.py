"""The one way personal data is written: the value and its history in the same transaction.

A *change* is one act of the person: an instant, and for each field it altered the old and
the new value. Undo writes the old values back and is itself a change, so nothing is lost; redo
is the change that undoes an undo.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from prep import versions
from prep.clock import Clock
from prep.database import writing
from prep.errors import ChangedElsewhere, InvalidValue

Fields = Mapping[str, Any]

# Where a subject's fields live, and the column that names the subject.
TABLES = {
    "question": ("progress", "question_id"),
    "article": ("reading", "permalink"),
    "section": ("section_note", "id"),
    "setting": ("setting", "key"),
    "answer": ("answer", "question_id"),
    "story": ("story", "id"),
    "link": ("story_link", "id"),
    "card": ("card", "question_id"),
    "review": ("review", "id"),
    "attempt": ("attempt", "id"),
    "attempt_question": ("attempt_question", "id"),
    "pass": ("pass", "id"),
    "pass_progress": ("pass_progress", "id"),
    "time": ("time_spent", "id"),
    "own": ("question", "id"),
}


# How many changes lie below change `c`: 0 for one that undoes none, 1 for an undo, 2 for a redo.
_DEPTH = (
    "(WITH RECURSIVE below (id) AS (SELECT c.undoes UNION ALL"
    " SELECT b.undoes FROM below JOIN change b ON b.id = below.id)"
    " SELECT count(*) FROM below WHERE id IS NOT NULL)"
)


@dataclass(frozen=True)
class FieldChange:
    """One field of one subject that a change altered.

    `undoes` is the change that it undoes; where that was an undo itself, `is_redo`.
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


@dataclass
class Seen:
    """What a visitor has seen: all changes up to `version`, and their `own` since."""

    version: int
    own: set[int] = field(default_factory=set)


_seen: ContextVar[Seen | None] = ContextVar("seen", default=None)


@contextmanager
def seen(by: Seen | None) -> Iterator[None]:
    """Have writes in the block refuse to change what another changed and this visitor has not seen.

    They raise ChangedElsewhere. None lets them through.
    """
    token = _seen.set(by)
    try:
        yield
    finally:
        _seen.reset(token)


def data_version(db: Database) -> int:
    """Return a number that grows with every change of personal data."""
    return db.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]


@dataclass(frozen=True)
class Edit:
    """What becomes of subjects of one kind: each id's fields before and after."""

    subject: str
    before: Mapping[str, Fields]
    after: Mapping[str, Fields]


def write(
    db: Database,
    clock: Clock,
    subject: str,
    before: Mapping[str, Fields],
    after: Mapping[str, Fields],
) -> int:
    """Store `after` where it differs from `before`, as one change; return how many subjects did.

    Both map a subject's id to its fields. Call it inside `writing(db)`, with `before` read there.
    """
    return write_together(db, clock, [Edit(subject, before, after)])


def write_together(db: Database, clock: Clock, edits: Iterable[Edit]) -> int:
    """Store several edits as one change, which undo takes back whole; return how many differed."""
    altered = [
        (edit, subject_id)
        for edit in edits
        for subject_id, fields in edit.after.items()
        if fields != edit.before[subject_id]
    ]
    if not altered:
        return 0
    _refuse_unseen(db, altered)
    change_id = _new_change(db, clock)
    for edit, subject_id in altered:
        table, key = TABLES[edit.subject]
        fields = edit.after[subject_id]
        db.table(table).upsert({key: subject_id, **fields}, pk=key)
        for name, value in fields.items():
            old = edit.before[subject_id][name]
            if value != old:
                _record(db, change_id, edit.subject, subject_id, name, old, value)
    return len(altered)


def undo(db: Database, clock: Clock) -> list[FieldChange]:
    """Take the last change back that was not yet; return its fields, empty where none is left.

    Undoing again goes one change further back. `to_undo` returns the same before it is done.
    """
    with writing(db):
        last = last_undoable(db)
        return [] if last is None else _reverse(db, clock, last, "change")


def redo(db: Database, clock: Clock) -> list[FieldChange]:
    """Bring back what the last undo took; return its fields, empty where there is none.

    Redoing again brings back what the undo before took, up to the last change that was no undo:
    with a new change, what was undone before it stays so. `to_redo` returns the same before.
    """
    with writing(db):
        last = last_redoable(db)
        return [] if last is None else _turned(_reverse(db, clock, last, "undo"))


@versions.kept
def to_undo(db: Database) -> list[FieldChange]:
    """Return the fields of the change that undo would take back, empty where there is none."""
    last = last_undoable(db)
    return [] if last is None else changes(db, change_id=last)


@versions.kept
def to_redo(db: Database) -> list[FieldChange]:
    """Return the fields of what redo would bring back, as it would be; empty where none is."""
    last = last_redoable(db)
    return [] if last is None else _turned(changes(db, change_id=last))


def _reverse(db: Database, clock: Clock, change_id: int, kind: str) -> list[FieldChange]:
    """Put back what was before a change, as a change that undoes it; return the fields it had.

    Its old values are those that are there now: what went on beside the history since (a mock
    interview's notes) comes back with the change that undoes this one.
    """
    _refuse_reversing_unseen(db, change_id, kind)
    reversed_fields = changes(db, change_id=change_id)
    new_id = _new_change(db, clock, undoes=change_id)
    try:
        for (subject, subject_id), fields in _old_values(reversed_fields).items():
            table = db.table(TABLES[subject][0])
            now = table.get(subject_id)
            for name, value in fields.items():
                _record(db, new_id, subject, subject_id, name, now[name], value)
            table.update(subject_id, fields)
    except (sqlite3.IntegrityError, NotFoundError) as error:
        raise InvalidValue(
            f"the last {kind} cannot be taken back: what was before does not fit ({error})"
        ) from error
    return reversed_fields


def _turned(fields: list[FieldChange]) -> list[FieldChange]:
    return [replace(item, old=item.new, new=item.old) for item in fields]


def _refuse_unseen(db: Database, altered: list[tuple[Edit, str]]) -> None:
    by = _seen.get()
    if by is None or data_version(db) == by.version:
        return
    unseen = {
        (subject, subject_id, name)
        for change_id, subject, subject_id, name in db.execute(
            "SELECT change_id, subject, subject_id, field FROM history WHERE change_id > ?",
            [by.version],
        )
        if change_id not in by.own
    }
    now = datetime.now(UTC)
    fields = [
        FieldChange(0, now, edit.subject, subject_id, name, there, value, None)
        for edit, subject_id in altered
        for name, value in edit.after[subject_id].items()
        if (there := edit.before[subject_id][name]) != value
        and (edit.subject, subject_id, name) in unseen
    ]
    if fields:
        raise ChangedElsewhere(fields)


def _refuse_reversing_unseen(db: Database, change_id: int, kind: str) -> None:
    by = _seen.get()
    if by and change_id > by.version and change_id not in by.own:
        raise InvalidValue(f"the last {kind} was made elsewhere: look at it first, then try again")


def last_undoable(db: Database) -> int | None:
    """Return the id of the change that undo would take back, None where there is none.

    It may be a redo: that one brought a change back, and is taken back like any other.
    """
    return next((change_id for change_id, is_undo in _standing(db) if not is_undo), None)


def last_redoable(db: Database) -> int | None:
    """Return the id of the undo that redo would take back, None where there is none."""
    new = db.execute("SELECT max(id) FROM change WHERE undoes IS NULL").fetchone()[0]
    return next((change_id for change_id, is_undo in _standing(db, new or 0) if is_undo), None)


def _standing(db: Database, since: int = 0) -> Iterator[tuple[int, bool]]:
    """Yield the changes after one that nothing has undone, the newest first; whether it is an undo.

    An undo undoes a change, a redo undoes an undo, the next undo undoes that redo, and so on.
    """
    rows = db.execute(
        f"SELECT id, {_DEPTH} FROM change c WHERE id > ?"
        " AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.id) ORDER BY id DESC",
        [since],
    )
    for change_id, depth in rows:
        yield change_id, depth % 2 == 1


def undone(db: Database) -> set[int]:
    """Return the ids of the changes that undo took back and redo has not brought again."""
    found: set[int] = set()
    first: dict[int, int] = {}  # of an undo or redo: the change that it is about
    reversals = db.execute("SELECT id, undoes FROM change WHERE undoes > 0").fetchall()
    for change_id, undoes in sorted(reversals):
        first[change_id] = first.get(undoes, undoes)
        found ^= {first[change_id]}
    return found


def changes(
    db: Database,
    *,
    subject: str | None = None,
    subject_id: str | None = None,
    change_id: int | None = None,
    field: str | None = None,
    sheet: str | None = None,
    limit: int = 100,
) -> list[FieldChange]:
    """Return field changes, newest first: all, or one subject, change, field, sheet."""
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
    where = " AND ".join(conditions) or "1"
    rows = db.query(
        "SELECT h.change_id, c.at, h.subject, h.subject_id, h.field, h.old, h.new, c.undoes,"
        f" c.undoes IS NOT NULL AND {_DEPTH} % 2 = 0 AS is_redo"
        f" FROM history h JOIN change c ON c.id = h.change_id WHERE {where}"
        " ORDER BY h.id DESC LIMIT :limit",
        {**filters, "limit": -1 if change_id is not None else limit},
    )
    return [_field_change(row) for row in rows]


def _field_change(row: dict[str, Any]) -> FieldChange:
    row["at"] = datetime.fromisoformat(row["at"])
    row["old"], row["new"] = json.loads(row["old"]), json.loads(row["new"])
    row["is_redo"] = bool(row["is_redo"])
    return FieldChange(**row)


def _old_values(undone: list[FieldChange]) -> dict[tuple[str, str], dict[str, Any]]:
    values: dict[tuple[str, str], dict[str, Any]] = {}
    for item in undone:
        values.setdefault((item.subject, item.subject_id), {})[item.field] = item.old
    return values


def _new_change(db: Database, clock: Clock, undoes: int | None = None) -> int:
    row = {"at": clock.now().isoformat(), "undoes": undoes}
    change_id = db.execute(
        "INSERT INTO change (at, undoes) VALUES (:at, :undoes) RETURNING id", row
    ).fetchone()[0]
    by = _seen.get()
    if by:
        by.own.add(change_id)
    return change_id


def _record(
    db: Database, change_id: int, subject: str, subject_id: str, field: str, old: Any, new: Any
) -> None:
    db.table("history").insert(
        {
            "change_id": change_id,
            "subject": subject,
            "subject_id": subject_id,
            "field": field,
            "old": json.dumps(old, ensure_ascii=False),
            "new": json.dumps(new, ensure_ascii=False),
        }
    )
