"""What a visitor has seen: a write does not overwrite what another changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlite_utils import Database

from prep.errors import ChangedElsewhere, InvalidValue
from prep.store.change_list import FieldChange, data_version
from prep.store.change_rows import Alteration


@dataclass
class Snapshot:
    """What a visitor has seen: all changes up to `version`, and their `own` since.

    Of the fields in `hidden`, which a draft hides, what they hold was seen up to that version.
    """

    version: int
    own: set[int] = field(default_factory=set)
    hidden: Mapping[str, int] = field(default_factory=dict)


_snapshot: ContextVar[Snapshot | None] = ContextVar("snapshot", default=None)


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


def note_own(change_id: int) -> None:
    """Note that a change is the visitor's own, which they need not have seen."""
    by = _snapshot.get()
    if by:
        by.own.add(change_id)


def version_seen(db: Database) -> int:
    """Return the data version up to which the visitor has seen or made every change.

    Outside of `detect_conflicts`, that is the version of the data.
    """
    by = _snapshot.get()
    if by is None:
        return data_version(db)
    later = db.execute("SELECT id FROM change WHERE id > ? ORDER BY id", [by.version])
    unseen = next((change_id for (change_id,) in later if change_id not in by.own), None)
    return data_version(db) if unseen is None else unseen - 1


def refuse_unseen(db: Database, altered: list[Alteration]) -> None:
    """Raise ChangedElsewhere where edits alter fields that another changed unseen.

    Raises InvalidValue where they are of a number that means another thing by now.
    """
    by = _snapshot.get()
    if by is None:
        return
    oldest = min([by.version, *by.hidden.values()])
    if data_version(db) == oldest:
        return
    _refuse_renumbered(db, by.version, [one.subject_id for one in altered])
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
        FieldChange(0, now, one.subject, one.subject_id, name, there, value, None)
        for one in altered
        for name, value in one.after.items()
        if (there := one.before[name]) != value
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
    """Raise InvalidValue where a number no longer means what this visitor saw under it."""
    rows = db.execute("SELECT label FROM numbered WHERE since > ?", [version])
    moved = {label for (label,) in rows} & {part for name in ids for part in name.split("#")}
    if moved:
        raise InvalidValue(
            f"{min(moved)} is another since changes of another device came: look at it first"
        )


def refuse_reversing_unseen(db: Database, change_id: int, kind: str) -> None:
    """Raise InvalidValue where the visitor has not seen a change that is to be taken back.

    `kind` is what the message calls it: a change, or an undo.
    """
    by = _snapshot.get()
    if by and change_id > by.version and change_id not in by.own:
        raise InvalidValue(f"the last {kind} was made elsewhere: look at it first, then try again")
