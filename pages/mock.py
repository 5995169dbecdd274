"""Mock interviews: set-up, the interview against the clock, its result, and past results."""

import streamlit as st
from sqlite_utils import Database

from prep import charts
from prep.content import questions
from prep.practice import mock, past_attempts
from prep.practice.attempt import LENGTHS, Attempt
from prep.progress.settings import Settings
from prep.ui.browser import scrolling
from prep.ui.practice import (
    mock_interviewer,
    mock_past,
    mock_scoring,
    mock_settings,
    mock_setup,
    mock_talk,
    recorder,
)
from prep.ui.text import moment
from prep.ui.visit import session, writes


def describe(attempt: Attempt) -> str:
    """Return which interview this is and when it began."""
    title = LENGTHS[attempt.kind].title
    return f"{attempt.id} · {title} · started {moment(attempt.started_at, session.clock())}"


def step(attempt: Attempt | None) -> str:
    """Return a name for what the page shows: it changes with each step of an interview."""
    if attempt is None:
        return "setup"
    return f"{attempt.id} {'scores' if attempt.is_scoring else attempt.current}"


def draw_running(db: Database, attempt: Attempt, chosen: Settings) -> None:
    """Draw an interview that runs. A recording goes on from one step to the next: its place stays
    between what is above it and what is below."""
    st.caption(describe(attempt))
    asked = {question_id: questions.get(db, question_id) for question_id in attempt.questions}
    with st.container():
        if attempt.is_scoring:
            mock_scoring.draw_rating(attempt)
        else:
            mock_interviewer.draw_prompt(attempt, asked[attempt.question_id], chosen.practise_blind)
    sheets = [question.sheet for question in asked.values()]
    recorder.draw("attempt", attempt.id, attempt.budget(sheets))
    with st.container():
        if attempt.is_scoring:
            mock_scoring.draw_answers(db, attempt, chosen.practise_blind)
        else:
            mock_talk.draw(db, attempt, chosen, session.clock().now())


st.title("Mock interview", anchor=False)
with session.database() as db:
    chosen = session.load_plan_status(db).settings
    attempt = mock.running(db)
    writes.show_error()
    if attempt is None:
        past, trends = past_attempts.list_answers(db), past_attempts.by_category(db)
        mock_past.draw_finished(past)
        mock_setup.draw(db, chosen)
        mock_settings.draw(chosen)
    else:
        draw_running(db, attempt, chosen)

if attempt is None:
    mock_past.draw_table(past)
    mock_past.draw_trends(trends, charts.palette(session.is_dark()))
scrolling.to_top(step(attempt))
