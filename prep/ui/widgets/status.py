"""How a status looks and is changed: one colour, one icon and one word each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from prep.content.models import Status
from prep.planning import wording
from prep.progress import cleared_dates
from prep.progress.tracker import STATUS_TITLES, STATUSES, Tracker
from prep.store.change_list import FieldChange
from prep.ui.visit import writes
from prep.ui.widgets import bound, side_effects

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
    """Draw four buttons of which the present status is pressed; a click changes it.

    Which dates were cleared by going back is told below them.
    """
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
    side_effects.draw(key)


def button(question_id: str, to: str, text: str, key: str) -> None:
    """Draw one button that moves a question to a status."""
    st.button(text, key=key, icon=ICONS[to], on_click=set_status, args=([question_id], to))


def set_status(ids: list[str], status: Status) -> None:
    """Give questions a status, from a callback."""
    writes.attempt(lambda db, clock: Tracker(db, clock).set_status(ids, status))


def edit(place: str, edits: Mapping[str, Mapping[str, object]]) -> bool:
    """Apply edits of `{question id: {field: value}}`, from a callback; return whether taken.

    Which dates were cleared is told at a place, by `side_effects`.
    """
    return side_effects.attempt(
        place, lambda db, clock: Tracker(db, clock).edit(edits), describe_cleared
    )


def describe_cleared(made: list[FieldChange]) -> str:
    """Return which dates a change cleared, as a sentence; empty where it cleared none."""
    cleared = cleared_dates.of_change(made)
    if not cleared:
        return ""
    questions = {date.question_id for date in cleared}
    if len(questions) == 1:
        dates = ", ".join(f"{date.title} {wording.day(date.day)}" for date in cleared)
        return f"Cleared: {dates}. History keeps {'it' if len(cleared) == 1 else 'them'}."
    counts = Counter(date.title for date in cleared)
    dates = ", ".join(f"{count} {title}" for title, count in counts.items())
    return f"Cleared dates of {len(questions)} questions: {dates}. History keeps them."


def _set_from_control(question_id: str, key: str) -> None:
    if bound.is_changed(key):
        edit(key, {question_id: {"status": st.session_state[key]}})
