"""A question as a card, a line or a link, the same on every page."""

from __future__ import annotations

import streamlit as st

from prep.content import questions
from prep.content.models import Status
from prep.content.questions import Question
from prep.errors import UnknownQuestion
from prep.planning import moves
from prep.progress.tracker import Tracker
from prep.ui import page_paths
from prep.ui.question import moving
from prep.ui.text import escape_markdown
from prep.ui.visit import going, session, writes
from prep.ui.visit.going import Place
from prep.ui.widgets import status

FROM, TODAY = "from", "today"  # in a question's address: the list that it was opened from
NEAR_EACH_WAY = 20  # questions of a category beside one of them: more than any of the sheets has


def of_address() -> Question:
    """Return the question that the page's address names; where there is none, say so and end."""
    try:
        with session.database() as db:
            return questions.get(db, st.query_params.get("id", ""))
    except UnknownQuestion as error:
        st.title("No such question", anchor=False)
        st.error(escape_markdown(str(error)))
        st.page_link(page_paths.SHEETS, label="All questions", icon=":material/table_rows:")
        st.stop()


def place(question_id: str, origin: str | None = None) -> Place:
    """Return the page of a question; `origin` names the list that it is opened from."""
    params = {"id": question_id} | ({FROM: origin} if origin else {})
    return Place(page_paths.QUESTION, params)


def open_link(question_id: str, label: str = "Open", origin: str | None = None) -> None:
    """Draw a link to a question's page, opened from the list that `origin` names."""
    found = place(question_id, origin)
    st.page_link(
        found.page, label=label, icon=":material/open_in_full:", query_params=dict(found.params)
    )


def article_link(permalink: str | None, label: str = "Article") -> None:
    """Draw a link to a question's article, nothing where it has none."""
    if permalink:
        st.page_link(
            page_paths.READ,
            label=label,
            icon=":material/menu_book:",
            query_params={"article": permalink},
        )


def describe(question: Question, blind: bool = False) -> str:
    """Return a question's id, category, level and difficulty on one line of Markdown.

    `blind` leaves level and difficulty out.
    """
    graded = () if blind else (question.level, question.difficulty)
    return joined(question.id, question.category, *graded)


def joined(*parts: str | None) -> str:
    """Return what there is of these on one line of Markdown."""
    return " · ".join(escape_markdown(part) for part in parts if part)


def card(question: Question, minutes: str) -> None:
    """Draw a question of today with its next steps: open it, done, put off.

    `minutes` says how long it takes, in words.
    """
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"**{escape_markdown(question.title)}**  \n{status.badge(question.status)}"
            f" :small[:gray[{describe(question)} · {minutes}]]"
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            if question.status == "todo":
                st.button(
                    "Start",
                    key=f"start-{question.id}",
                    icon=status.ICONS["in_progress"],
                    on_click=_start,
                    args=(question.id,),
                )
            else:
                open_link(question.id, "Go on", TODAY)
            status.button(question.id, "done", "Done", f"done-{question.id}")
            moving.button(question.id, moves.TOMORROW, "Tomorrow", f"tomorrow-{question.id}")
            if question.status == "todo":
                open_link(question.id, origin=TODAY)


def _start(question_id: str) -> None:
    """Begin a question and open it; from a callback."""
    if writes.attempt(lambda db, clock: Tracker(db, clock).set_status(question_id, "in_progress")):
        going.to(place(question_id, TODAY))


def line(question_id: str, title: str, status_now: Status, origin: str | None = None) -> None:
    """Draw a question on one line: a link with its id, its status, its title."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        open_link(question_id, question_id, origin)
        st.markdown(f"{status.badge(status_now)} {escape_markdown(title)}")
