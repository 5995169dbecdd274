"""Texts for the page: people's and imported words shown as they are."""

from __future__ import annotations

import re
from datetime import date, datetime

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@])")
_PICTURE = re.compile(r"!\[(?=[^\]]*\][(\[])")


def plain(text: str) -> str:
    """Return `text` so that Streamlit's Markdown shows exactly these characters, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def harmless(markdown: str) -> str:
    """Return Markdown with pictures as links: a picture would be fetched from elsewhere.

    Scripts, event handlers and `javascript:` links need no care: Streamlit draws them inert.
    """
    return _PICTURE.sub("[", markdown)


def moment(value: datetime, today: date) -> str:
    """Return a local instant as `14:05` today, else as `23 Nov, 14:05`."""
    if value.date() == today:
        return f"{value:%H:%M}"
    return f"{value.day} {value:%b}, {value:%H:%M}"
