"""Keeps a review's buttons from a key that is held and from a second press within a moment."""

from __future__ import annotations

from prep.ui.browser import component

_guard = component.load("review_guard")


def draw() -> None:
    """Have the buttons of the review card take one press at a time, each of what is seen."""
    _guard(key="review-guard")
