"""Markdown flattened to plain text exactly as the site's generator publishes it.

The published search index holds each article as text without markup. Flattening our
Markdown the same way and comparing the two proves that an article lost and gained nothing.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from prep.markdown import rendering

_HEADING_END = re.compile(r"(</h[1-6]>)")
_LINE_END = re.compile(r"</p>|<br ?/?>")


def flatten(markdown: str) -> str:
    """Return the text that the site's index would hold for this Markdown, normalised."""
    one_line = _HEADING_END.sub(r" #\1", rendering.as_published(markdown)).replace("\n", " ")
    return normalise(html.unescape(rendering.without_tags(_LINE_END.sub("\n", one_line))))


def published_text(content: str) -> str:
    """Return an index entry's `content` with its entities unescaped, normalised."""
    return normalise(html.unescape(content))


def normalise(text: str) -> str:
    """Collapse runs of spaces to one space, and those that hold a newline to one newline."""
    for space in "\t\r\f\v":
        text = text.replace(space, " ")
    text = _without_runs(text, " ").replace(" \n", "\n").replace("\n ", "\n")
    return _without_runs(text, "\n").strip()


def _without_runs(text: str, character: str) -> str:
    while 2 * character in text:
        text = text.replace(2 * character, character)
    return text


@dataclass(frozen=True)
class Difference:
    """The first place where two texts part: the offset, and what each holds from there."""

    offset: int
    expected: str
    actual: str

    def __str__(self) -> str:
        return (
            f"differs at character {self.offset}: published {self.expected!r}, ours {self.actual!r}"
        )


def first_difference(expected: str, actual: str, context: int = 60) -> Difference | None:
    """Return where `actual` first departs from `expected`, or None where they are equal."""
    if expected == actual:
        return None
    shorter = min(len(expected), len(actual))
    offset = next((i for i in range(shorter) if expected[i] != actual[i]), shorter)
    start = max(0, offset - context // 2)
    return Difference(offset, expected[start : offset + context], actual[start : offset + context])
