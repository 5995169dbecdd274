"""Texts for the page: people's and imported words shown as they are, dates, numbers."""

from __future__ import annotations

import re
from datetime import date, datetime

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@])")


def plain(text: str) -> str:
    """Return `text` so that Streamlit's Markdown shows exactly these characters, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def day(value: date | str | None) -> str:
    """Return a day as `23 Nov 2026`, a dash where there is none."""
    if value is None:
        return "–"
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found.day} {found:%b %Y}"


def moment(value: datetime, today: date) -> str:
    """Return a local instant as `14:05` today, else as `23 Nov, 14:05`."""
    if value.date() == today:
        return f"{value:%H:%M}"
    return f"{value.day} {value:%b}, {value:%H:%M}"


def share(part: int, whole: int) -> str:
    """Return `part` of `whole` in percent, rounded so that only all is 100 and none is 0."""
    if whole == 0 or part == 0:
        return "0 %"
    percent = 100 * part / whole
    return f"{min(max(round(percent), 1), 99)} %" if part < whole else "100 %"
