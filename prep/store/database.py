"""The SQLite file: where it is, how it is opened and written, and what is wrong where it is not."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from prep.errors import DamagedDatabase, DatabaseError
from prep.store import backups, file_integrity, log_marks
from prep.store import migrations as schema
from prep.store.backup_check import refuse_newer
from prep.store.migrations import migrations
from prep.store.places import make_place, place_of, refuse_no_place
from prep.store.sqlite_errors import RESTORE, translate_sqlite_errors

DATA_FOLDER = Path(__file__).resolve().parents[2] / "data"
BUSY_TIMEOUT_SECONDS = 10
_ASKS_FIRST_AFTER, _ASKS_LAST_EVERY = 0.01, 0.001  # seconds
_KIND_OF_ERROR = 0xFF  # of SQLite's codes; what is above it tells more


class _Opened(NamedTuple):
    path: Path
    file: tuple[int, int] | None


_opened: WeakKeyDictionary[Database, _Opened] = WeakKeyDictionary()


def default_path() -> Path:
    """Return `PREP_DB` where it is set, else `data/prep.db` of this checkout."""
    return Path(os.environ.get("PREP_DB") or DATA_FOLDER / "prep.db")


def open_database(path: Path) -> Database:
    """Return a connection to the database at `path`, created and migrated where needed.

    Each thread opens its own and closes it (`with open_database(path) as db:`). A database that
    is there is backed up before it is migrated. Raises DatabaseError where the file cannot be
    opened, is not Prep's or was written by a newer Prep, DamagedDatabase where it is damaged: then
    it stays as it is. A symbolic link is followed.
    """
    refuse_no_place(path)
    path = place_of(path)
    backups.refuse_lost(path)
    _open_up_what_is_beside(path)
    with translate_sqlite_errors(path, opening=True):
        log_marks.refuse_foreign(path)  # SQLite would take it away where the file is not there
        make_place(path)
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)
        try:
            db = Database(connection)
            db.execute("PRAGMA foreign_keys = ON")
            refuse_newer(db, path)
            _refuse_cut_short(db, path)
            if schema.is_current(db):
                _ensure_log(db, path)
            else:
                _migrate(db, path)
            _opened[db] = _Opened(path, _file_at(path))
        except BaseException:
            connection.close()
            raise
    return db


def database_of(db: Database) -> Path:
    """Return the file that a connection is to."""
    return next(
        Path(file) for _, name, file in db.execute("PRAGMA database_list") if name == "main"
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
    _begin(db)
    written = db.conn.total_changes
    try:
        _refuse_replaced(db)
        yield db
        if db.conn.total_changes != written:
            log_marks.mark(db.conn)
        db.commit()
        _refuse_replaced(db)
    except BaseException:
        db.rollback()
        raise


def _refuse_replaced(db: Database) -> None:
    """Raise DatabaseError where another file stands at the path of the one that is open.

    What is written into the one that is open would be lost with it.
    """
    opened = _opened.get(db)
    if opened and _file_at(opened.path) != opened.file:
        raise DatabaseError(
            f"{opened.path}: another file has taken its place while it was open, as a synced folder"
            " does: look at what is there, and do it again"
        )


def _file_at(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at `path` from all others, None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def rolled_back(db: Database) -> Iterator[Database]:
    """Run a block as `writing` does, and take all of it back at the end."""
    _begin(db)
    try:
        yield db
    finally:
        db.rollback()


def _begin(db: Database) -> None:
    """Begin a transaction with the write lock, waited for as long as others have it."""
    _execute_once_free(db, "BEGIN IMMEDIATE")


def _write_with_a_log(db: Database) -> None:
    """Have the file written with a write-ahead log, as it stays from then on.

    SQLite does not wait by itself where two change a file's way of writing at the same time.
    """
    _execute_once_free(db, "PRAGMA journal_mode = WAL")


def _execute_once_free(db: Database, statement: str) -> None:
    """Execute a statement that needs the file's lock as soon as no other has it.

    Who has waited longer asks more often, and so comes sooner. SQLite itself asks ever more
    seldom, so that of twenty writers those who have waited longest are likeliest to wait on.
    """
    began = time.monotonic()
    db.execute("PRAGMA busy_timeout = 0")
    try:
        while not _is_executed(db, statement):
            waited = time.monotonic() - began
            if waited > BUSY_TIMEOUT_SECONDS:
                raise sqlite3.OperationalError("database is locked")
            time.sleep(max(_ASKS_LAST_EVERY, _ASKS_FIRST_AFTER / (1 + 10 * waited)))
    finally:
        db.execute(f"PRAGMA busy_timeout = {round(1000 * BUSY_TIMEOUT_SECONDS)}")


def _is_executed(db: Database, statement: str) -> bool:
    try:
        db.conn.execute(statement).fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _KIND_OF_ERROR != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _open_up_what_is_beside(path: Path) -> None:
    """Let SQLite's files beside a database be written again where the database itself may be.

    It makes them as the database is, and leaves them there where it may not write.
    """
    if not os.access(path, os.W_OK):
        return
    for suffix in ("-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        with suppress(FileNotFoundError):  # whoever leaves the database last takes them away
            if not os.access(beside, os.W_OK) and beside.stat().st_uid == os.geteuid():
                beside.chmod(path.stat().st_mode)


def _refuse_cut_short(db: Database, path: Path) -> None:
    missing = file_integrity.cut_short(db.conn, path)
    if missing:
        raise DamagedDatabase(f"{path}: it is damaged ({missing}): {RESTORE}")


def _ensure_log(db: Database, path: Path) -> None:
    """Have a file that was put in place by hand, as a backup, be written with a log as others are.

    One that cannot be written is read as it is.
    """
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        _write_with_a_log(db)


def _migrate(db: Database, path: Path) -> None:
    if migrations.applied(db):
        backups.automatic(path, "migration")
    elif db.table_names():
        raise DatabaseError(f"{path}: it holds another program's tables: name another with PREP_DB")
    _write_with_a_log(db)
    with writing(db):  # two processes may start at once: the second finds nothing pending
        migrations.apply(db)
