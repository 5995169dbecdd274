"""Copies of the database: made while it is in use, checked, the last ten kept."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from prep.errors import DatabaseError

KEPT = 10
DAILY = "daily"
_LONGEST_COPY = 3600  # seconds

_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"-(\d{8}T\d{12}Z)-([a-z]+)\.db$")


@dataclass(frozen=True)
class Backup:
    """One automatic backup: its file, when it was made (UTC), and before what."""

    path: Path
    at: datetime
    reason: str


def copy(path: Path, target: Path) -> None:
    """Copy the database at `path` to `target`, safe while it is written to, and check the copy.

    `target` appears whole or not at all, readable to whom the database is; so does its folder where
    there is none. Raises DatabaseError.
    """
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(_mode(path.parent), parents=True, exist_ok=True)
        partial.touch(_mode(path))
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(partial)) as copied,
        ):
            source.backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            found = integrity(copied)
        if found:
            raise DatabaseError(f"{path}: it is damaged ({found}): restore a backup")
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseError(
            f"{target}: the backup cannot be written"
            f" ({getattr(error, 'strerror', None) or error}): free space, or name another place"
        ) from error
    finally:
        if partial.exists():
            partial.unlink()


def automatic(path: Path, reason: str) -> Backup:
    """Back the database at `path` up into `backups/` beside it; the last KEPT stay.

    Raises DatabaseError.
    """
    now = datetime.now(UTC)
    made = Backup(folder(path) / f"{path.stem}-{now.strftime(_STAMP)}-{reason}.db", now, reason)
    copy(path, made.path)
    for left in folder(path).glob("*.part"):  # of a process that was killed
        if now.timestamp() - left.stat().st_mtime > _LONGEST_COPY:
            left.unlink(missing_ok=True)
    for old in every(path)[KEPT:]:
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


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def integrity(connection: sqlite3.Connection) -> str | None:
    """Return what SQLite finds wrong with a database, None where it is sound."""
    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return None if said == "ok" else str(said)
