"""A question as a row or a link, the same on every page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from prep.content import questions
from prep.content.sites.markdown_folder import article_permalink
from prep.errors import UnknownQuestion
from prep.planning import moves
from prep.ui.question import moving
from prep.ui.question.moving import QUESTION_PAGE
from prep.ui.text import escape_markdown
from prep.ui.visit import session
from prep.ui.widgets import status

Row = dict[str, Any]

STORIES_PAGE = "pages/stories.py"
ANSWER_PAGE = "pages/answer.py"
READ_PAGE = "pages/read.py"
MOCK_PAGE = "pages/mock.py"
DATA_PAGE = "pages/data.py"

NEAR_EACH_WAY = 20  # questions of a category beside one of them: more than any of the sheets has


def of_address() -> Row:
    """Return the question that the page's address names; where there is none, say so and end."""
    try:
        with session.database() as db:
            return questions.get(db, st.query_params.get("id", ""))
    except UnknownQuestion as error:
        st.title("No such question", anchor=False)
        st.error(escape_markdown(str(error)))
        st.page_link("pages/sheets.py", label="All questions", icon=":material/table_rows:")
        st.stop()


def open_link(row: Row, label: str = "Open") -> None:
    """Draw a link to a question's page."""
    st.page_link(
        QUESTION_PAGE, label=label, icon=":material/open_in_full:", query_params={"id": row["id"]}
    )


def article_link(row: Row, label: str = "Article") -> None:
    """Draw a link to a question's article, nothing where it has none."""
    if row["article_url"]:
        st.page_link(
            READ_PAGE,
            label=label,
            icon=":material/menu_book:",
            query_params={"article": article_permalink(row["article_url"])},
        )


def describe(row: Row, blind: bool = False) -> str:
    """Return a question's id, category, level and difficulty on one line of Markdown.

    `blind` leaves level and difficulty out.
    """
    parts = [row["id"], row["section"]] + ([] if blind else [row["level"], row["difficulty"]])
    return " · ".join(escape_markdown(part) for part in parts if part)


def card(row: Row, minutes: int) -> None:
    """Draw a question of today with its next steps: start or done, article, put off."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"**{escape_markdown(row['title'])}**  \n{status.badge(row['status'])}"
            f" :small[:gray[{describe(row)} · {minutes} min]]"
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            if row["status"] == "todo":
                key = f"start-{row['id']}"
                status.button(row["id"], "in_progress", "Start", key)
            status.button(row["id"], "done", "Done", f"done-{row['id']}")
            moving.button(row["id"], moves.TOMORROW, "Tomorrow", f"tomorrow-{row['id']}")
            open_link(row)
            article_link(row)


def line(row: Row) -> None:
    """Draw a question on one line: a link with its id, its status, its title."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        open_link(row, label=row["id"])
        st.markdown(f"{status.badge(row['status'])} {escape_markdown(row['title'])}")
