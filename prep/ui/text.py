"""Texts for the page: people's and imported words shown as they are."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from textwrap import dedent
from urllib.parse import quote

from prep.clock import Clock
from prep.markdown import outline

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@])")
_LINK = re.compile(r"[\[\]<\\]")
_ASTRAY = ("data", "javascript", "vbscript", "file", "blob")
_UNSAID = re.compile(r"[\\\s\0-\x1f]")
_PICTURE = re.compile(r"(?<!\\)(\\*)!\[")


def escape_markdown(text: str) -> str:
    """Return `text` so that Streamlit's Markdown shows exactly these characters, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def sanitize_markdown(markdown: str) -> str:
    """Return Markdown with pictures as links: a picture would be fetched from elsewhere.

    Where a link holds a page of its own (`data:`), or leads to a script or a file, all links are
    shown as they were typed. Fenced code stays as it is. Scripts and event handlers need no care:
    Streamlit draws them inert.
    """
    text = dedent(markdown).strip()  # as Streamlit does: what is code is seen after it
    code = outline.fenced_lines(text)
    lines = text.split("\n")
    shown = [line if n in code else _PICTURE.sub(_as_link, line) for n, line in enumerate(lines)]
    if _leads_astray(text):
        shown = [line if n in code else _LINK.sub(r"\\\g<0>", line) for n, line in enumerate(lines)]
    return "\n".join(shown)


def _leads_astray(text: str) -> bool:
    said = _UNSAID.sub("", unescape(text)).lower()
    return any(f"{scheme}:" in said for scheme in _ASTRAY) and any(
        address.strip().lower().startswith(tuple(f"{scheme}:" for scheme in _ASTRAY))
        for address in outline.addresses(text)
    )


def _as_link(found: re.Match[str]) -> str:
    is_escaped = len(found[1]) % 2 == 1
    return found[0] if is_escaped else f"{found[1]}\\!["


def address(anchor: str) -> str:
    """Return the address of a place on the page, for a link in Markdown."""
    return f"#{quote(anchor)}"


def moment(instant: datetime, clock: Clock) -> str:
    """Return an instant by the person's clock: `14:05` on their day, else `23 Nov, 14:05`."""
    local = instant.astimezone(clock.zone)
    if clock.day_of(instant) == clock.today():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b}, {local:%H:%M}"
