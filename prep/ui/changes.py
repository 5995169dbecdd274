"""Changes of personal data in words."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prep.history import FieldChange
from prep.tracker import STATUS_TITLES
from prep.ui import session
from prep.ui.text import moment, plain


def describe(changes: list[FieldChange]) -> str:
    """Return one change in words: what it altered, from what to what."""
    of_interview = {change.field: change for change in changes if change.subject == "attempt"}
    if of_interview:
        return _interview(of_interview)
    subjects = {change.subject_id for change in changes}
    fields = [change for change in changes if change.field == "status"] or changes
    first = fields[0]
    if len(subjects) > 1:
        return f"{len(subjects)} questions → {plain(_value(first.field, first.new))}"
    name = first.subject_id.strip("/").rpartition("/")[2]
    return f"{plain(name)}: {FIELD_TITLES[first.field]} → {plain(_value(first.field, first.new))}"


def _interview(fields: dict[str, FieldChange]) -> str:
    step = "finished"
    if "removed" in fields:
        step = "discarded" if fields["removed"].new else "started"
    attempt_id = next(iter(fields.values())).subject_id
    return f"mock interview {plain(attempt_id)} {step}"


def describe_field(change: FieldChange) -> str:
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
    "moved_to": "moved to",
    "skipped": "left out",
    "minutes": "minutes",
    "value": "setting",
}


def _value(field: str, value: object) -> str:
    if value in (None, ""):
        return "none"
    if field == "status":
        return STATUS_TITLES[str(value)].lower()
    if field in ("starred", "skipped"):
        return "on" if value else "off"
    text = str(value).strip('"')
    return text if len(text) <= 40 else text[:39] + "…"


def draw(changes: list[FieldChange], words: Callable[[FieldChange], str]) -> None:
    """Draw field changes as a list, each with its time in the person's zone."""
    clock = session.clock()
    lines = []
    for change in changes:
        when = moment(change.at.astimezone(clock.zone), clock.today())
        undo = " (undo)" if change.undoes else ""
        lines.append(f"- :gray[{when}] {words(change)}{undo}")
    st.markdown("\n".join(lines))
