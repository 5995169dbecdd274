"""The one way personal data is written: the value and its history in the same transaction.

A *change* is one act of the person: a key that orders all changes of all devices, and for
each field it altered the old and the new value. It is never rewritten. A field is what the last
change says that stands; undo and redo are changes that name another, which no longer stands or does
again. So devices that have the same changes hold the same, in whatever order these arrived.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from prep.clock import Clock
from prep.errors import ChangedElsewhere, InvalidValue
from prep.store import cache, change_keys, change_rows, devices
from prep.store.change_rows import TOGETHER, Fields
from prep.store.database import writing


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


@dataclass
class Snapshot:
    """What a visitor has seen: all changes up to `version`, and their `own` since.

    Of the fields in `hidden`, which a draft hides, what they hold was seen up to that version.
    """

    version: int
    own: set[int] = field(default_factory=set)
    hidden: Mapping[str, int] = field(default_factory=dict)


_snapshot: ContextVar[Snapshot | None] = ContextVar("seen", default=None)


@contextmanager
def detect_conflicts(by: Snapshot | None) -> Iterator[None]:
    """Have writes in the block refuse to change what another changed and this visitor has not seen.

    They raise ChangedElsewhere. None lets them through.
    """
    token = _snapshot.set(by)
    try:
        yield
    finally:
        _snapshot.reset(token)


@contextmanager
def hidden_since(versions: Mapping[str, int]) -> Iterator[None]:
    """Have writes in the block count as unseen what a draft hid from the visitor.

    `versions` has what `version_seen` was when the draft of each field was begun.
    """
    by = _snapshot.get()
    with detect_conflicts(by and Snapshot(by.version, by.own, versions)):
        yield


def data_version(db: Database) -> int:
    """Return a number that grows with every change of personal data."""
    found: int = db.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
    return found


def version_seen(db: Database) -> int:
    """Return the data version up to which the visitor has seen, or made, every change.

    Outside of `detect_conflicts`, that is the version of the data.
    """
    by = _snapshot.get()
    if by is None:
        return data_version(db)
    later = db.execute("SELECT id FROM change WHERE id > ? ORDER BY id", [by.version])
    unseen = next((change_id for (change_id,) in later if change_id not in by.own), None)
    return data_version(db) if unseen is None else unseen - 1


@dataclass(frozen=True)
class Edit:
    """What becomes of subjects of one kind: each id's fields before and after.

    Where it is whole, what stays is said as well: what no table has a default for.
    """

    subject: str
    before: Mapping[str, Fields]
    after: Mapping[str, Fields]
    is_whole: bool = False


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
        change_rows.store(db, edit.subject, subject_id, edit.after[subject_id])
        for name, old, new in _said(edit, subject_id):
            change_rows.record(
                db, change_id, (edit.subject, subject_id, name), _json(old), _json(new)
            )
    return len(altered)


def settle(db: Database, clock: Clock) -> int:
    """Write what the tables hold otherwise than the changes make it as one change; return of how
    many subjects that was so.

    Another program, or damage that no check of pages sees, may have left it so. Both values can
    then be read, and the older one brought back by undo.
    """
    with writing(db):
        edits = [
            Edit(subject, {subject_id: made}, {subject_id: held})
            for subject, subject_id, made, held in change_rows.unlike(db)
        ]
        return write_together(db, clock, edits)


def _said(edit: Edit, subject_id: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield what a change says: the fields that differ, and those that stand together with them."""
    before, after = edit.before[subject_id], edit.after[subject_id]
    differing = {name for name, value in after.items() if value != before[name]}
    for group in TOGETHER.get(edit.subject, ()):
        if differing & set(group):
            differing |= set(group)
    for name in before:
        if name in differing or (edit.is_whole and name in after):
            yield name, before[name], after.get(name, before[name])


def undo(db: Database, clock: Clock) -> list[FieldChange]:
    """Take the last change back that stands; return its fields, empty where there is none.

    Undoing again goes one change further back. `to_undo` returns the same before it is done.
    """
    with writing(db):
        last = last_undoable(db)
        if last is not None:
            _refuse_reversing_unseen(db, last, "change")
            _turn(db, clock, undoes=last)
        return [] if last is None else changes(db, change_id=last)


def redo(db: Database, clock: Clock) -> list[FieldChange]:
    """Bring back what the last undo took; return its fields, empty where there is none.

    Redoing again brings back what the undo before took, up to the last change that was no undo:
    with a new change, what was undone before it stays so. `to_redo` returns the same before.
    """
    with writing(db):
        last = _last_undo(db)
        if last is None:
            return []
        undo_id, change_id = last
        _refuse_reversing_unseen(db, undo_id, "undo")
        _turn(db, clock, redoes=change_id)
        return changes(db, change_id=change_id)


@cache.kept
def to_undo(db: Database) -> list[FieldChange]:
    """Return the fields of the change that undo would take back, empty where there is none."""
    last = last_undoable(db)
    return [] if last is None else changes(db, change_id=last)


@cache.kept
def to_redo(db: Database) -> list[FieldChange]:
    """Return the fields of what redo would bring back, as it would be; empty where none is."""
    last = _last_undo(db)
    return [] if last is None else changes(db, change_id=last[1])


def last_undoable(db: Database) -> int | None:
    """Return the id of the change that undo would take back, None where there is none."""
    row = db.execute(
        "SELECT id FROM change WHERE undoes IS NULL AND redoes IS NULL AND NOT undone"
        " AND device IS NOT ? ORDER BY key DESC LIMIT 1",
        [devices.MIGRATION],
    ).fetchone()
    found: int | None = row and row[0]
    return found


def _last_undo(db: Database) -> tuple[int, int] | None:
    """Return the undo that redo would take back, and the change that it undoes; None without."""
    found: tuple[int, int] | None = db.execute(
        "SELECT u.id, u.undoes FROM change u CROSS JOIN change c ON c.id = u.undoes AND c.undone"
        " WHERE u.undoes IS NOT NULL AND u.key > (SELECT coalesce(max(key), '') FROM change"
        " WHERE undoes IS NULL AND redoes IS NULL) ORDER BY u.key DESC LIMIT 1"
    ).fetchone()
    return found


def undone(db: Database) -> set[int]:
    """Return the ids of the changes that undo took back and redo has not brought again."""
    return {change_id for (change_id,) in db.execute("SELECT id FROM change WHERE undone")}


def _turn(db: Database, clock: Clock, **turned: int) -> None:
    """Write a change that undoes or redoes another, and what follows from it."""
    change_id = _new_change(db, clock, **turned)
    [other] = turned.values()
    change_rows.say_of(db, change_id, other, is_undo="undoes" in turned)
    change_rows.settle_undone(db, other)
    try:
        for subject, subject_id in change_rows.subjects(db, other):
            change_rows.store(db, subject, subject_id, change_rows.state(db, subject, subject_id))
    except sqlite3.IntegrityError as error:
        raise InvalidValue(
            f"the last {'change' if 'undoes' in turned else 'undo'} cannot be taken back: what was"
            f" before does not fit ({error})"
        ) from error


def _refuse_unseen(db: Database, altered: list[tuple[Edit, str]]) -> None:
    by = _snapshot.get()
    if by is None:
        return
    oldest = min([by.version, *by.hidden.values()])
    if data_version(db) == oldest:
        return
    _refuse_renumbered(db, by.version, [subject_id for _, subject_id in altered])
    unseen = {
        (subject, subject_id, name)
        for change_id, subject, subject_id, name in db.execute(
            "SELECT change_id, subject, subject_id, field FROM history WHERE change_id > ?",
            [oldest],
        )
        if change_id > min(by.version, by.hidden.get(name, by.version)) and change_id not in by.own
    }
    now = datetime.now(UTC)
    write = [
        FieldChange(0, now, edit.subject, subject_id, name, there, value, None)
        for edit, subject_id in altered
        for name, value in edit.after[subject_id].items()
        if (there := edit.before[subject_id][name]) != value
    ]
    fields = [field for field in write if (field.subject, field.subject_id, field.field) in unseen]
    if fields:
        raise ChangedElsewhere(fields, write)


def refuse_stale(subject: str, subject_id: str, there: str, seen: str | None, mine: str) -> None:
    """Raise ChangedElsewhere where a text is neither what its writer has seen nor what they write.

    For texts that the history does not hold, such as drafts. None as `seen` lets all through.
    """
    if seen is not None and there not in (seen, mine):
        now = datetime.now(UTC)
        raise ChangedElsewhere(
            [FieldChange(0, now, subject, subject_id, "text", there, mine, None)]
        )


def _refuse_renumbered(db: Database, version: int, ids: list[str]) -> None:
    """Raise InvalidValue where a number means another thing than this visitor has seen."""
    rows = db.execute("SELECT label FROM numbered WHERE since > ?", [version])
    moved = {label for (label,) in rows} & {part for name in ids for part in name.split("#")}
    if moved:
        raise InvalidValue(
            f"{min(moved)} is another since changes of another device came: look at it first"
        )


def _refuse_reversing_unseen(db: Database, change_id: int, kind: str) -> None:
    by = _snapshot.get()
    if by and change_id > by.version and change_id not in by.own:
        raise InvalidValue(f"the last {kind} was made elsewhere: look at it first, then try again")


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
    # Of one subject or change, the rows are few; else the changes are gone through by their keys.
    joined = (
        "history h JOIN change c" if subject_id or change_id else "change c CROSS JOIN history h"
    )
    where = " AND ".join(["h.old <> h.new", *conditions])
    rows = db.query(
        "SELECT h.change_id, c.at, h.subject, h.subject_id, h.field, h.old, h.new,"
        " coalesce(c.undoes, c.redoes) AS undoes, c.redoes IS NOT NULL AS is_redo"
        f" FROM {joined} ON c.id = h.change_id WHERE {where}"
        " ORDER BY c.key DESC, h.id DESC LIMIT :limit",
        {**filters, "limit": -1 if change_id is not None else limit},
    )
    return [_field_change(row) for row in rows]


def _field_change(row: dict[str, Any]) -> FieldChange:
    row["at"] = datetime.fromisoformat(row["at"])
    row["old"], row["new"] = json.loads(row["old"]), json.loads(row["new"])
    row["is_redo"] = bool(row["is_redo"])
    return FieldChange(**row)


def _new_change(
    db: Database, clock: Clock, undoes: int | None = None, redoes: int | None = None
) -> int:
    last = db.execute("SELECT coalesce(max(key), '') FROM change").fetchone()[0]
    now = clock.now()
    change_id = change_rows.add_change(
        db, change_keys.following(last, now), devices.this(db), now.isoformat(), undoes, redoes
    )
    by = _snapshot.get()
    if by:
        by.own.add(change_id)
    return change_id


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
