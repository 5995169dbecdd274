"""What stands above a question: where it stands in its list, its status, the time that runs."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.questions import Question
from prep.progress import reading, time_spent
from prep.progress.time_spent import Kind
from prep.store import cache
from prep.ui import page_paths
from prep.ui.browser import deferred_refresh, stopwatch
from prep.ui.question import rows
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import status
from prep.ui.workspace.question_list import QuestionList


def draw(question: Question, origin: QuestionList) -> None:
    """Draw the way back to the list, and the question's title with what the sheet says of it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(
            origin.place.page,
            label=escape_markdown(origin.title),
            icon=":material/arrow_back:",
            query_params=dict(origin.place.params),
            width="content",
        )
        position = origin.position(question.id)
        if position:
            today = " today" if origin.place.page == page_paths.TODAY else ""
            st.caption(f"{position}{today}", width="content")
    st.header(escape_markdown(question.title), anchor=False)
    st.caption(rows.describe(question))


@st.fragment
def draw_status(question_id: str, refreshed: Sequence[str]) -> None:
    """Draw the status; a change is answered here, by the fragments of these names after that."""
    with session.database() as db:
        question, version = questions.get(db, question_id), cache.personal(db)
    writes.show_error()
    status.control(question_id, question.status, key=f"status-{question_id}")
    deferred_refresh.follow(refreshed, version, question_id)


@st.fragment
def draw_time(question: Question, kind: Kind) -> None:
    """Draw the time spent on the question today; what runs from now on goes into this kind."""
    with session.database() as db:
        seconds = time_spent.seconds_on(db, question.id, session.today())

    def keep(more: int) -> None:
        writes.attempt(lambda db, clock: _add(db, clock, question, kind, more))

    stopwatch.draw(question.id, seconds, keep)


def _add(db: Database, clock: Clock, question: Question, kind: Kind, seconds: int) -> None:
    time_spent.add(db, clock, question.id, kind, seconds)
    if kind == time_spent.READING and question.permalink:
        reading.add_seconds(db, question.permalink, seconds)
