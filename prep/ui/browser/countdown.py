"""A countdown that ticks in the browser, without a run of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st

from prep.practice.rubric import Budget

_STATIC = Path(__file__).parents[1] / "static"
_countdown = st.components.v2.component(
    "prep_countdown",
    css=(_STATIC / "countdown.css").read_text(encoding="utf-8"),
    js=(_STATIC / "countdown.js").read_text(encoding="utf-8"),
)


def draw(
    budget: int, used: float, is_running: bool, now: datetime, sections: Sequence[Budget] = ()
) -> None:
    """Draw what is left of `budget` seconds at `now`, and the section that the time has come to."""
    _countdown(
        key="countdown",
        data={
            "label": "Time left",
            "budget": budget,
            "remaining": budget - used,
            "running": is_running,
            "stamp": now.isoformat(),
            "sections": [[section.title, section.seconds] for section in sections],
        },
        height="content",
    )
