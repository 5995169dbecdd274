"""Stores a text as its difference from the one before it: saved answers mostly repeat the last.

Stored are how many characters are the same at the beginning and at the end, and the text between.
"""

from __future__ import annotations

from typing import TypedDict

_WORTH_IT = 200  # characters kept at least; a shorter text is written out


class Packed(TypedDict):
    """A text as its difference: the lengths it keeps at both ends, and what is between them."""

    keeps: list[int]
    text: str


def packed(before: object, text: object) -> Packed | None:
    """Return a text as its difference from `before`, None where that saves nothing."""
    if not (isinstance(before, str) and isinstance(text, str)):
        return None
    start = _shared(before, text)
    end = _shared(before[start:][::-1], text[start:][::-1])
    if start + end < _WORTH_IT:
        return None
    return {"keeps": [start, end], "text": text[start : len(text) - end]}


def unpacked(before: object, packed: Packed) -> str:
    """Return the text that `packed` stands for after `before`.

    Raises ValueError where it does not fit, LookupError or TypeError where it is malformed.
    """
    start, end = packed["keeps"]
    if not (isinstance(before, str) and 0 <= start <= len(before) - end <= len(before)):
        raise ValueError("a text keeps more than there was")
    return before[:start] + str(packed["text"]) + before[len(before) - end :]


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
