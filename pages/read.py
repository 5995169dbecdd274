"""The articles: the library, and one article to read."""

import streamlit as st

from prep import questions, reading
from prep.errors import UnknownArticle
from prep.site_index import ARTICLE_FOLDERS, article_folder
from prep.ui import rows, session, status
from prep.ui.text import day, plain


def toggle_read(permalink: str, read: bool) -> None:
    session.attempt(lambda db, clock: reading.mark_read(db, clock, permalink, read))


def draw_library(articles: list[rows.Row]) -> None:
    st.title("Read", anchor=False)
    read = sum(article["read_on"] is not None for article in articles)
    st.markdown(f"**{len(articles)} articles** by nSkillHub, {read} read")
    for folder, title in ARTICLE_FOLDERS.items():
        inside = [a for a in articles if article_folder(a["permalink"]) == folder]
        if inside:
            st.subheader(title, anchor=False)
            for article in inside:
                draw_entry(article)


def draw_entry(article: rows.Row) -> None:
    with st.container(gap=None):
        st.page_link(
            "pages/read.py",
            label=plain(article["title"]),
            icon=":material/check_circle:" if article["read_on"] else ":material/article:",
            query_params={"article": article["permalink"]},
        )
        st.caption(describe(article))


def describe(article: rows.Row) -> str:
    parts = [day(article["published_on"]), f"{article['minutes']} min"]
    if article["read_on"]:
        parts.append(f"read {day(article['read_on'])}")
    return " · ".join(parts)


def draw_article(article: rows.Row, question: rows.Row | None) -> None:
    st.page_link("pages/read.py", label="All articles", icon=":material/arrow_back:")
    st.title(plain(article["title"]), anchor=False)
    st.caption(f"{describe(article)} · by nSkillHub")
    if question:
        draw_question(question["id"])
    st.markdown(article["body"])
    is_read = article["read_on"] is not None
    st.button(
        "Mark as unread" if is_read else "Mark as read",
        key="mark-read",
        icon=":material/undo:" if is_read else ":material/done:",
        type="secondary" if is_read else "primary",
        on_click=toggle_read,
        args=(article["permalink"], not is_read),
    )


@st.fragment
def draw_question(question_id: str) -> None:
    with session.database() as db:
        question = questions.get(db, question_id)
    session.show_error()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        rows.open_link(question, label=question_id)
        status.control(question_id, question["status"], key=f"status-{question_id}")


permalink = st.query_params.get("article")
with session.database() as db:
    if permalink is None:
        draw_library(questions.articles(db))
        st.stop()
    try:
        article = questions.article(db, permalink)
        question = questions.question_of_article(db, permalink)
    except UnknownArticle as error:
        st.title("No such article", anchor=False)
        st.error(plain(str(error)))
        st.page_link("pages/read.py", label="All articles", icon=":material/arrow_back:")
        st.stop()

draw_article(article, question)
