"""The time spent on a question: it runs in the browser while the page is in use."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prep.ui.browser import component

_stopwatch = component.load("stopwatch")
_KEY, _TOLD = "stopwatch", "stopwatch-told"


def draw(about: str, seconds: float, keep: Callable[[int], None]) -> None:
    """Draw the seconds spent today on what `about` names; `keep` is called with those since.

    It pauses where the page is out of sight, or for two minutes nobody moves or types.
    """
    _stopwatch(
        key=_KEY,
        data={
            "about": about,
            "seconds": round(seconds),
            "label": "Time spent today",
            "running": "today",
            "paused": "paused",
        },
        on_counted_change=lambda: _keep_once(keep),
        height="content",
    )


def _keep_once(keep: Callable[[int], None]) -> None:
    """Have seconds kept that the browser tells, once: a request that is sent again counts none."""
    told = st.session_state[_KEY].counted
    if told["at"] != st.session_state.get(_TOLD):
        st.session_state[_TOLD] = told["at"]
        keep(int(told["seconds"]))
