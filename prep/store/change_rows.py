"""The rows of the change log, and the values that they give the tables.

A change has a key that orders the changes of all devices, and records the old and new value of each
field that it altered. It is never rewritten. A field has the value of the last change that stands;
a change that undoes or redoes another decides whether that one stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from prep.store import numbers
from prep.store.subjects import SUBJECTS

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Edit:
    """What is to be written of subjects of one kind: fields by id.

    `begins` is of things that are added and that no table has defaults for: what differs from
    their fields before. Then all of these are said, those that stay as well.
    """

    subject: str
    fields: Mapping[str, Fields]
    begins: Fields | None = None


@dataclass(frozen=True)
class Alteration:
    """One subject whose fields an edit alters: as the table holds them before, and after."""

    subject: str
    subject_id: str
    before: Fields
    after: Fields
    is_whole: bool = False


def add_change(
    db: Database, key: str, device: str | None, at: str, undoes: int | None, redoes: int | None
) -> int:
    """Add a change to the log, without its fields; return its id in this database."""
    change_id: int = db.execute(
        "INSERT INTO change (key, device, at, undoes, redoes) VALUES (?, ?, ?, ?, ?) RETURNING id",
        [key, device, at, undoes, redoes],
    ).fetchone()[0]
    return change_id


def record(db: Database, change_id: int, said_of: tuple[str, str, str], old: str, new: str) -> None:
    """Add what a change did to a field of a subject: its old and new value, as JSON."""
    db.execute(
        "INSERT INTO history (change_id, subject, subject_id, field, old, new)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [change_id, *said_of, old, new],
    )


def say_of(db: Database, change_id: int, other: int, *, is_undo: bool) -> None:
    """Record the fields of the change that an undo or redo names: so both are found together."""
    values = "new, old" if is_undo else "old, new"
    db.execute(
        "INSERT INTO history (change_id, subject, subject_id, field, old, new)"
        f" SELECT ?, subject, subject_id, field, {values} FROM history WHERE change_id = ?"
        " ORDER BY id",
        [change_id, other],
    )


def settle_undone(db: Database, change_id: int) -> None:
    """Record whether a change stands: the last undo or redo of it decides."""
    last = db.execute(
        "SELECT undoes FROM change WHERE undoes = :id OR redoes = :id ORDER BY key DESC LIMIT 1",
        {"id": change_id},
    ).fetchone()
    undone = last is not None and last[0] is not None
    db.execute("UPDATE change SET undone = ? WHERE id = ?", [int(undone), change_id])


def subjects(db: Database, change_id: int) -> list[tuple[str, str]]:
    """Return the subjects of a change, questions of one's own first: others refer to them."""
    return db.execute(
        "SELECT DISTINCT subject, subject_id FROM history WHERE change_id = ?"
        " ORDER BY subject <> 'own', subject, subject_id",
        [change_id],
    ).fetchall()


def alterations(db: Database, edit: Edit) -> list[Alteration]:
    """Return what an edit alters; a subject that is not there yet has the table's defaults."""
    if edit.begins is not None:
        return [
            Alteration(edit.subject, subject_id, {**fields, **edit.begins}, fields, is_whole=True)
            for subject_id, fields in edit.fields.items()
        ]
    held = _held(db, edit)
    return [
        Alteration(edit.subject, subject_id, held[subject_id], fields)
        for subject_id, fields in edit.fields.items()
        if any(held[subject_id][name] != value for name, value in fields.items())
    ]


def _held(db: Database, edit: Edit) -> dict[str, Fields]:
    """Return what the table holds of an edit's fields, and of those that go with them, by id."""
    subject = SUBJECTS[edit.subject]
    table, key = subject.table, subject.key
    written = [name for fields in edit.fields.values() for name in fields]
    names = list(dict.fromkeys([*written, *subject.together]))
    rows = db.query(
        f"SELECT {', '.join([key, *names])} FROM {table}"
        f" WHERE {key} IN (SELECT value FROM json_each(?))",
        [json.dumps(list(edit.fields))],
    )
    held: dict[str, Fields] = {row.pop(key): row for row in rows}
    if len(held) < len(edit.fields):
        defaults = dict.fromkeys(names) | db.table(table).default_values
        held = {subject_id: held.get(subject_id, defaults) for subject_id in edit.fields}
    return held


def store(db: Database, subject: str, subject_id: str, fields: Fields) -> None:
    """Have a subject's row hold these fields; one that is not there begins with the defaults."""
    table, key = SUBJECTS[subject].table, SUBJECTS[subject].key
    row = {key: subject_id, **fields}
    if subject == "own":
        row |= {"own": 1, "article_status": "todo", "position": numbers.place(subject_id)}
    db.table(table).upsert(row, pk=key)


def state(db: Database, subject: str, subject_id: str) -> dict[str, object]:
    """Return a subject's fields as the changes yield them: each from the last change that stands.

    The last is the one with the greatest key; one that was undone does not stand. A field of
    which none stands is what it was before the first.
    """
    rows = db.execute(
        "SELECT h.field, h.old, h.new, c.undone FROM history h JOIN change c ON c.id = h.change_id"
        " WHERE h.subject = ? AND h.subject_id = ? AND c.undoes IS NULL AND c.redoes IS NULL"
        " ORDER BY c.key",
        [subject, subject_id],
    )
    fields: dict[str, str] = {}
    for name, old, new, undone in rows:
        fields.setdefault(name, old)
        if not undone:
            fields[name] = new
    return {name: json.loads(value) for name, value in fields.items()}


def row_of(db: Database, subject: str, subject_id: str) -> dict[str, object] | None:
    """Return a subject's row, None where it has none."""
    kind = SUBJECTS[subject]
    rows = db.query(f"SELECT * FROM {kind.table} WHERE {kind.key} = ?", [subject_id])
    return next(rows, None)


def differing(db: Database) -> list[str]:
    """Return each field whose stored value differs from what the changes yield."""
    return [
        f"{subject_id} {name}"
        for _, subject_id, made, held in unlike(db)
        for name in made
        if held[name] != made[name]
    ]


def unlike(db: Database) -> Iterator[tuple[str, str, Fields, Fields]]:
    """Yield each subject whose stored fields differ from what the changes yield: its kind and id,
    its fields as the changes yield them, and as stored."""
    pairs = db.execute("SELECT DISTINCT subject, subject_id FROM history ORDER BY 1, 2")
    for subject, subject_id in pairs.fetchall():
        row = row_of(db, subject, subject_id)
        made = state(db, subject, subject_id)
        held = row and {name: row[name] for name in made}
        if held and held != made:
            yield subject, subject_id, made, held
