"""Copies of the database: made while it is in use, checked, and few."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from prep.errors import DamagedDatabase, DatabaseError
from prep.store import backup_check, file_integrity, log_marks, output, own_files, retention
from prep.store.own_files import Backup, folder
from prep.store.sqlite_errors import RESTORE

KEPT = retention.NEWEST
DAILY = "daily"
_LONGEST_COPY = 3600  # seconds


def copy(path: Path, target: Path, *, force: bool = False) -> None:
    """Copy the database at `path` to `target`, safe while it is written to, and check the copy.

    `target` appears whole or not at all, readable to its owner alone; so does its folder where
    there is none. Raises DatabaseError, DamagedDatabase where the database is; and DatabaseError
    where `target` may not be written, as `output.free_place` says.
    """
    _copy(path, output.free_place(target, path, force=force, error=DatabaseError), force=force)


def _copy(path: Path, target: Path, *, force: bool = False) -> None:
    path = own_files.real(path)
    refuse_lost(path)
    try:
        own_files.make_folder(target.parent)
        log_marks.refuse_foreign(path)
        with (
            output.replacing(target, force=force) as partial,
            closing(backup_check.read_only(path)) as source,
            closing(sqlite3.connect(partial)) as copied,
        ):
            copy_pages(source, copied)
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            found = file_integrity.cut_short(source, path) or file_integrity.damage(copied, partial)
            if found:
                raise DamagedDatabase(f"{path}: it is damaged ({found}): {RESTORE}")
    except (OSError, sqlite3.Error) as error:
        if type(error) is sqlite3.DatabaseError:  # its subclasses are no damage
            raise DamagedDatabase(f"{path}: it is damaged ({error}): {RESTORE}") from error
        raise DatabaseError(
            f"{target}: the backup cannot be written"
            f" ({getattr(error, 'strerror', None) or error}): free space, or name another place"
        ) from error


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Make `target` hold what `source` does, in one transaction.

    Raises sqlite3.OperationalError where one stays locked: left alone, sqlite3 tries for ever.
    """

    def refuse_locked(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("database is locked")

    source.backup(target, progress=refuse_locked)


def automatic(path: Path, reason: str, *, spared: Path | None = None) -> Backup:
    """Back the database at `path` up into `backups/` beside it; return the backup.

    Those that `retention` names stay, and with them the one just made, the last sound one of the
    others, and `spared`, which is about to be put back. Raises DatabaseError.
    """
    known = list_backups(path)
    source = own_files.as_backup(path, own_files.real(spared)) if spared else None
    made = own_files.new_backup(
        path, _free_instant(known), reason, restored=source.at if source else None
    )
    _copy(path, made.path)
    _clear_left_over(path, made.path)
    _thin_out(path, made)
    return made


def _free_instant(known: list[Backup]) -> datetime:
    """Return the present instant (UTC), or the next that no backup has."""
    taken, now = {made.at for made in known}, datetime.now(UTC)
    while now in taken:
        now += datetime.resolution
    return now


def _clear_left_over(path: Path, newest: Path) -> None:
    """Remove unfinished copies of killed processes."""
    for file in folder(path).iterdir():
        if own_files.is_left_over(path, file) and own_files.age(file, newest) > _LONGEST_COPY:
            file.unlink(missing_ok=True)


def _thin_out(path: Path, made: Backup) -> None:
    found = list_backups(path)
    stay = retention.kept(found, made.at) | {made}
    others = [other for other in found if other != made]
    if len(stay) < len(found):
        stay.add(next((other for other in others if backup_check.is_sound(other.path)), made))
    for old in others:
        if old not in stay:
            old.path.unlink(missing_ok=True)


def daily(path: Path) -> Backup | None:
    """Back the database at `path` up where that was not done this day (UTC); return the backup.

    None where it was done, or where there is no database yet. Raises DatabaseError.
    """
    now = datetime.now(UTC)
    if not path.exists() or any(
        found.reason == DAILY and found.at <= now and found.at.date() == now.date()
        for found in list_backups(path)
    ):
        return None
    return automatic(path, DAILY)


def list_backups(path: Path) -> list[Backup]:
    """Return the automatic backups of the database at `path`, the newest first.

    Those stamped in the future come last: what their clock said tells nothing of their age.
    """
    now = datetime.now(UTC)
    return sorted(own_files.backups(path), key=lambda made: (made.at <= now, made.at), reverse=True)


def is_lost(path: Path) -> bool:
    """Return whether the file at `path` is there and empty, though backups of it are kept.

    SQLite would take it for a new database; of one byte, too.
    """
    return own_files.is_file(path) and path.stat().st_size <= 1 and bool(list_backups(path))


def refuse_lost(path: Path) -> None:
    """Raise DamagedDatabase where the file at `path` lost all that it held."""
    if is_lost(path):
        raise DamagedDatabase(
            f"{path}: it is empty, though there are backups of it: {RESTORE},"
            " or remove it to begin anew"
        )
