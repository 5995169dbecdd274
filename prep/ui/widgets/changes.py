"""Changes of personal data in words."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prep.planning.wording import many
from prep.progress.tracker import STATUS_TITLES
from prep.store.change_list import FieldChange
from prep.store.subjects import SUBJECTS
from prep.ui.text import escape_markdown, moment
from prep.ui.visit import session

_SHORT = 40


def describe(changes: list[FieldChange]) -> str:
    """Return one change in words: what it altered, from what to what."""
    of_interview = {change.field: change for change in changes if change.subject == "attempt"}
    if of_interview:
        return _interview(of_interview)
    refitted = {change.subject_id for change in changes if change.field == "in_scope"}
    if refitted:
        return f"scope of the plan: {many(len(refitted), 'question')}"
    first = min(changes, key=_weight)
    same = {change.subject_id for change in changes if change.subject == first.subject}
    if len(same) > 1:
        return f"{len(same)} {SUBJECTS[first.subject].title} → {_new_value(first)}"
    name = first.subject_id.partition("#")[0].strip("/").rpartition("/")[2]
    return f"{escape_markdown(name)}: {title_of(first.field)} → {_new_value(first)}"


def title_of(field: str) -> str:
    """Return a field's name in words."""
    return FIELD_TITLES.get(field, field.replace("_", " "))


def _weight(change: FieldChange) -> int:
    """Return how soon a field is named: what the person did before what followed from it."""
    order = ("status", "rating", "removed", "retired", "title")
    return order.index(change.field) if change.field in order else len(order)


def _new_value(change: FieldChange) -> str:
    return escape_markdown(_value(change.field, change.new))


def _interview(fields: dict[str, FieldChange]) -> str:
    step = "finished"
    if "removed" in fields:
        step = "discarded" if fields["removed"].new else "started"
    attempt_id = next(iter(fields.values())).subject_id
    return f"mock interview {escape_markdown(attempt_id)} {step}"


def describe_field(change: FieldChange) -> str:
    """Return what happened to one field: from what to what."""
    old, new = (_value(change.field, value) for value in (change.old, change.new))
    return f"{title_of(change.field)}: {escape_markdown(old)} → {escape_markdown(new)}"


def both(change: FieldChange) -> tuple[str, str]:
    """Return the old and the new value of a field in words, whole where they are text."""
    old, new = (
        value if isinstance(value, str) and len(value) > _SHORT else _value(change.field, value)
        for value in (change.old, change.new)
    )
    return old, new


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
    "in_scope": "in the plan's scope",
    "pinned": "pinned",
    "minutes": "minutes",
    "body": "answer",
    "card": "schedule",
    "due_on": "due",
    "rating": "rating",
    "value": "setting",
    "kind": "mock interview",
    "started_at": "started",
    "finished_at": "finished",
    "state": "interview",
    "seconds": "seconds",
    "scores": "scores",
    "notes": "notes",
    "removed": "removed",
    "text": "text that was being written",
}


def _value(field: str, value: object) -> str:
    if value in (None, ""):
        return "none"
    if field == "status":
        return STATUS_TITLES[str(value)].lower()
    if field in ("starred", "skipped", "in_scope", "pinned", "removed", "retired"):
        return "on" if value else "off"
    text = str(value).strip('"')
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def draw(changes: list[FieldChange], words: Callable[[FieldChange], str]) -> None:
    """Draw field changes as a list, each with its time in the person's zone."""
    clock = session.clock()
    lines = []
    for change in changes:
        when = moment(change.at, clock)
        mark = "" if change.undoes is None else " (redo)" if change.is_redo else " (undo)"
        lines.append(f"- :gray[{when}] {words(change)}{mark}")
    st.markdown("\n".join(lines))
