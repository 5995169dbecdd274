"""A question's best and last answer in mock interviews."""

from __future__ import annotations

import streamlit as st

from prep.planning.wording import day, many, stopwatch
from prep.practice import past_attempts
from prep.practice.past_attempts import PastAnswer
from prep.ui import page_paths
from prep.ui.practice import mock_past
from prep.ui.visit import session


def draw(question_id: str) -> None:
    """Draw the best and the last answer side by side, and where to try it."""
    with session.database() as db:
        found = past_attempts.best_and_last(db, question_id)
        count = len(past_attempts.list_answers(db, question_id))
    st.subheader("Mock interviews", anchor=False)
    if found is None:
        st.caption("Not asked in a mock interview yet.")
    else:
        st.caption(f"Asked {many(count, 'time')}")
        best, last = found
        cards = [("Best", best), ("Last", last)]
        if best.attempt_id == last.attempt_id:
            cards = [("Best and last", last)]
        for (title, answer), column in zip(cards, st.columns(2), strict=False):
            with column, st.container(border=True):
                _draw_answer(title, answer)
    st.page_link(page_paths.MOCK, label="Mock interview", icon=":material/timer:")


def _draw_answer(title: str, answer: PastAnswer) -> None:
    st.markdown(
        f":small[:gray[{title} · {day(answer.done_on)}]]  \n**{mock_past.score_text(answer)}**"
        f" · {mock_past.RATING_LABELS[answer.rating]} · {stopwatch(answer.seconds)}"
    )
    if answer.notes:
        st.text(answer.notes)
