"""The articles: the library, and one article to read."""

import streamlit as st

from prep.content import articles, questions
from prep.content.articles import Article, ArticleEntry
from prep.content.questions import Question
from prep.content.sites.index import ARTICLE_FOLDERS, SITE
from prep.errors import UnknownArticle
from prep.planning.wording import day
from prep.progress import reading
from prep.ui import page_paths
from prep.ui.question import progress_form, reader, rows
from prep.ui.text import address, escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import paging, status
from prep.ui.workspace import article_end

Neighbours = tuple[ArticleEntry | None, ArticleEntry | None]

ARTICLES_A_PAGE = 60
READING_STATES = ["Unread", "In progress", "Read"]


def toggle_read(permalink: str, read: bool) -> None:
    """Mark an article as read, or as unread; from a callback."""
    writes.attempt(lambda db, clock: reading.mark_read(db, clock, permalink, read))


def draw_library(every: list[ArticleEntry]) -> None:
    """Draw all articles, by shelf."""
    st.title("Read", anchor=False)
    read = sum(article.read_on is not None for article in every)
    st.markdown(f"**{len(every)} articles**, {read} read")
    shown = filtered(every)
    if not shown:
        st.info("No article matches these filters.", icon=":material/search_off:")
    shelves: dict[str, list[ArticleEntry]] = {}
    for article in shown:
        shelves.setdefault(article.shelf, []).append(article)
    order = [*ARTICLE_FOLDERS.values(), *sorted(shelves)]
    before = paging.draw(len(shown), ARTICLES_A_PAGE, key="articles-page")
    left = ARTICLES_A_PAGE
    for shelf in sorted(shelves, key=order.index):
        part = shelves[shelf][before : before + left]
        before = max(before - len(shelves[shelf]), 0)
        left -= len(part)
        if part:
            draw_shelf(shelf, shelves[shelf], part)


def draw_shelf(shelf: str, every: list[ArticleEntry], part: list[ArticleEntry]) -> None:
    """Draw a part of a shelf's articles, and how many of all are read."""
    read = sum(article.read_on is not None for article in every)
    st.subheader(escape_markdown(shelf), anchor=False)
    st.caption(f"{read} of {len(every)} read")
    for article in part:
        draw_entry(article)


def filtered(every: list[ArticleEntry]) -> list[ArticleEntry]:
    """Draw the filters of the library; return the articles that they leave."""
    with st.container(horizontal=True, vertical_alignment="center"):
        state = st.segmented_control(
            "State",
            ["All", *READING_STATES],
            default="All",
            required=True,
            key="state",
            bind="query-params",
            label_visibility="collapsed",
            wrap=True,
        )
        linked = st.toggle("Answers a question", key="linked", bind="query-params")
        words = st.text_input(
            "Words in the title",
            key="title",
            bind="query-params",
            type="search",
            live=True,
            placeholder="Words in the title",
            label_visibility="collapsed",
            width=220,
        )
    return [
        article
        for article in every
        if (state == "All" or reading_state(article) == state)
        and (not linked or article.question_id)
        and all(word in article.title.lower() for word in (words or "").lower().split())
    ]


def reading_state(article: ArticleEntry) -> str:
    """Return the name of an article's reading state, as the filter has it."""
    if article.read_on:
        return "Read"
    return "In progress" if article.last_heading else "Unread"


def draw_entry(article: ArticleEntry) -> None:
    """Draw an article as a line of the library."""
    st.page_link(
        page_paths.READ,
        label=f"{escape_markdown(article.title)} :small[:gray[{describe(article)}]]",
        icon=":material/check_circle:" if article.read_on else ":material/article:",
        query_params={"article": article.permalink},
    )


def describe(article: ArticleEntry) -> str:
    """Return an article's date, length and how far it is read."""
    parts = [day(article.published_on), f"{article.minutes} min"]
    if article.read_on:
        parts.append(f"read {day(article.read_on)}")
    elif article.last_heading:
        parts.append(f"stopped at {escape_markdown(article.last_heading)}")
    return " · ".join(parts)


def draw_article(article: Article, neighbours: Neighbours) -> None:
    """Draw an article, the status of its question above it, and its ending."""
    with st.container():  # whatever is in it, it keeps the article in its place
        draw_head(article)
    if question:
        draw_question(question.id)
    reader.draw(article)
    draw_ending(article, question, neighbours)


def draw_head(article: Article) -> None:
    """Draw an article's title and facts, and the way back to the place reached in it."""
    st.page_link(page_paths.READ, label="All articles", icon=":material/arrow_back:")
    st.title(escape_markdown(article.title), anchor=False)
    st.caption(f"{describe(article)} · {credit(article)}{spent(article.seconds)}")
    if article.last_anchor and article.last_heading and not article.read_on:
        heading = escape_markdown(article.last_heading)
        st.markdown(f":material/bookmark: [Continue at {heading}]({address(article.last_anchor)})")


def credit(article: Article) -> str:
    """Return by whom an article is."""
    return "by nSkillHub" if article.site == SITE else escape_markdown(article.site)


def spent(seconds: int) -> str:
    """Return the time spent on an article, empty below a minute."""
    return f" · {seconds // 60} min spent" if seconds >= 60 else ""


def draw_ending(article: Article, question: Question | None, neighbours: Neighbours) -> None:
    """Draw what one does at an article's end: answer its question, mark it, go on to the next."""
    is_read = article.read_on is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        if question is not None:
            article_end.draw_step(article, question.id)
        st.button(
            "Mark as unread" if is_read else "Mark as read",
            key="mark-read",
            icon=":material/undo:" if is_read else ":material/done:",
            type="secondary" if is_read or question else "primary",
            on_click=toggle_read,
            args=(article.permalink, not is_read),
        )
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        for word, icon, other in zip(
            ("Previous", "Next"), ("arrow_back", "arrow_forward"), neighbours, strict=True
        ):
            if other:
                st.page_link(
                    page_paths.READ,
                    label=f"{word}: {escape_markdown(other.title)}",
                    icon=f":material/{icon}:",
                    query_params={"article": other.permalink},
                )


@st.fragment
def draw_question(question_id: str) -> None:
    """Draw the status of the question that the article answers."""
    with session.database() as db:
        question = questions.get(db, question_id)
    writes.show_error()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        rows.open_link(question_id, label=question_id)
        status.control(question_id, question.status, key=f"status-{question_id}")
    with st.expander("My notes, and the rest of the category", on_change="rerun") as more:
        if more.open:
            draw_beside(question)


def draw_beside(question: Question) -> None:
    """Draw the notes on that question, and the questions near it."""
    progress_form.draw_notes(question)
    with session.database() as db:
        near = questions.near(db, question, rows.NEAR_EACH_WAY)
    for other in near:
        rows.line(other.id, other.title, other.status)


permalink = st.query_params.get("article")
with session.database() as db:
    if permalink is None:
        draw_library(articles.list_articles(db))
        st.stop()
    try:
        article = articles.get(db, permalink)
        question = questions.of_article(db, article.permalink)
        neighbours = articles.neighbours(db, article.permalink)
    except UnknownArticle as error:
        st.title("No such article", anchor=False)
        st.error(escape_markdown(str(error)))
        st.page_link(page_paths.READ, label="All articles", icon=":material/arrow_back:")
        st.stop()

draw_article(article, neighbours)
