"""The file of a database: where it lies, and making it."""

from __future__ import annotations

import os
from pathlib import Path

from prep.errors import DatabaseError
from prep.store import own_files

_LONGEST_END = 55  # characters of what Prep and SQLite put to a database's name: backups, logs


def place_of(path: Path) -> Path:
    """Return the file that `path` leads to, there or not. Raises DatabaseError where a link to it
    leads nowhere, as to a disk that is not mounted: a new database would hide that."""
    place = own_files.real(path)
    if not os.path.lexists(place.parent):
        for link in (path, *path.parents):
            if os.path.lexists(link) and link.is_symlink() and not link.exists():
                raise DatabaseError(
                    f"{link}: it is a link to {link.readlink()}, which is not there: make that"
                    " reachable, or remove the link"
                )
    return place


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
    make_folder(path.parent)
    try:
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise DatabaseError(
            f"{path}: it cannot be made ({error.strerror}): allow writing to its folder, or name"
            " another file with PREP_DB"
        ) from error


def make_folder(folder: Path) -> None:
    """Make a folder where it is not there, for its owner alone. Raises DatabaseError."""
    try:
        own_files.make_folder(folder)
    except OSError as error:
        raise DatabaseError(
            f"{folder}: the folder cannot be made ({error.strerror}): make it,"
            " or name another file with PREP_DB"
        ) from error
