"""Brings the top of a page into view when what it shows has changed altogether."""

from __future__ import annotations

from prep.ui.browser import component

_scroll = component.load("scrolling")


def to_top(shown: str) -> None:
    """Scroll to the top where `shown`, the name of what the page shows, is another than before."""
    _scroll(key="scroll", data={"shown": shown})
