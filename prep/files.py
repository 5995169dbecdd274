"""Files that a person brings: regular ones, whole, and only up to a size; and those taken out."""

from __future__ import annotations

import stat
from pathlib import Path, PurePath

from prep.errors import PrepError

LONGEST_NAME = 200  # bytes: file systems take 255, and Prep puts ends of its own to some
_LONGEST_SUFFIX = 20


def read(path: Path, most: int, error: type[PrepError]) -> bytes:
    """Return what a file holds. Raises `error` where it is none, cannot be read or is larger.

    A device or a pipe may never end, and is no file.
    """
    try:
        refuse_special(path, error)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise error(f"{path}: there is no such file") from None
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the name
        reason = getattr(problem, "strerror", None) or problem
        raise error(f"{path}: cannot be read ({reason})") from problem
    return bounded(data, most, str(path), error)


def bounded(data: bytes, most: int, source: str, error: type[PrepError]) -> bytes:
    """Return data that are not too large. Raises `error` where they are."""
    if len(data) > most:
        raise error(f"{source}: larger than {most:,} bytes")
    return data


def read_text(path: Path, most: int, error: type[PrepError]) -> str:
    """Return a file's text. Raises `error` as `read` does, and where it is not UTF-8."""
    try:
        return read(path, most, error).decode("utf-8")
    except UnicodeDecodeError as problem:
        raise error(f"{path}: not UTF-8 text ({problem.reason})") from problem


def usable_name(wanted: str, most: int = LONGEST_NAME) -> str:
    """Return a name that a file can have wherever it comes from: its end is kept, its stem cut.

    At most `most` bytes in UTF-8, and no path.
    """
    plain = PurePath(wanted.replace("\0", "")).name
    suffix = PurePath(plain).suffix
    suffix = suffix if len(suffix) <= _LONGEST_SUFFIX else ""
    stem = plain.removesuffix(suffix)
    room = most - len(suffix.encode("utf-8", "backslashreplace"))
    cut = stem.encode("utf-8", "backslashreplace")[:room].decode("utf-8", "ignore")
    return ("file" if cut in ("", ".", "..") else cut) + suffix


def name(path: Path) -> str:
    """Return a file's name as text that can be kept, whatever bytes it is made of."""
    return path.name.encode("utf-8", "backslashreplace").decode()


def refuse_special(path: Path, error: type[PrepError]) -> None:
    """Raise `error` where a path is no regular file; OSError where it cannot be looked at."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise error(f"{path}: that is no file that can be read")
