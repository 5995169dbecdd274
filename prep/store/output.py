"""Files that Prep writes where a person says.

They appear whole or not at all, can be read by their owner alone, and take the place of nothing
that might still hold something: never the database and what belongs to it, and what else is there
only where that was asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from prep.errors import InvalidValue, PrepError
from prep.store import own_files

OWNER_ALONE = 0o600


def write(
    files: Mapping[Path, bytes], database: Path, *, force: bool = False, folders: bool = False
) -> None:
    """Write all files or none; with `folders`, make those that they are to lie in.

    Raises InvalidValue as `free_place` does, and where one cannot be written.
    """
    places = {free_place(path, database, force=force): data for path, data in files.items()}
    with ExitStack() as written:
        for place, data in places.items():
            with _explained(place):
                if folders:
                    own_files.make_folder(place.parent)
                written.enter_context(_explained(place))
                written.enter_context(replacing(place, force=force)).write_bytes(data)


def write_new(path: Path, data: bytes) -> None:
    """Write a file of Prep's own under a name that nothing has yet, and the folder it lies in.

    Raises OSError.
    """
    own_files.make_folder(path.parent)
    with replacing(path) as partial:
        partial.write_bytes(data)


def free_place(
    path: Path, database: Path, *, force: bool = False, error: type[PrepError] = InvalidValue
) -> Path:
    """Return the file that `path` leads to. Raises `error` where it may not be written.

    That is: the database, its log, its backups; another database in use; what is no file; and,
    without `force`, whatever is there.
    """
    place = own_files.real(path)
    if place == own_files.real(database):
        raise error(f"{path}: that is the database itself: name another file")
    if own_files.belongs_to(database, place):
        raise error(f"{path}: that belongs to the database: name another file")
    if any(os.path.lexists(log) for log in own_files.beside(place)):
        raise error(f"{path}: a log lies beside it, as of a database in use: name another file")
    if not os.path.lexists(place):
        return place
    if not place.is_file():
        raise error(f"{path}: that is no file that can be written: name another")
    if not force:
        raise error(f"{path}: it is there already: name another file, or replace it with --force")
    return place


@contextmanager
def replacing(place: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a new, empty file beside `place` to be filled; at the end it replaces `place`.

    Where the block fails, nothing is left of it. Raises OSError; FileExistsError where, without
    `force`, something has come there meanwhile.
    """
    partial = own_files.temporary(place)
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ALONE))
        yield partial
        _settle(partial)
        if force:
            partial.replace(place)
        else:
            _move_to_free(partial, place)
        with suppress(OSError):  # not every file system can write a folder out at once
            _settle(place.parent)
    finally:
        own_files.remove(partial)


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InvalidValue(f"{place}: cannot be written ({error.strerror})") from error


def _move_to_free(partial: Path, place: Path) -> None:
    try:
        os.link(partial, place)
    except FileExistsError:
        raise
    except OSError:  # the file system has no links
        partial.rename(place)


def _settle(path: Path) -> None:
    """Have what was written be on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
