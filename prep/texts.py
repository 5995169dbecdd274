"""What a person typed, as it is kept."""

from __future__ import annotations

from prep.errors import InvalidValue


def one_line(text: object) -> str:
    """Return the words of a text on one line."""
    return " ".join(without_nul(text).split())


def without_nul(text: object) -> str:
    """Return a text without NUL characters, at which SQLite's own functions end it."""
    return str(text).replace("\0", "")


def multiline(text: object) -> str:
    """Return a text of several lines without NUL characters, each line ended by a line feed."""
    return without_nul(text).replace("\r\n", "\n")


def bounded(text: str, longest: int, holder: str) -> str:
    """Return a text that has at most `longest` characters. Raises InvalidValue for any other.

    `holder` begins the message: "notes hold" or "a title holds".
    """
    if len(text) > longest:
        raise InvalidValue(f"{holder} at most {longest:,} characters, not {len(text):,}")
    return text
