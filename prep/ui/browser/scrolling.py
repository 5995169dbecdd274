"""Brings into view what a page shows anew: its top, or a part of it."""

from __future__ import annotations

from prep.ui.browser import component

_scroll = component.load("scrolling")


def to_top(shown: str) -> None:
    """Scroll to the top where `shown`, the name of what the page shows, is another than before."""
    _scroll(key="scroll", data={"target": None, "shown": shown})


def into_view(target: str, shown: str | None) -> None:
    """Bring the container with the key `target` into view where it shows something else.

    `shown` names what it shows, None for what nobody asked for. Where its beginning can be seen
    already, the page stays. Call it below the container.
    """
    _scroll(key=f"scroll-{target}", data={"target": target, "shown": shown})
