"""The one way personal data is written: the value and its history in the same transaction.

A *change* is one act of the person: a key that orders all changes of all devices, and for
each field it altered the old and the new value. It is never rewritten. A field is what the last
change says that stands; undo and redo are changes that name another, which no longer stands or does
again. So devices that have the same changes hold the same, in whatever order these arrived.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from prep.clock import Clock
from prep.store import change_keys, change_rows, devices
from prep.store.change_rows import TOGETHER, Edit, Fields
from prep.store.database import writing
from prep.store.snapshots import note_own, refuse_unseen


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
    refuse_unseen(db, altered)
    change_id = new_change(db, clock)
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


def new_change(
    db: Database, clock: Clock, undoes: int | None = None, redoes: int | None = None
) -> int:
    """Begin a change that follows all there are; return its id here.

    `undoes` and `redoes` name the change that it takes back or brings again.
    """
    last = db.execute("SELECT coalesce(max(key), '') FROM change").fetchone()[0]
    now = clock.now()
    change_id = change_rows.add_change(
        db, change_keys.following(last, now), devices.this(db), now.isoformat(), undoes, redoes
    )
    note_own(change_id)
    return change_id


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
