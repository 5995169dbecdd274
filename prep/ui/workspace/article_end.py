"""The end of an article on the page of its question: it is read, now it is answered."""

from __future__ import annotations

import streamlit as st

from prep.content.articles import Article
from prep.content.questions import Question
from prep.progress import reading
from prep.ui.visit import writes
from prep.ui.workspace import views


def draw(question: Question, article: Article) -> None:
    """Draw the step from the article to the answer; reading is noted with it."""
    is_read = article.read_on is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Write the answer" if is_read else "Read. Now write the answer",
            key="read-and-answer",
            type="primary",
            icon=":material/edit:",
            on_click=_answer,
            args=(article.permalink, is_read),
        )
        if is_read:
            st.button(
                "Mark as unread",
                key="mark-read",
                icon=":material/undo:",
                type="tertiary",
                on_click=_mark_unread,
                args=(article.permalink,),
            )


def _answer(permalink: str, is_read: bool) -> None:
    if is_read or _is_marked(permalink, True):
        views.show(views.ANSWER)


def _mark_unread(permalink: str) -> None:
    _is_marked(permalink, False)


def _is_marked(permalink: str, is_read: bool) -> bool:
    return writes.attempt(lambda db, clock: reading.mark_read(db, clock, permalink, is_read))
