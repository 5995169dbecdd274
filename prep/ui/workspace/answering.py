"""Answering a question: the text, beside it the article where that is wanted, and speaking it."""

from __future__ import annotations

import streamlit as st

from prep.content.articles import Article
from prep.content.questions import Question
from prep.practice import answers
from prep.progress import settings
from prep.ui.practice import editor, recorder
from prep.ui.question import reader
from prep.ui.visit import session

BESIDE_HEIGHT = 720  # pixels of the article beside the answer, which scrolls by itself


def draw(question: Question, article: Article | None) -> None:
    """Draw the answer to be written, and below it the place to say it aloud."""
    if article is None:
        editor.draw(question)
    else:
        _draw_with_article(question, article)
    _draw_rehearsal(question)


def _draw_with_article(question: Question, article: Article) -> None:
    if not st.toggle("Article beside it", key="beside", bind="query-params"):
        editor.draw(question)
        return
    reading, writing = st.columns(2, gap="medium")
    with reading, st.container(height=BESIDE_HEIGHT):
        reader.draw(article, counts=False)
    with writing:
        editor.draw(question)


def _draw_rehearsal(question: Question) -> None:
    with st.expander(
        "Say it aloud", key="say-aloud", icon=":material/mic:", on_change="rerun"
    ) as panel:
        if not panel.open:
            return
        with session.database() as db:
            text = answers.typed(db, question.id)
            minutes = answers.target_minutes(question, text, settings.load(db))
        recorder.draw("answer", question.id, minutes and 60 * minutes)
