"""The SQLite file: where it is, how it is opened and written, and what is wrong where it is not."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from prep import backup, schema
from prep.errors import DatabaseError
from prep.schema import migrations

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"
BUSY_TIMEOUT_SECONDS = 10

# What SQLite says, and what a person can do about it.
_ADVICE = {
    "locked": "another program is writing to it: close that program, or wait and try again",
    "disk is full": "the disk is full: free some space and try again; nothing is half-written",
    "disk I/O error": "the disk does not take the data, as when it is full: free some space and"
    " try again; nothing is half-written",
    "readonly": "it is read-only: allow writing to the file and its folder, or name another"
    " file with PREP_DB",
    "unable to open": "it cannot be opened: check that its folder exists and may be written to",
    "not a database": "it is no SQLite database: move it away, or restore a backup with"
    " `python -m prep restore FILE`",
    "no such table": "its tables are not those of Prep: restore a backup with"
    " `python -m prep restore FILE`",
    "malformed": "it is damaged: restore a backup with `python -m prep restore FILE`",
}


def default_path() -> Path:
    """Return `PREP_DB` where it is set, else `data/prep.db` of this checkout."""
    return Path(os.environ.get("PREP_DB") or DATA_FOLDER / "prep.db")


def open_database(path: Path) -> Database:
    """Return a connection to the database at `path`, created and migrated where needed.

    Each thread opens its own and closes it (`with open_database(path) as db:`). A database that
    is there is backed up before it is migrated. Raises DatabaseError where the file cannot be
    opened, is not Prep's or was written by a newer Prep: then it stays as it is.
    """
    make_place(path)
    with explained(path, opening=True):
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)
        try:
            db = Database(connection)
            db.execute("PRAGMA foreign_keys = ON")
            if migrations.pending(db):
                _migrate(db, path)
            refuse_newer(db, path)
        except BaseException:
            connection.close()
            raise
    return db


def make_place(path: Path) -> None:
    """Make the file at `path` and its folder where they are not there, for their owner alone.

    SQLite would make it readable to others; what it makes beside it gets the same mode. Raises
    DatabaseError.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise DatabaseError(
            f"{path}: it cannot be made ({error.strerror}): make its folder, and allow writing to"
            " it, or name another file with PREP_DB"
        ) from error


@contextmanager
def explained(path: Path, *, opening: bool = False) -> Iterator[None]:
    """Raise DatabaseError with what to do where SQLite cannot use the file in the block."""
    try:
        yield
    except sqlite3.Error as error:
        advice = next((advice for words, advice in _ADVICE.items() if words in str(error)), None)
        if advice is None and not opening:  # a mistake of ours, no trouble with the file
            raise
        advice = advice or f"it cannot be used as Prep's database ({error}): it stays as it was"
        raise DatabaseError(f"{path}: {advice}") from error


def refuse_newer(db: Database, path: Path) -> None:
    """Raise DatabaseError where a newer Prep has changed the tables in a way unknown here."""
    unknown = schema.unknown(db)
    if unknown:
        raise DatabaseError(
            f"{path}: it was written by a newer Prep ({unknown[-1]}): update Prep to open it"
        )


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """Run a block in one transaction that holds the write lock from its start.

    `db.atomic()` begins deferred: two tabs that both read and then write would meet
    `database is locked` at once, without the busy timeout. Taking the lock first makes
    the second wait. Inside another transaction this is a savepoint.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield db
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.commit()
    except BaseException:
        db.rollback()
        raise


@contextmanager
def rehearsing(db: Database) -> Iterator[Database]:
    """Run a block as `writing` does, and take all of it back at the end."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
    finally:
        db.rollback()


def _migrate(db: Database, path: Path) -> None:
    if migrations.applied(db):
        backup.automatic(path, "migration")
    elif db.table_names():
        raise DatabaseError(f"{path}: it holds another program's tables: name another with PREP_DB")
    db.enable_wal()
    with writing(db):  # two processes may start at once: the second finds nothing pending
        migrations.apply(db)
