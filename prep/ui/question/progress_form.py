"""The person's own fields of one question, each saved as soon as it is changed."""

from __future__ import annotations

from datetime import date

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content.questions import Question
from prep.progress.tracker import DATE_FIELDS, DATE_OF_STATUS, STATUSES, Tracker
from prep.ui.widgets import bound, status, text_area

_DATE_LABELS = {"started_on": "Started", "drafted_on": "Drafted", "done_on": "Done"}


def draw_dates(question: Question, today: date) -> None:
    """Draw the days on which the question's statuses were reached, as far as it is."""
    question_id = question.id
    reached = [name for name in DATE_FIELDS if _is_reached(name, question.status)]
    if not reached:
        return
    with st.container(horizontal=True):
        for name in reached:
            value: date | None = getattr(question, name)
            key = bound.bind(f"{name}-{question_id}", value)
            st.date_input(
                _DATE_LABELS[name],
                key=key,
                max_value=max(today, value or today),
                format="YYYY-MM-DD",
                width=150,
                on_change=_save,
                args=(question_id, name, key),
            )


def draw_rest(question: Question) -> None:
    """Draw confidence, star and notes of a question."""
    question_id = question.id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = bound.bind(f"confidence-{question_id}", question.confidence)
        st.segmented_control(
            "Confidence",
            [1, 2, 3, 4, 5],
            key=key,
            help="1 shaky to 5 sure",
            on_change=_save,
            args=(question_id, "confidence", key),
        )
        key = bound.bind(f"starred-{question_id}", question.starred)
        st.toggle("Star", key=key, on_change=_save, args=(question_id, "starred", key))
    draw_notes(question)


def draw_notes(question: Question) -> None:
    """Draw the person's notes on a question."""
    question_id = question.id

    def keep(db: Database, clock: Clock, text: str, _seen: str) -> None:
        Tracker(db, clock).edit({question_id: {"personal_notes": text}})

    text_area.draw(
        "My notes",
        question.personal_notes,
        keep,
        key=f"personal_notes-{question_id}",
        placeholder="What to remember of this one",
    )


def _is_reached(date_field: str, current: str) -> bool:
    owner = next(name for name, field in DATE_OF_STATUS.items() if field == date_field)
    return STATUSES.index(owner) <= STATUSES.index(current)


def _save(question_id: str, name: str, key: str) -> None:
    if bound.is_changed(key):
        status.edit(_status_key(question_id), {question_id: {name: st.session_state[key]}})


def _status_key(question_id: str) -> str:
    return f"status-{question_id}"
