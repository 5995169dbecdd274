"""The end of a mock interview: how well it went, and where one wants to, a score for each part."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.questions import Question
from prep.planning.wording import stopwatch
from prep.practice import mock, mock_notes, reviews, rubric
from prep.practice.attempt import Attempt, budget_seconds
from prep.practice.review_schedule import RATINGS
from prep.ui.practice import mock_past, mock_talk
from prep.ui.question import rows
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import bound


def draw_rating(attempt: Attempt) -> None:
    """Draw how well the interview went, all that is needed to keep it, and what keeps it."""
    is_one = len(attempt.reached) == 1
    with st.container(border=True):
        own = attempt.rating(attempt.reached[0]) if is_one else attempt.overall
        come = "the question comes" if is_one else "the questions come"
        key = bound.bind(f"overall-{attempt.id}", own)
        st.segmented_control(
            f"**How well did it go?** It decides when {come} back.",
            list(RATINGS),
            format_func=mock_past.RATING_LABELS.__getitem__,
            key=key,
            on_change=_save,
            args=(key, lambda db, value: mock_notes.rate_overall(db, attempt.id, value)),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Keep the result",
                key="finish",
                type="primary",
                icon=":material/done:",
                on_click=_finish,
                args=(attempt.id,),
            )
            mock_talk.draw_back(attempt.id)
            mock_talk.draw_discard(attempt.id)


def draw_answers(db: Database, attempt: Attempt, blind: bool) -> None:
    """Draw every question that was asked with its notes, and what it can be scored by."""
    for question_id in attempt.reached:
        question = questions.get(db, question_id)
        with st.container(border=True):
            _draw_about(attempt, question, blind)
            mock_talk.draw_notes(attempt, question_id, height=100)
            with st.expander(
                "Score it in detail",
                key=f"details-{question_id}",
                icon=":material/checklist:",
                on_change="rerun",
            ) as panel:
                if panel.open:
                    _draw_scores(attempt.id, question)


def _draw_about(attempt: Attempt, question: Question, blind: bool) -> None:
    used = attempt.seconds.get(question.id, 0)
    budget = budget_seconds(attempt.kind, question.sheet)
    is_hidden = blind and attempt.rating(question.id) is None
    about = rows.describe(question, is_hidden)
    st.markdown(
        f"**{escape_markdown(question.title)}**  \n:small[:gray[{about}"
        f" · {stopwatch(used)} of {stopwatch(budget)}]]"
    )


@st.fragment
def _draw_scores(attempt_id: str, question: Question) -> None:
    with session.database() as db:
        attempt = mock.running(db)
    if attempt is None or attempt.id != attempt_id:  # finished or discarded in another tab
        return
    if len(attempt.reached) > 1:
        _draw_own_rating(attempt, question.id)
    st.caption("Score what an interviewer would have heard. A line that did not apply stays empty.")
    with st.grid(min_column_width=330, gap="small"):
        for line in rubric.lines(question.sheet):
            _draw_line(attempt, question.id, line)


def _draw_line(attempt: Attempt, question_id: str, line: str) -> None:
    score = attempt.scores.get(question_id, {}).get(line)
    key = bound.bind(f"score-{attempt.id}-{question_id}-{line}", score)
    st.segmented_control(
        escape_markdown(line),
        range(len(rubric.SCORES)),
        format_func=rubric.SCORES.__getitem__,
        key=key,
        on_change=_save,
        args=(
            key,
            lambda db, value: mock_notes.score(db, attempt.id, question_id, line, value),
        ),
    )


def _draw_own_rating(attempt: Attempt, question_id: str) -> None:
    key = bound.bind(f"rating-{attempt.id}-{question_id}", attempt.ratings.get(question_id))
    st.segmented_control(
        "Rate this answer by itself, where it went otherwise than the whole",
        list(RATINGS),
        format_func=RATINGS.__getitem__,
        key=key,
        on_change=_save,
        args=(key, lambda db, value: mock_notes.rate(db, attempt.id, question_id, value)),
    )


def _save(key: str, keep: Callable[[Database, int | None], None]) -> None:
    if bound.is_changed(key):
        value = st.session_state[key]
        writes.attempt(lambda db, _clock: keep(db, value))


def _finish(attempt_id: str) -> None:
    def finish(db: Database, clock: Clock) -> None:
        mock.finish(db, clock, attempt_id, reviews.rate_edits)

    if writes.attempt(finish):
        mock_past.show_finished(attempt_id)
