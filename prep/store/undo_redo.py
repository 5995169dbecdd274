"""Undo and redo: each is a change that names another."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from prep.clock import Clock
from prep.errors import InvalidValue
from prep.store import cache, change_rows, devices
from prep.store.change_list import FieldChange, changes
from prep.store.change_log import new_change
from prep.store.database import writing
from prep.store.snapshots import refuse_reversing_unseen


def undo(db: Database, clock: Clock) -> list[FieldChange]:
    """Take the last change back that stands; return its fields, empty where there is none.

    Undoing again goes one change further back. `to_undo` returns the same before it is done.
    """
    with writing(db):
        last = last_undoable(db)
        if last is not None:
            refuse_reversing_unseen(db, last, "change")
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
        refuse_reversing_unseen(db, undo_id, "undo")
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
    return int(row[0]) if row else None


def _last_undo(db: Database) -> tuple[int, int] | None:
    """Return the undo that redo would take back, and the change that it undoes; None without."""
    undo_and_change: tuple[int, int] | None = db.execute(
        "SELECT u.id, u.undoes FROM change u CROSS JOIN change c ON c.id = u.undoes AND c.undone"
        " WHERE u.undoes IS NOT NULL AND u.key > (SELECT coalesce(max(key), '') FROM change"
        " WHERE undoes IS NULL AND redoes IS NULL) ORDER BY u.key DESC LIMIT 1"
    ).fetchone()
    return undo_and_change


def undone(db: Database) -> set[int]:
    """Return the ids of the changes that undo took back and redo has not brought again."""
    return {change_id for (change_id,) in db.execute("SELECT id FROM change WHERE undone")}


def _turn(db: Database, clock: Clock, **turned: int) -> None:
    """Write a change that undoes or redoes another, and what follows from it."""
    change_id = new_change(db, clock, **turned)
    [other] = turned.values()
    change_rows.say_of(db, change_id, other, is_undo="undoes" in turned)
    change_rows.settle_undone(db, other)
    try:
        for subject, subject_id in change_rows.subjects(db, other):
            change_rows.store(db, subject, subject_id, change_rows.state(db, subject, subject_id))
    except (sqlite3.IntegrityError, OverflowError) as error:
        raise InvalidValue(
            f"the last {'change' if 'undoes' in turned else 'undo'} cannot be taken back: what was"
            f" before does not fit ({error})"
        ) from error
