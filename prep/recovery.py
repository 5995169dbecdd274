"""Putting a backup back in the place of the database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from prep import backup
from prep.backup import Backup
from prep.database import BUSY_TIMEOUT_SECONDS, explained, make_place, open_database, refuse_newer
from prep.errors import DatabaseError
from prep.schema import migrations


def restore(source: Path, path: Path) -> Backup | None:
    """Make the database at `path` what the file `source` holds; return the backup of what was.

    `source` is checked first. One that is in use sees the new data on its next read. A database
    too damaged to be backed up is moved aside to `….damaged`, and None is returned. Raises
    DatabaseError: then the database stays as it is.
    """
    verify(source)
    if source.resolve() == path.resolve():
        raise DatabaseError(f"{source}: that is the database itself: name one of its backups")
    kept = _keep_present(path)
    make_place(path)
    with (
        explained(path),
        closing(_read_only(source)) as stored,
        closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as present,
    ):
        stored.backup(present)
    open_database(path).close()
    return kept


def verify(source: Path) -> None:
    """Raise DatabaseError where a file is no sound database of Prep."""
    if not source.is_file():
        raise DatabaseError(f"{source}: there is no such file")
    with explained(source), closing(_read_only(source)) as connection:
        found = backup.integrity(connection)
        if found:
            raise DatabaseError(f"{source}: it is damaged ({found}): choose another backup")
        db = Database(connection)
        if not migrations.applied(db) or not db.table("question").exists():
            raise DatabaseError(f"{source}: it is no database of Prep: choose one of its backups")
        refuse_newer(db, source)


def _keep_present(path: Path) -> Backup | None:
    if not path.exists():
        return None
    try:
        return backup.automatic(path, "restore")
    except DatabaseError as error:
        if not isinstance(error.__cause__, sqlite3.DatabaseError) or isinstance(
            error.__cause__, sqlite3.OperationalError
        ):
            raise
    for suffix in ("", "-wal", "-shm"):
        damaged = path.with_name(path.name + suffix)
        if damaged.exists():
            damaged.rename(path.with_name(f"{path.name}.damaged{suffix}"))
    return None


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
