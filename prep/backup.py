"""Copies of the database: made while it is in use, checked, the last ten kept."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from prep import files
from prep.errors import DamagedDatabase, DatabaseError

KEPT = 10
DAILY = "daily"
RESTORE = "restore a backup with `python -m prep restore FILE`"
_LONGEST_COPY = 3600  # seconds

_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"-(\d{8}T\d{12}Z)-([a-z]+)\.db$")


@dataclass(frozen=True)
class Backup:
    """One automatic backup: its file, when it was made (UTC), and before what."""

    path: Path
    at: datetime
    reason: str


def connect(path: Path, timeout: float = 5) -> sqlite3.Connection:
    """Return a connection to the file at `path`, whatever its name.

    SQLite takes names like `:memory:` and `file:x?mode=memory` for what no file is.
    """
    return sqlite3.connect(path.absolute(), timeout=timeout)


def copy(path: Path, target: Path) -> None:
    """Copy the database at `path` to `target`, safe while it is written to, and check the copy.

    `target` appears whole or not at all, readable to whom the database is; so does its folder where
    there is none. Raises DatabaseError, DamagedDatabase where the database is.
    """
    if target.resolve() == path.resolve():
        raise DatabaseError(f"{target}: that is the database itself: name another file")
    refuse_lost(path)
    if target.exists() and not target.is_file():
        raise DatabaseError(f"{target}: that is no file: name another")
    partial = target.with_name(f"{files.usable_name(target.name)}.{os.getpid()}.part")
    try:
        target.parent.mkdir(_mode(path.parent), parents=True, exist_ok=True)
        partial.touch(_mode(path))
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(connect(partial)) as copied,
        ):
            copy_pages(source, copied)
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            found = cut_short(source, path) or integrity(copied, partial)
        if found:
            raise DamagedDatabase(f"{path}: it is damaged ({found}): {RESTORE}")
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        if type(error) is sqlite3.DatabaseError:  # its subclasses are no damage
            raise DamagedDatabase(f"{path}: it is damaged ({error}): {RESTORE}") from error
        raise DatabaseError(
            f"{target}: the backup cannot be written"
            f" ({getattr(error, 'strerror', None) or error}): free space, or name another place"
        ) from error
    finally:
        for left in partial.parent.glob(f"{partial.name}*"):  # SQLite's own files beside it, too
            left.unlink()


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Make `target` hold what `source` does, in one transaction.

    Raises sqlite3.OperationalError where one stays locked: left alone, sqlite3 tries for ever.
    """

    def refuse_locked(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("database is locked")

    source.backup(target, progress=refuse_locked)


def automatic(path: Path, reason: str, *, spared: Path | None = None) -> Backup:
    """Back the database at `path` up into `backups/` beside it; the last KEPT stay, and `spared`.

    Raises DatabaseError.
    """
    now = datetime.now(UTC)
    made = Backup(folder(path) / f"{path.stem}-{now.strftime(_STAMP)}-{reason}.db", now, reason)
    copy(path, made.path)
    for left in folder(path).glob("*.part*"):  # of a process that was killed
        if now.timestamp() - left.stat().st_mtime > _LONGEST_COPY:
            left.unlink(missing_ok=True)
    for old in every(path)[KEPT:]:
        if spared is None or old.path.resolve() != spared.resolve():
            old.path.unlink(missing_ok=True)
    return made


def daily(path: Path) -> Backup | None:
    """Back the database at `path` up where that was not done this day (UTC); return the backup.

    None where it was done, or where there is no database yet. Raises DatabaseError.
    """
    today = datetime.now(UTC).date()
    if not path.exists() or any(
        found.reason == DAILY and found.at.date() == today for found in every(path)
    ):
        return None
    return automatic(path, DAILY)


def every(path: Path) -> list[Backup]:
    """Return the automatic backups of the database at `path`, the newest first."""
    found = []
    for file in folder(path).glob(f"{path.stem}-*.db"):
        match = _NAME.match(file.name.removeprefix(path.stem))
        if match:
            at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(file, at, match[2]))
    return sorted(found, key=lambda made: made.at, reverse=True)


def folder(path: Path) -> Path:
    """Return where the automatic backups of the database at `path` lie."""
    return path.parent / "backups"


def is_lost(path: Path) -> bool:
    """Return whether the file at `path` is there and empty, though backups of it are kept.

    SQLite would take it for a new database; of one byte, too.
    """
    return path.is_file() and path.stat().st_size <= 1 and bool(every(path))


def refuse_lost(path: Path) -> None:
    """Raise DamagedDatabase where the file at `path` lost all that it held."""
    if is_lost(path):
        raise DamagedDatabase(
            f"{path}: it is empty, though there are backups of it: {RESTORE},"
            " or remove it to begin anew"
        )


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def integrity(connection: sqlite3.Connection, path: Path) -> str | None:
    """Return what is wrong with the database at `path`, None where it is sound."""
    missing = cut_short(connection, path)
    if missing:
        return missing
    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return None if said == "ok" else str(said)


def _size(path: Path) -> int:
    """Return the bytes of a file, 0 where there is none (any more)."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def cut_short(connection: sqlite3.Connection, path: Path) -> str | None:
    """Return by how much the file at `path` ends before its last page does, None where it does not.

    SQLite reads what is missing of a page as zeros. What a log holds may be missing yet.
    """
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    size = pages * connection.execute("PRAGMA page_size").fetchone()[0]
    if _size(path.with_name(f"{path.name}-wal")):
        return None
    missing = size - path.stat().st_size
    if missing <= 0:
        return None
    return f"its last {missing:,} bytes are missing"
