"""The end of a mock interview: a score for each rubric line, a rating, notes."""

from __future__ import annotations

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


def draw(db: Database, attempt: Attempt, blind: bool) -> None:
    """Draw every question that was asked, to be scored, and the button that keeps it all."""
    st.caption("Score what an interviewer would have heard. A line that did not apply stays empty.")
    parts = mock_talk.parts(db)
    for question_id in attempt.reached:
        question = questions.get(db, question_id)
        with st.container(border=True):
            _draw_scores(attempt.id, question, rubric.lines(question.sheet, parts), blind)
            # Outside the fragment: leaving a text by a click on a button further down would
            # start the fragment's run, and Streamlit then forgets the click.
            mock_talk.draw_notes(attempt, question_id, height=100)
    writes.show_error()  # here, where the button is that may be refused
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Keep the scores",
            key="finish",
            type="primary",
            icon=":material/done:",
            on_click=_finish,
            args=(attempt.id,),
        )
        mock_talk.draw_back(attempt.id)
        mock_talk.draw_discard(attempt.id)


@st.fragment
def _draw_scores(attempt_id: str, question: Question, lines: tuple[str, ...], blind: bool) -> None:
    with session.database() as db:
        attempt = mock.running(db)
    if attempt is None or attempt.id != attempt_id:  # finished or discarded in another tab
        return
    question_id = question.id
    used = attempt.seconds.get(question_id, 0)
    budget = budget_seconds(attempt.kind, question.sheet)
    is_hidden = blind and question_id not in attempt.ratings
    about = rows.describe(question, is_hidden)
    st.markdown(
        f"**{escape_markdown(question.title)}**  \n:small[:gray[{about}"
        f" · {stopwatch(used)} of {stopwatch(budget)}]]"
    )
    with st.grid(min_column_width=330, gap="small"):
        for line in lines:
            _draw_line(attempt, question_id, line)
    _draw_rating(attempt, question_id)


def _draw_line(attempt: Attempt, question_id: str, line: str) -> None:
    score = attempt.scores.get(question_id, {}).get(line)
    key = bound.bind(f"score-{attempt.id}-{question_id}-{line}", score)
    st.segmented_control(
        escape_markdown(line),
        range(len(rubric.SCORES)),
        format_func=rubric.SCORES.__getitem__,
        key=key,
        on_change=_save_score,
        args=(attempt.id, question_id, line, key),
    )


def _draw_rating(attempt: Attempt, question_id: str) -> None:
    key = bound.bind(f"rating-{attempt.id}-{question_id}", attempt.ratings.get(question_id))
    st.segmented_control(
        "**How well did it go?** It decides when the question comes back.",
        list(RATINGS),
        format_func=RATINGS.__getitem__,
        key=key,
        on_change=_save_rating,
        args=(attempt.id, question_id, key),
    )


def _save_score(attempt_id: str, question_id: str, line: str, key: str) -> None:
    if bound.is_changed(key):
        value = st.session_state[key]
        writes.attempt(
            lambda db, _clock: mock_notes.score(db, attempt_id, question_id, line, value)
        )


def _save_rating(attempt_id: str, question_id: str, key: str) -> None:
    if bound.is_changed(key):
        value = st.session_state[key]
        writes.attempt(lambda db, _clock: mock_notes.rate(db, attempt_id, question_id, value))


def _finish(attempt_id: str) -> None:
    def finish(db: Database, clock: Clock) -> None:
        mock.finish(db, clock, attempt_id, reviews.rate_edits)

    if writes.attempt(finish):
        mock_past.show_finished(attempt_id)
