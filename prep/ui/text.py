"""Texts for the page: people's and imported words shown as they are."""

from __future__ import annotations

import re
from datetime import date, datetime
from textwrap import dedent
from urllib.parse import quote

from prep import outline

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@])")
_PICTURE = re.compile(r"(\\*)!\[")


def plain(text: str) -> str:
    """Return `text` so that Streamlit's Markdown shows exactly these characters, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def harmless(markdown: str) -> str:
    """Return Markdown with pictures as links: a picture would be fetched from elsewhere.

    Fenced code stays as it is. Scripts, event handlers and `javascript:` links need no care:
    Streamlit draws them inert.
    """
    lines = dedent(markdown).strip().split("\n")  # as Streamlit does: what is code is seen after it
    code = outline.fenced_lines("\n".join(lines))
    shown = [line if n in code else _PICTURE.sub(_as_link, line) for n, line in enumerate(lines)]
    return "\n".join(shown)


def _as_link(found: re.Match[str]) -> str:
    is_escaped = len(found[1]) % 2 == 1
    return found[0] if is_escaped else f"{found[1]}\\!["


def address(anchor: str) -> str:
    """Return the address of a place on the page, for a link in Markdown."""
    return f"#{quote(anchor)}"


def moment(value: datetime, today: date) -> str:
    """Return a local instant as `14:05` today, else as `23 Nov, 14:05`."""
    if value.date() == today:
        return f"{value:%H:%M}"
    return f"{value.day} {value:%b}, {value:%H:%M}"
