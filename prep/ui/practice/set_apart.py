"""Questions that failed again and again: what to do about each."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prep.content import questions
from prep.practice.review_failures import TOO_MANY
from prep.practice.review_queue import ReviewItem
from prep.ui import page_paths
from prep.ui.text import escape_markdown
from prep.ui.visit import session


def draw(items: list[ReviewItem], on_review: Callable[[str], None]) -> None:
    """Draw what is set apart, nothing where nothing is; `on_review` is called with an id."""
    if not items:
        return
    with session.database() as db:
        titles = questions.titles(db, [item.question_id for item in items])
    st.subheader("Set apart", anchor=False)
    st.caption(
        f"Answered Again on {TOO_MANY} days in a row. Repeating them as they are helps little:"
        " rewrite the answer, shorter and in your own words, and they come back."
    )
    for item in items:
        _draw_item(item.question_id, titles[item.question_id], on_review)


def _draw_item(question_id: str, title: str, on_review: Callable[[str], None]) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{escape_markdown(title)} :small[:gray[{escape_markdown(question_id)}]]")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                page_paths.ANSWER,
                label="Rewrite its answer",
                icon=":material/edit:",
                query_params={"id": question_id},
                width="content",
            )
            st.button(
                "Review it anyway",
                key=f"anyway-{question_id}",
                type="tertiary",
                icon=":material/replay:",
                on_click=on_review,
                args=(question_id,),
            )
