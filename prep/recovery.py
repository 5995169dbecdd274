"""Putting a backup back in the place of the database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from prep import backup, readable
from prep.backup import Backup
from prep.database import BUSY_TIMEOUT_SECONDS, explained, make_folder, open_database, refuse_newer
from prep.errors import DatabaseError, ExportFormatError
from prep.schema import migrations


def restore(source: Path, path: Path) -> Backup | None:
    """Make the database at `path` what the file `source` holds; return the backup of what was.

    A copy of `source` is brought up to date and checked first. One that is in use sees the new
    data on its next read. A database too damaged to be backed up is moved aside to `….damaged`,
    and None is returned. Raises DatabaseError: then the database stays as it is.
    """
    verify(source)
    if source.resolve() == path.resolve():
        raise DatabaseError(f"{source}: that is the database itself: name one of its backups")
    make_folder(path)
    with _checked_copy(source, path) as copy:
        kept = _keep_present(path)
        with (
            explained(path),
            closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as present,
        ):
            copy.backup(present)
    open_database(path).close()
    return kept


def verify(source: Path) -> None:
    """Raise DatabaseError where a file is no sound database of Prep."""
    if not source.is_file():
        raise DatabaseError(f"{source}: there is no such file")
    with (
        _odd_bytes_explained(source),
        explained(source, opening=True),
        closing(_read_only(source)) as connection,
    ):
        connection.execute("PRAGMA trusted_schema = OFF")
        db = Database(connection)
        if not migrations.applied(db) or not db.table("question").exists():
            raise DatabaseError(f"{source}: it is no database of Prep: choose one of its backups")
        refuse_newer(db, source)
        _refuse_other_tables(db, source)
        found = backup.integrity(connection)
        if found:
            raise DatabaseError(f"{source}: it is damaged ({found}): choose another backup")


@contextmanager
def _odd_bytes_explained(source: Path) -> Iterator[None]:
    """Raise DatabaseError where what is read of a database in the block is no text."""
    try:
        yield
    except UnicodeError as error:
        raise DatabaseError(f"{source}: it is damaged ({error}): choose another backup") from error


def _refuse_other_tables(db: Database, source: Path) -> None:
    """Raise DatabaseError where tables, triggers or views are not those that Prep makes.

    A trigger that somebody else wrote would run with each change from then on.
    """
    ours = Database(memory=True)
    taken = {step.name for step in migrations.applied(db)}
    migrations.apply(ours, stop_before=[s.name for s in migrations.pending(ours)
                                        if s.name not in taken])  # fmt: skip
    if _tables(db) != _tables(ours):
        raise DatabaseError(
            f"{source}: its tables are not those that Prep makes: choose one of its backups"
        )


def _tables(db: Database) -> set[tuple[str, ...]]:
    rows = db.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE '_sqlite_migr%'"
        " AND name NOT LIKE 'sqlite_%'"
    )
    return {
        (kind, name, table, " ".join((sql or "").replace('"', "").split()))
        for kind, name, table, sql in rows
    }


@contextmanager
def _checked_copy(source: Path, path: Path) -> Iterator[sqlite3.Connection]:
    """Give a copy of a backup, brought up to date and checked. Raises DatabaseError."""
    folder = backup.folder(path)
    make_folder(folder / "copy")
    copied = folder / f"{path.name}.{os.getpid()}.part"
    try:
        with (
            _odd_bytes_explained(source),
            explained(copied, opening=True),
            closing(_read_only(source)) as stored,
            closing(sqlite3.connect(copied)) as copy,
        ):
            stored.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            db = Database(copy)
            migrations.apply(db)
            with db.atomic():  # no check of SQLite's looks into the index of words
                db.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
            _refuse_unsound(db, source)
            yield copy
    finally:
        copied.unlink(missing_ok=True)


def _refuse_unsound(db: Database, source: Path) -> None:
    found = backup.integrity(db.conn)  # read-only, as in `verify`, it passes over CHECK constraints
    if found:
        raise DatabaseError(f"{source}: it is damaged ({found}): choose another backup")
    dangling = db.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise DatabaseError(f"{source}: rows of {dangling[0]} point to nothing: choose another")
    try:
        readable.refuse_unreadable(db, str(source))
    except ExportFormatError as error:
        raise DatabaseError(f"{error}: choose another backup") from error


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
