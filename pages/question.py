"""One question as a workspace: read, answer, tell; at its foot what finishes it."""

import streamlit as st

from prep.content.articles import Article
from prep.content.questions import Question
from prep.ui.browser import scrolling
from prep.ui.plan import session_path
from prep.ui.practice import story_bank
from prep.ui.question import reader, rows
from prep.ui.visit import session
from prep.ui.workspace import answering, article_end, details, foot, head, question_list, views
from prep.ui.workspace.views import View


def draw_view(view: View, question: Question, article: Article | None) -> None:
    """Draw the view of the question that was chosen."""
    match view, article:
        case views.READ, Article():
            reader.draw(article, counts=False)
            article_end.draw(question, article)
        case views.STORIES, _:
            story_bank.draw_of_question(question.id)
        case views.DETAILS, _:
            details.draw(question)
        case _:
            answering.draw(question, article)


question = rows.of_address()
with session.database() as db:
    path = session_path.load(db, session.clock(), session.load_plan_status(db))
    origin = question_list.of_address(db, question, path)
    article = views.article_of(db, question)
head.draw(question, origin)
with session.database() as db:
    view = views.of_address(db, question, article)
with st.container(horizontal=True, vertical_alignment="center"):
    head.draw_status(
        question.id, [details.MINE, foot.FOOT] if view == views.DETAILS else [foot.FOOT]
    )
    head.draw_time(question, views.kind_of_time(view))
views.draw(question, article, view)
draw_view(view, question, article)
with st.bottom:
    foot.draw(question.id, is_next=view != views.READ)
scrolling.to_top(f"{question.id} {view}")
