"""The files that Prep and SQLite keep beside a database, told by their names.

Only a name that Prep itself gives counts, whole and exactly: whatever else lies there is the
person's own, and is neither listed, cleared away nor replaced.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from pathlib import Path

LOGS = ("-wal", "-shm", "-journal")  # what SQLite puts beside a database
_STAMP = "%Y%m%dT%H%M%S%fZ"
_STAMPED = r"[0-9]{8}T[0-9]{12}Z"
_LOGS = "|".join(LOGS)
_TEMPORARY = re.compile(rf"\.prep-[0-9a-f]{{32}}\.part(?:{_LOGS})?")


@dataclass(frozen=True)
class Backup:
    """One automatic backup: its file, when it was made (UTC), and before what.

    Made before another backup was put back, it says when that one had been made.
    """

    path: Path
    at: datetime
    reason: str
    restored: datetime | None = None


def real(path: Path) -> Path:
    """Return the file that a path leads to: symbolic links are followed, as SQLite does."""
    return Path(os.path.realpath(path))


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, for their owner alone. Raises OSError.

    One that is there keeps its mode.
    """
    for folder in (*reversed(path.parents), path):
        folder.mkdir(0o700, exist_ok=True)


def is_file(path: Path) -> bool:
    """Return whether a path is a file; one with a name too long to be looked up is not."""
    try:
        return path.is_file()
    except OSError:
        return False


def folder(database: Path) -> Path:
    """Return where the automatic backups of a database lie: beside the file itself."""
    return real(database).parent / "backups"


def beside(path: Path) -> list[Path]:
    """Return the files that SQLite may keep beside a database, there or not."""
    return [path.with_name(path.name + suffix) for suffix in LOGS]


def new_backup(
    database: Path, at: datetime, reason: str, restored: datetime | None = None
) -> Backup:
    """Return an automatic backup still to be made, under a name that is its own.

    Databases in one folder differ in stem or suffix, and so do their backups.
    """
    database = real(database)
    of = f"-of-{restored.strftime(_STAMP)}" if restored else ""
    name = f"{database.stem}-{at.strftime(_STAMP)}-{reason}{of}{database.suffix}"
    return Backup(folder(database) / name, at, reason, restored)


def as_backup(database: Path, file: Path) -> Backup | None:
    """Return which automatic backup of a database a file is by its name, None where it is none."""
    if real(file.parent) != real(folder(database)):
        return None
    return _read_name(real(database), file)


def backups(database: Path) -> list[Backup]:
    """Return the automatic backups of a database that are there, in no order."""
    place, database = folder(database), real(database)
    if not place.is_dir() or not os.access(place, os.R_OK):
        return []
    with os.scandir(place) as entries:  # there may be those of a thousand accounts
        names = [entry.name for entry in entries]
    return [made for name in names if (made := _read_name(database, place / name))]


def _read_name(database: Path, file: Path) -> Backup | None:
    match = _backup_name(database.stem, database.suffix).fullmatch(file.name)
    if match is None:
        return None
    try:
        return Backup(file, _instant(match[1]), match[2], _instant(match[3]) if match[3] else None)
    except ValueError:  # the name says no day that there is
        return None


def temporary(target: Path) -> Path:
    """Return an unused name beside `target`, for a file that will replace it."""
    return target.with_name(f".prep-{secrets.token_hex(16)}.part")


def is_left_over(database: Path, file: Path) -> bool:
    """Return whether a file is an unfinished copy, by its name.

    Earlier versions named it after the backup or the database, and the process.
    """
    if _TEMPORARY.fullmatch(file.name):
        return True
    match = re.fullmatch(rf"(.+)\.[0-9]+\.part(?:{_LOGS})?", file.name, re.DOTALL)
    return match is not None and (
        match[1] == real(database).name or as_backup(database, file.with_name(match[1])) is not None
    )


def remove(path: Path) -> None:
    """Remove a file of Prep's own, and what SQLite left beside it."""
    for file in (path, *beside(path)):
        file.unlink(missing_ok=True)


def age(file: Path, newest: Path) -> float:
    """Return by how many seconds a file is older than `newest`; 0 where one of them is gone.

    Both times are the file system's: the computer's own clock may have been set since.
    """
    try:
        return newest.stat().st_mtime - file.stat().st_mtime
    except FileNotFoundError:
        return 0


def aside(path: Path) -> Path:
    """Return a free name for a damaged database: `prep.db.damaged`, `prep.db.damaged-2`, …"""
    names = (path.with_name(f"{path.name}.damaged{f'-{n}' if n > 1 else ''}") for n in count(1))
    return next(
        name for name in names if not any(os.path.lexists(f) for f in (name, *beside(name)))
    )


def belongs_to(database: Path, file: Path) -> bool:
    """Return whether a file is the database, beside it by SQLite, kept aside, or its backup."""
    database, file = real(database), real(file)
    if file in (database, *beside(database)) or as_backup(database, file):
        return True
    kept_aside = rf"{re.escape(database.name)}(?:{_LOGS})?\.damaged(?:-[0-9]+)?(?:{_LOGS})?"
    if file.parent == database.parent and re.fullmatch(kept_aside, file.name):
        return True
    return os.path.lexists(file) and os.path.lexists(database) and file.samefile(database)


def _instant(text: str) -> datetime:
    return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)


@lru_cache(maxsize=256)
def _backup_name(stem: str, suffix: str) -> re.Pattern[str]:
    return re.compile(
        rf"{re.escape(stem)}-({_STAMPED})-([a-z]+)(?:-of-({_STAMPED}))?{re.escape(suffix)}"
    )
