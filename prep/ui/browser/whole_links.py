"""Has the links of a page show all of a long label, where Streamlit cuts it off."""

from __future__ import annotations

from prep.ui.browser import component

_style = component.load("whole_links", isolate_styles=False)


def show() -> None:
    """Have the links to pages show their labels whole, on as many lines as they need."""
    _style(key="whole-links")
