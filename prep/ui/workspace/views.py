"""The views of a question: reading its article, answering, its stories, all the rest."""

from __future__ import annotations

from typing import Final, Literal

import streamlit as st
from sqlite_utils import Database

from prep.content import articles
from prep.content.articles import Article
from prep.content.models import BEHAVIORAL
from prep.content.questions import Question
from prep.errors import UnknownArticle
from prep.practice import answers
from prep.progress.time_spent import ANSWERING, READING, Kind
from prep.ui.visit import writes
from prep.ui.widgets import bound

View = Literal["read", "answer", "stories", "details"]
READ: Final = "read"
ANSWER: Final = "answer"
STORIES: Final = "stories"
DETAILS: Final = "details"
VIEW = "view"  # in the address

_LABELS: dict[View, str] = {
    READ: "Read",
    ANSWER: "Answer",
    STORIES: "Stories",
    DETAILS: "Details",
}


def article_of(db: Database, question: Question) -> Article | None:
    """Return the article that answers a question, None where it has none."""
    if not question.permalink:
        return None
    try:
        return articles.get(db, question.permalink)
    except UnknownArticle:
        return None


def of_address(db: Database, question: Question, article: Article | None) -> View:
    """Return the view in the page's address; where it names none, that in which work goes on."""
    said = st.query_params.get(VIEW)
    offered = _offered(question, article)
    chosen = next((view for view in offered if view == said), None)
    return chosen or _next_opened(db, question, article)


def draw(question: Question, article: Article | None, chosen: View) -> None:
    """Draw the choice of a view, which stands in the address."""
    key = bound.bind(f"view-{question.id}", chosen)
    st.segmented_control(
        "View",
        _offered(question, article),
        key=key,
        format_func=_LABELS.__getitem__,
        required=True,
        label_visibility="collapsed",
        wrap=True,
        on_change=_choose,
        args=(key,),
    )


def kind_of_time(view: View) -> Kind:
    """Return what the time in a view goes into."""
    return READING if view == READ else ANSWERING


def show(view: View) -> None:
    """Have the page show a view; from a callback."""
    st.query_params[VIEW] = view


def _offered(question: Question, article: Article | None) -> list[View]:
    return [view for view in _LABELS if _is_offered(view, question, article)]


def _is_offered(view: View, question: Question, article: Article | None) -> bool:
    if view == READ:
        return article is not None
    return view != STORIES or question.sheet == BEHAVIORAL


def _next_opened(db: Database, question: Question, article: Article | None) -> View:
    """Return the view in which the work on a question goes on: what is unread comes first."""
    has_answer = bool(answers.typed(db, question.id))
    return READ if article and article.read_on is None and not has_answer else ANSWER


def _choose(key: str) -> None:
    writes.keep_typed()
    if bound.is_changed(key):
        show(st.session_state[key])
