"""A mock interview while one talks: the clock with its stages, notes, and how it goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.models import SYSTEM_DESIGN
from prep.content.questions import Question
from prep.practice import mock, mock_notes, stages
from prep.practice.attempt import Attempt, budget_seconds
from prep.progress.settings import Settings
from prep.ui.browser import countdown
from prep.ui.practice import mock_interviewer
from prep.ui.visit import writes
from prep.ui.widgets import text_area


def draw(db: Database, attempt: Attempt, chosen: Settings, now: datetime) -> None:
    """Draw what one needs while answering the question that is asked now."""
    question = questions.get(db, attempt.question_id)
    clock, talk = st.columns([1, 2], gap="large")  # on a phone the clock stands above
    with clock, st.container(border=True):
        _draw_clock(attempt, question, chosen, now)
    with talk:
        mock_interviewer.draw_asking(db, attempt, question)
        draw_notes(attempt, attempt.question_id, height=240)
        _draw_steps(attempt)


def _draw_clock(attempt: Attempt, question: Question, chosen: Settings, now: datetime) -> None:
    used = attempt.used(attempt.question_id, now)
    is_running = attempt.running_since is not None
    budget = budget_seconds(attempt.kind, question.sheet)
    is_design = question.sheet == SYSTEM_DESIGN
    divided = stages.in_round(chosen.stages, budget) if is_design else []
    countdown.draw(budget, used, is_running, now, divided)
    if is_running:
        st.button(
            "Pause",
            key="pause",
            icon=":material/pause:",
            on_click=_step,
            args=(mock.pause, attempt.id),
        )
    else:
        st.button(
            "Resume",
            key="resume",
            icon=":material/play_arrow:",
            on_click=_step,
            args=(mock.resume, attempt.id),
        )


def draw_notes(attempt: Attempt, question_id: str, height: int) -> None:
    """Draw what was noted on the answer to one question of a mock interview."""

    def keep(db: Database, _clock: Clock, text: str, seen: str) -> None:
        mock_notes.note(db, attempt.id, question_id, text, seen=seen)

    text_area.draw(
        "Notes",
        attempt.notes.get(question_id),
        keep,
        key=f"note-{attempt.id}-{question_id}",
        height=height,
        placeholder="What you said, what you missed",
    )


def _draw_steps(attempt: Attempt) -> None:
    is_last = attempt.current + 1 == len(attempt.questions)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Finish and score" if is_last else "Next question",
            key="next",
            type="primary",
            icon=":material/flag:" if is_last else ":material/arrow_forward:",
            on_click=_step,
            args=(mock.next_question, attempt.id, attempt.question_id),
        )
        if not is_last:
            st.button(
                "End here and score",
                key="end",
                icon=":material/flag:",
                on_click=_step,
                args=(mock.end, attempt.id),
            )
        draw_discard(attempt.id)


def draw_discard(attempt_id: str) -> None:
    """Draw the button that takes a mock interview away."""
    st.button(
        "Discard",
        key="discard",
        type="tertiary",
        icon=":material/delete:",
        help="Undo brings it back, paused. Its recordings are deleted a day later",
        on_click=_step,
        args=(mock.discard, attempt_id),
    )


def draw_back(attempt_id: str) -> None:
    """Draw the button that leads from the scores back to the question."""
    st.button(
        "Back to the question",
        key="back",
        icon=":material/arrow_back:",
        on_click=_step,
        args=(mock.go_back, attempt_id),
    )


def _step(step: Callable[..., None], *arguments: str) -> None:
    writes.attempt(lambda db, clock: step(db, clock, *arguments))
