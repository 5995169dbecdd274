"""A question's best and last answer in mock interviews."""

from __future__ import annotations

from typing import Any

import streamlit as st

from prep.planning.wording import day, many, stopwatch
from prep.practice import mock
from prep.ui.practice import mock_past
from prep.ui.question import rows
from prep.ui.visit import session

Row = dict[str, Any]


def draw(question_id: str) -> None:
    """Draw the best and the last answer side by side, and where to try it."""
    with session.database() as db:
        found = mock.best_and_last(db, question_id)
        count = len(mock.attempts(db, question_id))
    st.subheader("Mock interviews", anchor=False)
    if found is None:
        st.caption("Not asked in a mock interview yet.")
    else:
        st.caption(f"Asked {many(count, 'time')}")
        best, last = found
        cards = [("Best", best), ("Last", last)]
        if best["attempt_id"] == last["attempt_id"]:
            cards = [("Best and last", last)]
        for (title, row), column in zip(cards, st.columns(2), strict=False):
            with column, st.container(border=True):
                _draw_answer(title, row)
    st.page_link(rows.MOCK_PAGE, label="Mock interview", icon=":material/timer:")


def _draw_answer(title: str, row: Row) -> None:
    st.markdown(
        f":small[:gray[{title} · {day(row['done_on'])}]]  \n**{mock_past.score_text(row)}**"
        f" · {mock_past.RATING_LABELS[row['rating']]} · {stopwatch(row['seconds'])}"
    )
    if row["notes"]:
        st.text(row["notes"])
