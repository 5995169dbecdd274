"""The end of an article that answers a question: it is read, now one answers oneself."""

from __future__ import annotations

import streamlit as st

from prep.content.articles import Article
from prep.content.questions import Question
from prep.progress import reading
from prep.ui.question import rows
from prep.ui.visit import going, writes
from prep.ui.visit.going import Place
from prep.ui.workspace import views


def draw(question: Question, article: Article) -> None:
    """Draw the step from the article to the answer, which stands in another view of the page."""
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_step(article, question.id, st.query_params.get(rows.FROM))
        if article.read_on is not None:
            st.button(
                "Mark as unread",
                key="mark-read",
                icon=":material/undo:",
                type="tertiary",
                on_click=_mark_unread,
                args=(article.permalink,),
            )


def draw_step(article: Article, question_id: str, origin: str | None = None) -> None:
    """Draw the button that leads from an article to the answer; reading is noted with it."""
    is_read = article.read_on is not None
    st.button(
        "Write the answer" if is_read else "Read. Now write the answer",
        key="read-and-answer",
        type="primary",
        icon=":material/edit:",
        on_click=_answer,
        args=(article.permalink, is_read, question_id, origin),
    )


def _answer(permalink: str, is_read: bool, question_id: str, origin: str | None) -> None:
    if is_read or _mark(permalink, True):
        place = rows.place(question_id, origin)
        going.to(Place(place.page, {**place.params, views.VIEW: views.ANSWER}))


def _mark_unread(permalink: str) -> None:
    _mark(permalink, False)


def _mark(permalink: str, is_read: bool) -> bool:
    return writes.attempt(lambda db, clock: reading.mark_read(db, clock, permalink, is_read))
