"""What the interviewer of a mock interview says: the prompt, and more of it when asked."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from sqlite_utils import Database

from prep.content import articles
from prep.content.models import SYSTEM_DESIGN
from prep.content.questions import Question
from prep.errors import UnknownArticle
from prep.practice import mock_notes, mock_prompts
from prep.practice.attempt import Attempt
from prep.ui.question import rows
from prep.ui.text import escape_markdown, sanitize_markdown
from prep.ui.visit import writes

_REQUIREMENTS_HEIGHT = 240


def draw_prompt(attempt: Attempt, question: Question, blind: bool) -> None:
    """Draw the question that is asked now, with the sheet's notes on a system-design topic."""
    if len(attempt.questions) > 1:
        st.caption(f"Question {attempt.current + 1} of {len(attempt.questions)}")
    st.subheader(escape_markdown(question.title), anchor=False)
    st.caption(rows.describe(question, blind))
    if question.sheet == SYSTEM_DESIGN and question.notes:
        st.markdown(f":gray[The sheet notes:] {escape_markdown(question.notes)}")


def draw_asking(db: Database, attempt: Attempt, question: Question) -> None:
    """Draw what was asked for so far, and the buttons that ask for more, one thing at a time."""
    body = _article(db, question)
    needs = mock_prompts.requirements(body) if body and question.sheet == SYSTEM_DESIGN else None
    prompts = mock_prompts.follow_ups(question.sheet, body)
    asked = min(attempt.follow_ups.get(question.id, 0), len(prompts))
    is_told = question.id in attempt.told
    if needs and is_told:
        with (
            st.expander("Requirements", key="requirements", expanded=True),
            st.container(height=_REQUIREMENTS_HEIGHT, border=False),  # the notes stay in sight
        ):
            st.markdown(sanitize_markdown(needs))
    _draw_follow_ups(prompts[:asked])
    with st.container(horizontal=True):
        if needs and not is_told:
            st.button(
                "Ask for the requirements",
                key="ask-requirements",
                icon=":material/help:",
                on_click=_write,
                args=(lambda db: mock_notes.tell_requirements(db, attempt.id, question.id),),
            )
        if asked < len(prompts):
            st.button(
                "Next follow-up" if asked else "Ask me a follow-up",
                key="ask-follow-up",
                icon=":material/forum:",
                help=f"{len(prompts) - asked} left",
                on_click=_write,
                args=(lambda db: mock_notes.ask_follow_up(db, attempt.id, question.id, asked + 1),),
            )


def _draw_follow_ups(asked: list[str]) -> None:
    """Draw what was asked so far: the last stands out, it is the one to answer."""
    if not asked:
        return
    *before, last = map(escape_markdown, asked)
    lines = [*(f"{n}. :gray[{prompt}]" for n, prompt in enumerate(before, 1))]
    st.markdown("\n".join([*lines, f"{len(asked)}. **{last}**"]))


def _article(db: Database, question: Question) -> str | None:
    if not question.permalink:
        return None
    try:
        return articles.get(db, question.permalink).body
    except UnknownArticle:  # the sheet links an article that was not imported
        return None


def _write(write: Callable[[Database], None]) -> None:
    writes.attempt(lambda db, _clock: write(db))
