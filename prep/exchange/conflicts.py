"""Writes that were refused because another tab or device had changed the same fields before.

What was to be written is kept in the database until the person has chosen: so it outlasts the
page, the browser and the server, and a second refused write takes nothing from the first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlite_utils import Database

from prep.clock import Clock
from prep.errors import ChangedElsewhere, InvalidValue
from prep.practice import answers, form_drafts, mock_notes
from prep.store import change_log, snapshots
from prep.store.change_list import FieldChange
from prep.store.change_rows import Edit, row_of
from prep.store.database import writing


class Text(NamedTuple):
    """How a text outside the history is read and written, by the id of its subject."""

    read: Callable[[Database, str], str]
    write: Callable[[Database, Clock, str, str], object]


# The kinds of text that no history holds.
OUTSIDE_HISTORY = {
    answers.DRAFT: Text(answers.typed, answers.keep_draft),
    form_drafts.DRAFT: Text(form_drafts.typed, form_drafts.keep_typed),
    mock_notes.NOTE: Text(mock_notes.noted, mock_notes.keep_note),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One refused write.

    `fields` are those of it that were changed elsewhere: `old` is what stands there now, `new` what
    was refused. `others` are the rest of what it was to write.
    """

    key: str
    at: datetime
    fields: list[FieldChange]
    others: list[FieldChange]


def keep(db: Database, clock: Clock, refused: ChangedElsewhere, visit: str) -> None:
    """Keep a refused write. It takes the place of one of the same visit to the same fields: of
    what is typed letter by letter, the last stays."""
    unseen = {_name(field) for field in refused.fields}
    key = json.dumps([visit, sorted(unseen)])
    with writing(db):
        drop(db, key)
        db.table("conflict").insert_all(
            {
                "write": key,
                "at": clock.now().isoformat(),
                "subject": field.subject,
                "subject_id": field.subject_id,
                "field": field.field,
                "there": json.dumps(field.old, ensure_ascii=False),
                "mine": json.dumps(field.new, ensure_ascii=False),
                "is_unseen": int(_name(field) in unseen),
            }
            for field in refused.write
        )


def unresolved(db: Database) -> list[Conflict]:
    """Return the refused writes that the person has not chosen on, the oldest first.

    One whose fields hold by now what it was to write is none.
    """
    rows = db.query("SELECT * FROM conflict ORDER BY at, write, id")
    found = [_conflict(db, key, list(group)) for key, group in groupby(rows, lambda r: r["write"])]
    return [conflict for conflict in found if conflict.fields]


def drop(db: Database, key: str) -> None:
    """Forget a refused write: what is there stays."""
    with writing(db):
        db.execute("DELETE FROM conflict WHERE write = ?", [key])


def use(db: Database, clock: Clock, shown: Conflict) -> None:
    """Write what was refused, in place of what `shown` says is there.

    Raises InvalidValue where that is something else by now, or what was refused fits no more.
    """
    with snapshots.detect_conflicts(None), writing(db):
        now = next((one for one in unresolved(db) if one.key == shown.key), None)
        if now is None:  # chosen in another tab
            return
        if [_at_hand(field) for field in now.fields] != [_at_hand(field) for field in shown.fields]:
            raise InvalidValue("it was changed once more meanwhile: look at both again")
        drop(db, now.key)
        fields = now.fields + now.others
        edits = []
        for subject, subject_id in dict.fromkeys((f.subject, f.subject_id) for f in fields):
            of_subject = [f for f in fields if (f.subject, f.subject_id) == (subject, subject_id)]
            if subject in OUTSIDE_HISTORY:
                OUTSIDE_HISTORY[subject].write(db, clock, subject_id, of_subject[0].new)
                continue
            edits.append(Edit(subject, {subject_id: {f.field: f.new for f in of_subject}}))
        _write(db, clock, edits)


def _write(db: Database, clock: Clock, edits: list[Edit]) -> None:
    try:
        change_log.write_together(db, clock, edits)
    except sqlite3.IntegrityError as error:
        raise InvalidValue(
            f"what was to be written does not fit what is there now ({error}): keep what is there"
        ) from error


def _conflict(db: Database, key: str, rows: list[Mapping[str, Any]]) -> Conflict:
    at = datetime.fromisoformat(rows[0]["at"])
    fields: list[FieldChange] = []
    others: list[FieldChange] = []
    for row in rows:
        there, mine = _there(db, row), json.loads(row["mine"])
        if there != mine:
            change = FieldChange(
                0, at, row["subject"], row["subject_id"], row["field"], there, mine, None
            )
            (fields if row["is_unseen"] else others).append(change)
    return Conflict(key, at, fields, others)


def _there(db: Database, row: Mapping[str, Any]) -> Any:
    """Return the present value of a field of a refused write, its last one if the row is gone."""
    subject, subject_id, field = row["subject"], row["subject_id"], row["field"]
    if subject in OUTSIDE_HISTORY:
        return OUTSIDE_HISTORY[subject].read(db, subject_id)
    found = row_of(db, subject, subject_id)
    return found[field] if found else json.loads(row["there"])


def _name(field: FieldChange) -> tuple[str, str, str]:
    return field.subject, field.subject_id, field.field


def _at_hand(field: FieldChange) -> tuple[tuple[str, str, str], Any]:
    return _name(field), field.old
