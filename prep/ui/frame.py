"""What stands around every page: the sidebar with undo, and where refusals are shown."""

from __future__ import annotations

import streamlit as st
from sqlite_utils import Database

from prep import history
from prep.clock import Clock
from prep.tracker import STATUS_TITLES
from prep.ui import search_box, session
from prep.ui.text import plain

_UNDONE = "undone_to_show"


def draw_sidebar() -> None:
    """Draw the part of the sidebar below the menu, and what an undo had to say."""
    with st.sidebar:
        search_box.draw_button()
        st.button(
            "Undo",
            key="undo",
            icon=":material/undo:",
            help="Takes your last change back",
            on_click=_undo,
            width="stretch",
        )
    undone = st.session_state.pop(_UNDONE, None)
    if undone:
        st.toast(undone, icon=":material/undo:")


def describe(changes: list[history.FieldChange]) -> str:
    """Return one change in words: what it altered, from what to what."""
    subjects = {change.subject_id for change in changes}
    fields = [change for change in changes if change.field == "status"] or changes
    first = fields[0]
    if len(subjects) > 1:
        return f"{len(subjects)} questions → {plain(_value(first.field, first.new))}"
    name = first.subject_id.strip("/").rpartition("/")[2]
    return f"{plain(name)}: {FIELD_TITLES[first.field]} → {plain(_value(first.field, first.new))}"


def describe_field(change: history.FieldChange) -> str:
    """Return what happened to one field: from what to what."""
    old, new = (_value(change.field, value) for value in (change.old, change.new))
    return f"{FIELD_TITLES[change.field]}: {plain(old)} → {plain(new)}"


FIELD_TITLES = {
    "status": "status",
    "started_on": "started",
    "drafted_on": "drafted",
    "done_on": "done",
    "confidence": "confidence",
    "starred": "star",
    "personal_notes": "notes",
    "read_on": "read",
    "last_heading": "place",
    "value": "setting",
}


def _value(field: str, value: object) -> str:
    if value in (None, ""):
        return "none"
    if field == "status":
        return STATUS_TITLES[str(value)].lower()
    if field == "starred":
        return "on" if value else "off"
    text = str(value).strip('"')
    return text if len(text) <= 40 else text[:39] + "…"


def _undo() -> None:
    def undo(db: Database, clock: Clock) -> None:
        undone = history.undo(db, clock)
        said = f"Undone: {describe(undone)}" if undone else "There is nothing to undo."
        st.session_state[_UNDONE] = said

    session.attempt(undo)
