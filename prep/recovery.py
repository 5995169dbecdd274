"""Putting a backup back in the place of the database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from prep import backup, readable
from prep.backup import Backup
from prep.database import (
    BUSY_TIMEOUT_SECONDS,
    explained,
    make_place,
    open_database,
    refuse_newer,
)
from prep.errors import DamagedDatabase, DatabaseError, ExportFormatError
from prep.schema import migrations


def restore(source: Path, path: Path) -> Path | None:
    """Make the database at `path` what the file `source` holds; return where what was is kept.

    That is a backup; or, of a database too damaged for one, itself under another name. None where
    nothing was. A copy of `source` is brought up to date and checked first. Who has the database
    open sees the new data on the next read. Raises DatabaseError: then it stays as it is.
    """
    verify(source)
    if source.resolve() == path.resolve():
        raise DatabaseError(f"{source}: that is the database itself: name one of its backups")
    with _checked_copy(source, path) as copied:
        try:
            kept = _keep_present(path, source)
        except DamagedDatabase:
            return _replace_damaged(copied, path)
        make_place(path)
        with (
            explained(path),
            closing(_read_only(copied)) as stored,
            closing(backup.connect(path, BUSY_TIMEOUT_SECONDS)) as present,
        ):
            backup.copy_pages(stored, present)
    open_database(path).close()
    return kept


def newest_sound(path: Path) -> Backup | None:
    """Return the newest backup of the database at `path` that can be put back."""
    return next((made for made in backup.every(path) if _is_sound(made.path)), None)


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
        found = backup.integrity(connection, source)
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
def _checked_copy(source: Path, path: Path) -> Iterator[Path]:
    """Give a copy of a backup, brought up to date and checked. Raises DatabaseError."""
    copied = backup.folder(path) / f"{path.name}.{os.getpid()}.part"
    make_place(copied)
    try:
        with (
            _odd_bytes_explained(source),
            explained(copied, opening=True),
            closing(_read_only(source)) as stored,
            closing(backup.connect(copied)) as copy,
        ):
            backup.copy_pages(stored, copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            db = Database(copy)
            migrations.apply(db)
            with db.atomic():  # no check of SQLite's looks into the index of words
                db.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
            _refuse_unsound(db, source, copied)
        yield copied
    finally:
        for left in copied.parent.glob(f"{copied.name}*"):  # SQLite's own files beside it, too
            left.unlink()


def _refuse_unsound(db: Database, source: Path, copied: Path) -> None:
    # Read-only, as in `verify`, SQLite passes over CHECK constraints.
    found = backup.integrity(db.conn, copied)
    if found:
        raise DatabaseError(f"{source}: it is damaged ({found}): choose another backup")
    dangling = db.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise DatabaseError(f"{source}: rows of {dangling[0]} point to nothing: choose another")
    try:
        readable.refuse_unreadable(db, str(source))
    except ExportFormatError as error:
        raise DatabaseError(f"{error}: choose another backup") from error


def _is_sound(source: Path) -> bool:
    try:
        verify(source)
    except DatabaseError:
        return False
    return True


def _keep_present(path: Path, source: Path) -> Path | None:
    if not path.exists():
        return None
    return backup.automatic(path, "restore", spared=source).path


def _replace_damaged(source: Path, path: Path) -> Path:
    """Put a copy of `source` in the place of a damaged file; return where that is kept."""
    whole, aside = path.with_name(f"{path.name}.restored"), _aside(path)
    backup.copy(source, whole)
    whole.chmod(path.stat().st_mode)
    for suffix in ("-wal", "-shm", "-journal"):  # SQLite would play these into the new file
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + suffix))
    try:
        os.link(path, aside)  # so that there is a database at `path` at every moment
    except OSError:  # the file system has no links
        path.rename(aside)
    whole.replace(path)
    open_database(path).close()
    return aside


def _aside(path: Path) -> Path:
    """Return a name beside `path` that is free: `prep.db.damaged`, `prep.db.damaged-2`, …"""
    names = (f"{path.name}.damaged{f'-{n}' if n > 1 else ''}" for n in count(1))
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
