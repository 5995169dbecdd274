"""Putting a backup back in the place of the database."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from prep.clock import system_clock
from prep.errors import DamagedDatabase, DatabaseError, ExportFormatError
from prep.exchange import validation
from prep.store import (
    backup_check,
    backup_contents,
    backups,
    change_log,
    devices,
    log_marks,
    own_files,
)
from prep.store.backup_check import read_only, verify
from prep.store.database import BUSY_TIMEOUT_SECONDS, open_database
from prep.store.integrity import Finding
from prep.store.migrations import migrations
from prep.store.own_files import Backup
from prep.store.places import make_folder, make_place, place_of
from prep.store.sqlite_errors import translate_sqlite_errors

RESTORE = "restore"
_LONGEST_WAIT = 60  # seconds for another restore
_ASKS_EVERY = 0.01  # seconds


def restore(source: Path, path: Path) -> Path | None:
    """Replace the database at `path` by the backup `source`; return where the old one is kept.

    That is a backup; or, of a database too damaged for one, itself under another name. None where
    nothing was. A copy of `source` is brought up to date and checked first. Whoever writes waits
    from the backup to the end, so that each change is in the one or comes after the other; who has
    the database open sees the new data on the next read. Symbolic links are followed. Raises
    DatabaseError: then it stays as it is.
    """
    verify(source)
    path = place_of(path)
    if own_files.real(source) == path or (path.exists() and source.samefile(path)):
        raise DatabaseError(f"{source}: that is the database itself: name one of its backups")
    make_folder(own_files.folder(path))
    with _one_at_a_time(path), _checked_copy(source, path) as copied:
        try:
            kept = _replace(copied, path, source)
        except DamagedDatabase:
            kept = _replace_damaged(copied, path)
    open_database(path).close()
    return kept


def newest_sound(path: Path) -> Backup | None:
    """Return the newest backup of the database at `path` that can be put back."""
    return next(
        (made for made in backups.list_backups(path) if backup_check.is_sound(made.path)), None
    )


def restorable(path: Path) -> Finding:
    """Return whether a backup of the database at `path` could be put back, as `integrity` does."""
    name = "restorable"
    try:
        with translate_sqlite_errors(path), closing(sqlite3.connect(":memory:")) as copy:
            with closing(read_only(path)) as present:
                present.backup(copy)
            db = Database(copy)
            migrations.apply(db)
            validation.refuse_unreadable(db, "a backup of it")
    except (ExportFormatError, DatabaseError) as error:
        said = f"{error}: undo or correct that, or restore an earlier backup"
        return Finding(name, False, said)
    return Finding(name, True, "a backup of it can be put back")


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Run a block while no other restore beside the database at `path` runs. Raises DatabaseError.

    A process that is killed leaves nothing locked.
    """
    handle = os.open(own_files.folder(path), os.O_RDONLY)
    try:
        _wait_until(lambda: _locks(handle), path)
        yield
    finally:
        os.close(handle)


def _locks(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_until(is_so: Callable[[], bool], path: Path) -> None:
    until = time.monotonic() + _LONGEST_WAIT
    while not is_so():
        if time.monotonic() > until:
            raise DatabaseError(f"{path}: another backup is being put back: wait, and try again")
        time.sleep(_ASKS_EVERY)


@contextmanager
def _checked_copy(source: Path, path: Path) -> Iterator[Path]:
    """Give a copy of a backup, brought up to date and checked. Raises DatabaseError."""
    copied = own_files.temporary(own_files.folder(path) / path.name)
    make_place(copied)
    try:
        with (
            backup_check.odd_bytes_explained(source),
            translate_sqlite_errors(copied, opening=True),
            closing(sqlite3.connect(copied)) as copy,
        ):
            backup_contents.copy_rows(source, copied)
            db = Database(copy)
            migrations.apply(db)
            backup_contents.refuse_other_schema(db, source)
            devices.become_new(db)  # what was counted since the backup is counted by another
            _refuse_unsound(db, source, copied)
            change_log.settle(db, system_clock())
        yield copied
    finally:
        own_files.remove(copied)


def _refuse_unsound(db: Database, source: Path, copied: Path) -> None:
    # Read-only, as in `verify`, SQLite passes over CHECK constraints.
    backup_check.refuse_damaged(db.conn, source, copied)
    try:
        validation.refuse_unreadable(db, str(source))
    except ExportFormatError as error:
        raise DatabaseError(f"{error}: choose another backup") from error


def _replace(copied: Path, path: Path, source: Path) -> Path | None:
    """Write the rows of `copied` into the database at `path`, which is backed up before.

    SQLite takes the lock of writers with the first page that it copies; the backup is made then,
    and sees what the last of them wrote. Raises DamagedDatabase where there is no such backup.
    """
    is_new = not path.exists()
    backups.refuse_lost(path)
    make_place(path)
    kept: list[Path | None] = []

    def keep(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("database is locked")
        if not kept:  # now nobody else writes
            made = None if is_new else backups.automatic(path, RESTORE, spared=source)
            kept.append(made.path if made else None)
            log_marks.follow(stored, log_marks.number(present))

    with translate_sqlite_errors(path):
        log_marks.refuse_foreign(path)
        with (
            closing(sqlite3.connect(copied)) as stored,
            closing(read_only(path)) as present,  # left last, it leaves a damaged file as it is
            closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as written,
        ):
            log_marks.number(present)
            written.execute("PRAGMA journal_mode = WAL")  # so that the backup can be made meanwhile
            stored.backup(written, pages=1, progress=keep)
    return kept[0]


def _replace_damaged(source: Path, path: Path) -> Path:
    """Put a copy of `source` in the place of a damaged file; return where the damaged one is kept.

    So is its log, beside it; a log that is of another file is kept apart from it, where SQLite does
    not play it in.
    """
    whole, aside = own_files.temporary(path), own_files.aside(path)
    is_foreign = _has_foreign_log(path)
    try:
        backups.copy(source, whole)
        whole.chmod(path.stat().st_mode)
        for beside in own_files.beside(path):
            if beside.exists():
                suffix = beside.name.removeprefix(path.name)
                beside.rename(
                    own_files.aside(beside) if is_foreign else aside.with_name(aside.name + suffix)
                )
        try:
            os.link(path, aside)  # so that there is a database at `path` at every moment
        except OSError:  # the file system has no links
            path.rename(aside)
        whole.replace(path)
    finally:
        own_files.remove(whole)
    return aside


def _has_foreign_log(path: Path) -> bool:
    try:
        return log_marks.is_foreign(path)
    except sqlite3.DatabaseError:  # what is no database has no log of its own
        return False
