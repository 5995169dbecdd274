"""The menu does not stay open over the page that it led to."""

from __future__ import annotations

from prep.ui.browser import component

_menu = component.load("menu")


def draw() -> None:
    """Have the menu close where it lies over the page, once a link in it was followed."""
    _menu(key="menu")
