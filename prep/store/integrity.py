"""Whether the database is sound, and what to do where it is not."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from prep.errors import DatabaseError
from prep.store import backups, change_rows, devices, file_integrity, log_marks, own_files
from prep.store import migrations as schema
from prep.store.migrations import migrations
from prep.store.sqlite_errors import RESTORE, translate_sqlite_errors
from prep.store.subjects import SUBJECTS

# Room for the database, its log and one more backup.
_COPIES_OF_ROOM = 3


@dataclass(frozen=True)
class Finding:
    """One thing that was checked: whether it is right, and what was seen or is to be done."""

    name: str
    is_right: bool
    said: str


def check(path: Path) -> list[Finding]:
    """Return what is found on the database at `path`; nothing is changed."""
    path = own_files.real(path)
    if not own_files.is_file(path):
        return [Finding("file", False, f"{path} is not there: open Prep once, or restore a backup")]
    if backups.is_lost(path):
        said = f"{path} is empty, though there are backups of it: {RESTORE}"
        return [Finding("file", False, said), _backups(path)]
    found = [Finding("file", True, f"{path}, {path.stat().st_size:,} bytes")]
    try:
        with translate_sqlite_errors(path):
            log_marks.refuse_foreign(path)  # to open the file would already mix the two
            with closing(sqlite3.connect(path)) as connection:
                found += _inside(Database(connection), path)
    except DatabaseError as error:
        found.append(Finding("integrity", False, str(error)))
    found.append(_disk(path))
    found.append(_backups(path))
    return found


def _inside(db: Database, path: Path) -> Iterator[Finding]:
    damage = file_integrity.damage(db.conn, path)
    said = f"{damage}: {RESTORE}" if damage else "sound"
    yield Finding("integrity", damage is None, said)
    if damage:
        return
    dangling = file_integrity.dangling(db.conn)
    where = ", ".join(sorted(set(dangling)))
    yield Finding(
        "foreign keys",
        not dangling,
        f"{len(dangling)} rows of {where} point to nothing: {RESTORE}" if dangling else "all hold",
    )
    yield _version(db)
    if db.table("history").exists():
        yield _orphans(db)
        if migrations.applied(db):
            yield _changes(db)


def _version(db: Database) -> Finding:
    applied, newer = migrations.applied(db), schema.unknown(db)
    if not applied:
        said = f"no database of Prep: name another with --db, or {RESTORE}"
        return Finding("version", False, said)
    if newer:
        return Finding("version", False, f"written by a newer Prep ({newer[-1]}): update Prep")
    pending = [f"{step.name} comes when Prep opens it" for step in migrations.pending(db)]
    return Finding("version", True, "; ".join([applied[-1].name, *pending]))


def _orphans(db: Database) -> Finding:
    """Find history of rows that do not exist: only another program could have deleted them."""
    lost = [
        f"{name} {subject_id}"
        for name, subject in SUBJECTS.items()
        if db.table(subject.table).exists()
        for (subject_id,) in db.execute(
            "SELECT DISTINCT subject_id FROM history WHERE subject = ?"
            f" AND subject_id NOT IN (SELECT {subject.key} FROM {subject.table})",
            [name],
        )
    ]
    if not lost:
        return Finding("orphans", True, "none")
    said = f"{len(lost)} with history and no row, first {lost[0]}: restore a backup from before"
    return Finding("orphans", False, said)


def _changes(db: Database) -> Finding:
    """Find fields that differ from what the changes yield, as earlier merges could leave them."""
    if schema.unknown(db):
        return Finding("changes", True, "not looked at: a newer Prep knows them")
    if schema.is_current(db):
        differing = change_rows.differing(db)
        cure = "save each once more, or restore a backup from before"
    else:
        differing = _settled_by_upgrade(db)
        cure = "Prep keeps them as a change of their own when it opens it"
    if not differing:
        return Finding("changes", True, "all fields are what their changes make of them")
    said = f"{len(differing)} fields otherwise than changed, first {differing[0]}: {cure}"
    return Finding("changes", False, said)


def _settled_by_upgrade(db: Database) -> list[str]:
    """Return the fields that migrating a copy of the database would correct."""
    with closing(sqlite3.connect(":memory:")) as connection:
        db.conn.backup(connection)
        copy = Database(connection)
        migrations.apply(copy)
        rows = copy.execute(
            "SELECT h.subject_id || ' ' || h.field FROM history h JOIN change c"
            " ON c.id = h.change_id WHERE c.device = ? AND h.old <> h.new ORDER BY h.id",
            [devices.MIGRATION],
        )
        settled = [name for (name,) in rows]
        labels = {label for (label,) in copy.execute("SELECT label FROM numbered")}
    for table in ("story", "attempt", "pass", "question"):
        if db.table(table).exists():
            labels -= {label for (label,) in db.execute(f"SELECT id FROM {table}")}
    return [*(f"{label}, which another was written over," for label in sorted(labels)), *settled]


def _disk(path: Path) -> Finding:
    free, needed = shutil.disk_usage(path.parent).free, _COPIES_OF_ROOM * path.stat().st_size
    said = f"{free:,} bytes free"
    return Finding("disk", free >= needed, said if free >= needed else f"{said}: free some space")


def _backups(path: Path) -> Finding:
    found = backups.list_backups(path)
    said = f"{len(found)}, the newest {found[0].path}" if found else "none yet"
    return Finding("backups", True, said)
