"""A mock interview while one talks: the question, the clock, notes, follow-ups."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import articles, questions
from prep.content.models import SYSTEM_DESIGN
from prep.content.questions import Question
from prep.errors import UnknownArticle
from prep.planning.wording import many
from prep.practice import mock, mock_notes, rubric
from prep.practice.attempt import Attempt, budget_seconds
from prep.practice.rubric import Budget, Part
from prep.ui.browser import countdown
from prep.ui.question import rows
from prep.ui.text import escape_markdown
from prep.ui.visit import writes
from prep.ui.widgets import text_area


@st.cache_data(max_entries=2, show_spinner=False)
def _design_parts(bodies: tuple[str, ...]) -> list[Part]:
    return rubric.design_parts(bodies)


def parts(db: Database) -> list[Part]:
    """Return the sections that the system-design articles share."""
    return _design_parts(rubric.design_articles(db))


def draw(db: Database, attempt: Attempt, blind: bool, now: datetime) -> None:
    """Draw the question that is asked now and what one does while answering it."""
    question = questions.get(db, attempt.question_id)
    is_design = question.sheet == SYSTEM_DESIGN
    budget = budget_seconds(attempt.kind, question.sheet)
    sections = rubric.section_budget(parts(db), budget) if is_design else []
    _draw_question(attempt, question, blind)
    clock, talk = st.columns([1, 2], gap="large")  # on a phone the clock stands above
    with clock, st.container(border=True):
        _draw_clock(attempt, budget, sections, now)
    with talk:
        draw_notes(attempt, attempt.question_id, height=240)
        _draw_follow_ups(_prompts(db, question))
        _draw_steps(attempt)


def _draw_question(attempt: Attempt, question: Question, blind: bool) -> None:
    if len(attempt.questions) > 1:
        st.caption(f"Question {attempt.current + 1} of {len(attempt.questions)}")
    st.subheader(escape_markdown(question.title), anchor=False)
    st.caption(rows.describe(question, blind))


def _draw_clock(attempt: Attempt, budget: int, sections: list[Budget], now: datetime) -> None:
    used = attempt.used(attempt.question_id, now)
    is_running = attempt.running_since is not None
    countdown.draw(budget, used, is_running, now, sections)
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
            type="primary",
            on_click=_step,
            args=(mock.resume, attempt.id),
        )
    if sections:
        st.caption("Minutes by how many words the site's articles spend on each section.")


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


def _prompts(db: Database, question: Question) -> list[str]:
    if not question.permalink:
        return []
    try:
        return rubric.follow_ups(articles.get(db, question.permalink).body)
    except UnknownArticle:  # the sheet links an article that was not imported
        return []


def _draw_follow_ups(prompts: list[str]) -> None:
    if not prompts:
        return
    label = f"Follow-ups: {many(len(prompts), 'question')} they may go on to"
    with st.expander(label, key="follow-ups", icon=":material/forum:"):
        st.markdown("\n".join(f"- {escape_markdown(prompt)}" for prompt in prompts))


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
        help="Undo brings it back, paused",
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


def _step(step: Any, *arguments: str) -> None:
    writes.attempt(lambda db, clock: step(db, clock, *arguments))
