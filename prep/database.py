"""The SQLite file: where it is, how it is opened and written, and what is wrong where it is not."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from prep import backup, schema
from prep.errors import DamagedDatabase, DatabaseError
from prep.schema import migrations

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"
BUSY_TIMEOUT_SECONDS = 10
_ASKS_FIRST_AFTER, _ASKS_LAST_EVERY = 0.01, 0.001  # seconds
_LONGEST_END = 55  # characters of what Prep and SQLite put to a database's name: backups, logs
_KIND_OF_ERROR = 0xFF  # of SQLite's codes; what is above it tells more

# What SQLite says, and what a person can do about it.
_ADVICE = {
    "locked": "another program is writing to it: close that program, or wait and try again",
    "disk is full": "the disk is full: free some space and try again; nothing is half-written",
    "disk I/O error": "the disk does not take the data, as when it is full: free some space and"
    " try again; nothing is half-written",
    "readonly": "it is read-only: allow writing to the file and its folder, or name another"
    " file with PREP_DB",
    "unable to open": "it cannot be opened: check that its folder exists and may be written to",
}
_DAMAGE = {
    "not a database": f"it is no SQLite database: move it away, or {backup.RESTORE}",
    "no such table": f"its tables are not those of Prep: {backup.RESTORE}",
    "malformed": f"it is damaged: {backup.RESTORE}",
}


def default_path() -> Path:
    """Return `PREP_DB` where it is set, else `data/prep.db` of this checkout."""
    return Path(os.environ.get("PREP_DB") or DATA_FOLDER / "prep.db")


def open_database(path: Path) -> Database:
    """Return a connection to the database at `path`, created and migrated where needed.

    Each thread opens its own and closes it (`with open_database(path) as db:`). A database that
    is there is backed up before it is migrated. Raises DatabaseError where the file cannot be
    opened, is not Prep's or was written by a newer Prep, DamagedDatabase where it is damaged: then
    it stays as it is.
    """
    refuse_no_place(path)
    backup.refuse_lost(path)
    make_place(path)
    _open_up_what_is_beside(path)
    with explained(path, opening=True):
        connection = backup.connect(path, BUSY_TIMEOUT_SECONDS)
        try:
            db = Database(connection)
            db.execute("PRAGMA foreign_keys = ON")
            refuse_newer(db, path)
            _refuse_cut_short(db, path)
            if not schema.is_current(db):
                _migrate(db, path)
        except BaseException:
            connection.close()
            raise
    return db


def refuse_no_place(path: Path) -> None:
    """Raise DatabaseError where nothing that lasts can be kept at `path`."""
    if path.name in ("", ":memory:"):
        raise DatabaseError(
            f"{str(path)!r} names no file: what is kept there would be forgotten; name a file"
        )
    try:
        if path.exists() and not path.is_file():
            raise DatabaseError(f"{path}: that is no file: name another with PREP_DB")
        path.with_name(path.name + "-" * _LONGEST_END).exists()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or error
        raise DatabaseError(f"{path}: it cannot be used ({reason}): name another file") from error


def make_place(path: Path) -> None:
    """Make the file at `path` and its folder where they are not there, for their owner alone.

    SQLite would make it readable to others; what it makes beside it gets the same mode. Raises
    DatabaseError.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"{path.parent}: the folder cannot be made ({error.strerror}): make it,"
            " or name another file with PREP_DB"
        ) from error
    try:
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise DatabaseError(
            f"{path}: it cannot be made ({error.strerror}): allow writing to its folder, or name"
            " another file with PREP_DB"
        ) from error


@contextmanager
def explained(path: Path, *, opening: bool = False) -> Iterator[None]:
    """Raise DatabaseError with what to do where SQLite cannot use the file in the block.

    DamagedDatabase where the file is to blame.
    """
    try:
        yield
    except sqlite3.Error as error:
        damage, advice = _said(_DAMAGE, error), _said(_ADVICE, error)
        if damage:
            raise DamagedDatabase(f"{path}: {damage}") from error
        if advice is None and not opening:  # a mistake of ours, no trouble with the file
            raise
        advice = advice or f"it cannot be used as Prep's database ({error}): it stays as it was"
        raise DatabaseError(f"{path}: {advice}") from error


def _said(advice: dict[str, str], error: sqlite3.Error) -> str | None:
    return next((said for words, said in advice.items() if words in str(error)), None)


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
    _begin(db)
    try:
        yield db
        db.commit()
    except BaseException:
        db.rollback()
        raise


@contextmanager
def rehearsing(db: Database) -> Iterator[Database]:
    """Run a block as `writing` does, and take all of it back at the end."""
    _begin(db)
    try:
        yield db
    finally:
        db.rollback()


def _begin(db: Database) -> None:
    """Begin a transaction with the write lock, waited for as long as others have it.

    Who has waited longer asks more often, and so comes sooner. SQLite itself asks ever more
    seldom, so that of twenty writers those who have waited longest are likeliest to wait on.
    """
    began = time.monotonic()
    db.execute("PRAGMA busy_timeout = 0")
    try:
        while not _has_begun(db):
            waited = time.monotonic() - began
            if waited > BUSY_TIMEOUT_SECONDS:
                raise sqlite3.OperationalError("database is locked")
            time.sleep(max(_ASKS_LAST_EVERY, _ASKS_FIRST_AFTER / (1 + 10 * waited)))
    finally:
        db.execute(f"PRAGMA busy_timeout = {round(1000 * BUSY_TIMEOUT_SECONDS)}")


def _has_begun(db: Database) -> bool:
    try:
        db.conn.execute("BEGIN IMMEDIATE")
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
    missing = backup.cut_short(db.conn, path)
    if missing:
        raise DamagedDatabase(f"{path}: it is damaged ({missing}): {backup.RESTORE}")


def _migrate(db: Database, path: Path) -> None:
    if migrations.applied(db):
        backup.automatic(path, "migration")
    elif db.table_names():
        raise DatabaseError(f"{path}: it holds another program's tables: name another with PREP_DB")
    db.enable_wal()
    with writing(db):  # two processes may start at once: the second finds nothing pending
        migrations.apply(db)
