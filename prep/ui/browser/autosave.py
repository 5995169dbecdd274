"""Text areas are kept while one types, so that a reload loses nothing."""

from __future__ import annotations

from prep.ui.browser import component

_autosave = component.load("autosave")


def draw() -> None:
    """Have every text area of the page call its `on_change` as soon as the typing rests."""
    _autosave(key="autosave")
