"""A countdown that ticks in the browser, without a run of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prep.practice.stages import Stage
from prep.ui.browser import component

_countdown = component.load("countdown")


def draw(
    budget: int, used: float, is_running: bool, now: datetime, stages: Sequence[Stage] = ()
) -> None:
    """Draw what is left of `budget` seconds at `now`, and the stage that the time has come to."""
    _countdown(
        key="countdown",
        data={
            "label": "Time left",
            "budget": budget,
            "remaining": budget - used,
            "running": is_running,
            "stamp": now.isoformat(),
            "stages": [[stage.title, stage.seconds] for stage in stages],
        },
        height="content",
    )
