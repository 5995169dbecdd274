"""How a status looks and is changed: one colour, one icon and one word each."""

from __future__ import annotations

import streamlit as st

from prep.content.models import Status
from prep.progress.tracker import STATUS_TITLES, STATUSES, Tracker
from prep.ui.visit import writes
from prep.ui.widgets import bound

ICONS = {
    "todo": ":material/radio_button_unchecked:",
    "in_progress": ":material/clock_loader_40:",
    "drafted": ":material/edit_note:",
    "done": ":material/check_circle:",
}
_BADGE_COLORS = {"todo": "gray", "in_progress": "blue", "drafted": "orange", "done": "green"}


def label(status: Status) -> str:
    """Return the status's icon and word."""
    return f"{ICONS[status]} {STATUS_TITLES[status]}"


def badge(status: Status) -> str:
    """Return Markdown for a small coloured label."""
    return f":{_BADGE_COLORS[status]}-badge[{label(status)}]"


def counts(by_status: dict[str, int]) -> str:
    """Return Markdown with the count of each status, the furthest first."""
    return "&ensp;".join(f"{badge(name)} {by_status[name]}" for name in reversed(STATUSES))


def control(question_id: str, status: Status, key: str) -> None:
    """Draw four buttons of which the present status is pressed; a click changes it."""
    bound.bind(key, status)
    st.segmented_control(
        "Status",
        STATUSES,
        format_func=label,
        key=key,
        required=True,
        label_visibility="collapsed",
        wrap=True,
        on_change=_set_from_control,
        args=(question_id, key),
    )


def button(question_id: str, to: str, text: str, key: str) -> None:
    """Draw one button that moves a question to a status."""
    st.button(text, key=key, icon=ICONS[to], on_click=set_status, args=([question_id], to))


def set_status(ids: list[str], status: Status) -> None:
    """Give questions a status, from a callback."""
    writes.attempt(lambda db, clock: Tracker(db, clock).set_status(ids, status))


def _set_from_control(question_id: str, key: str) -> None:
    if bound.is_changed(key):
        set_status([question_id], st.session_state[key])
