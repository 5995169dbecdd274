"""The one way personal data is written: the value and its history in the same transaction.

A *change* is one act of the person: a key that orders the changes of all devices, and the old and
new value of each field that it altered. It is never rewritten. A field has the value of the last
change that stands, that is, was not undone; undo and redo are changes that name another. So devices
with the same changes hold the same data, in whatever order these arrived.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from prep.clock import Clock
from prep.store import change_keys, change_rows, devices, limits
from prep.store.change_rows import Alteration, Edit, Fields, alterations
from prep.store.database import writing
from prep.store.snapshots import note_own, refuse_unseen
from prep.store.subjects import SUBJECTS


def write(db: Database, clock: Clock, subject: str, fields: Mapping[str, Fields]) -> int:
    """Store `{subject's id: fields}` where it alters something, as one change; return how many
    subjects it did. Call it inside `writing(db)`."""
    return write_together(db, clock, [Edit(subject, fields)])


def write_together(db: Database, clock: Clock, edits: Iterable[Edit]) -> int:
    """Store several edits as one change, which undo takes back whole; return how many subjects
    they altered. Call it inside `writing(db)`. Raises InvalidDates for a day that cannot be kept,
    InvalidValue where the clock cannot be right."""
    altered = [one for edit in edits for one in alterations(db, edit)]
    limits.refuse_odd_clock(clock.now())
    for one in altered:
        limits.refuse_odd_days(one.subject, one.after)
    return _write(db, clock, altered)


def _write(db: Database, clock: Clock, altered: list[Alteration]) -> int:
    if not altered:
        return 0
    refuse_unseen(db, altered)
    change_id = new_change(db, clock)
    for one in altered:
        change_rows.store(db, one.subject, one.subject_id, one.after)
        for name, old, new in _said(one):
            said_of = (one.subject, one.subject_id, name)
            change_rows.record(db, change_id, said_of, _json(old), _json(new))
    return len(altered)


def settle(db: Database, clock: Clock) -> int:
    """Record, as one change, what the tables hold that differs from what the changes yield; return
    how many subjects differed.

    Another program, or damage that no check of pages sees, may have left it so. Both values can
    then be read, and the older one brought back by undo.
    """
    with writing(db):
        return _write(db, clock, [Alteration(*unlike) for unlike in change_rows.unlike(db)])


def _said(one: Alteration) -> Iterator[tuple[str, Any, Any]]:
    """Yield what a change records: the fields that differ, and those that go together with them."""
    before, after = one.before, one.after
    said = {name for name, value in after.items() if one.is_whole or value != before[name]}
    together = set(SUBJECTS[one.subject].together)
    if said & together:
        said |= together
    for name in before:
        if name in said:
            yield name, before[name], after.get(name, before[name])


def new_change(
    db: Database, clock: Clock, undoes: int | None = None, redoes: int | None = None
) -> int:
    """Begin a change with a key after all others; return its id in this database.

    `undoes` and `redoes` name the change that it takes back or brings again.
    """
    last = db.execute("SELECT coalesce(max(key), '') FROM change").fetchone()[0]
    now = clock.now()
    limits.refuse_odd_clock(now)
    change_id = change_rows.add_change(
        db, change_keys.following(last, now), devices.this(db), now.isoformat(), undoes, redoes
    )
    note_own(change_id)
    return change_id


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
