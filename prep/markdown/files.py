"""Files that a person brings: regular ones, whole, only up to a size, in the usual encodings.

And names for those taken out.
"""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path, PurePath

from prep.errors import PrepError

LONGEST_NAME = 200  # bytes: file systems take 255, and Prep puts ends of its own to some
_LONGEST_SUFFIX = 20
ASCII, UTF_8, WINDOWS_1252 = "ASCII", "UTF-8", "Windows-1252"

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_UTF_8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def read(path: Path, most: int, error: type[PrepError]) -> bytes:
    """Return a file's bytes. Raises `error` where it is no file, cannot be read or is too large.

    Text in UTF-16 takes two bytes a character, and may be twice as large. A device or a pipe may
    never end, and is no file.
    """
    try:
        refuse_special(path, error)
        with path.open("rb") as file:
            head = file.read(4)
            data = head + file.read(_limit(head, most) + 1 - len(head))
    except FileNotFoundError:
        raise error(f"{path}: there is no such file") from None
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the name
        reason = getattr(problem, "strerror", None) or problem
        raise error(f"{path}: cannot be read ({reason})") from problem
    return bounded(data, most, str(path), error)


def bounded(data: bytes, most: int, source: str, error: type[PrepError]) -> bytes:
    """Return data that are not too large. Raises `error` where they are."""
    limit = _limit(data, most)
    if len(data) > limit:
        raise error(f"{source}: larger than {limit:,} bytes")
    return data


def _limit(data: bytes, most: int) -> int:
    """Return how many bytes data may have of which `most` are allowed in UTF-8."""
    return most if json.detect_encoding(data[:4]).startswith("utf-8") else 2 * most


def read_text(path: Path, most: int, error: type[PrepError]) -> str:
    """Return a file's text. Raises `error` as `read` and `decoded` do."""
    return decoded(read(path, most, error), str(path), error)[0]


def with_line_feeds(text: str) -> str:
    """Return a text whose lines end by line feeds, whatever they ended by: CR LF, or CR alone."""
    text = text.replace("\r\n", "\n")
    return text if "\n" in text else text.replace("\r", "\n")


def decoded(data: bytes, source: str, error: type[PrepError]) -> tuple[str, str]:
    """Return the text that a file holds, without a byte order mark, and the name of its encoding.

    Read are UTF-8, UTF-16 and UTF-32, each with its mark or without, and what is none of them as
    Windows-1252, the encoding of older Windows programs. Raises `error` where a file is damaged
    UTF-8, or no text in any of these.
    """
    if data.isascii() and b"\0" not in data:
        return data.decode("ascii"), ASCII
    encoding = json.detect_encoding(data)  # RFC 4627, section 3: by the mark or by where zeros are
    try:
        return data.decode(encoding).removeprefix("\ufeff"), _title(encoding)
    except UnicodeDecodeError as problem:
        if encoding.startswith("utf-8") and not _is_damaged(data, problem):
            return _decoded_as_windows(data, source, error), WINDOWS_1252
        raise error(f"{source}: damaged {_title(encoding)} text ({problem.reason})") from problem


def _title(encoding: str) -> str:
    return encoding.upper()[: len("UTF-16")] if encoding[4] != "8" else UTF_8


def _is_damaged(data: bytes, problem: UnicodeDecodeError) -> bool:
    """Whether most bytes beyond ASCII are UTF-8 after all, or the data ends within a character."""
    inside = sum(len(found) for found in _UTF_8_CHARACTER.findall(data))
    beyond = len(_BEYOND_ASCII.findall(data))
    return problem.reason == "unexpected end of data" or 2 * inside >= beyond


def _decoded_as_windows(data: bytes, source: str, error: type[PrepError]) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as problem:
        raise error(
            f"{source}: no text in UTF-8, UTF-16 or Windows-1252: save it as UTF-8"
        ) from problem


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
