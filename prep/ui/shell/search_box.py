"""Search from every page: a button and a key open it, results follow the typing."""

from __future__ import annotations

import streamlit as st

from prep.content import search
from prep.content.search import MATCH_END, MATCH_START, Hit
from prep.ui import page_paths
from prep.ui.browser import component
from prep.ui.text import escape_markdown
from prep.ui.visit import session

_focus_input = component.load("search")

HITS_SHOWN = 8
_ICONS = {
    "question": ":material/help:",
    "article": ":material/menu_book:",
    "note": ":material/edit_note:",
}


def draw_button() -> None:
    """Draw the button that opens the search."""
    if st.button(
        "Search", key="search", icon=":material/search:", shortcut="Ctrl+K", width="stretch"
    ):
        _draw_dialog()


@st.dialog("Search", width="medium", icon=":material/search:")
def _draw_dialog() -> None:
    query = st.text_input(
        "Search questions, articles and your notes",
        key="search-query",
        type="search",
        live="10ms",
        label_visibility="collapsed",
        placeholder="Search questions, articles and your notes",
    )
    _focus_input(key="search-focus")
    if not query:
        st.caption("Any words, in any order. The last may be unfinished.")
        return
    with session.database() as db:
        result = search.search(db, query, HITS_SHOWN)
    if result.corrected:
        st.caption(f"Showing results for **{escape_markdown(result.corrected)}**")
    if not result.hits:
        st.caption(f"Nothing found for {escape_markdown(query)}.")
    for hit in result.hits:
        _draw_hit(hit)


def _draw_hit(hit: Hit) -> None:
    with st.container(gap=None):
        _draw_link(hit)
        where = f"**{escape_markdown(hit.section_heading)}** · " if hit.section_heading else ""
        st.caption(where + _marked(hit.snippet))


def _draw_link(hit: Hit) -> None:
    label, icon = escape_markdown(hit.title), _ICONS[hit.kind]
    if hit.id.startswith("/"):
        query = {"article": hit.id, "section": hit.anchor} if hit.anchor else {"article": hit.id}
        st.page_link(page_paths.READ, label=label, icon=icon, query_params=query)
    else:
        st.page_link(page_paths.QUESTION, label=label, icon=icon, query_params={"id": hit.id})


def _marked(snippet: str) -> str:
    """Return the snippet as Markdown with its matches in bold."""
    return escape_markdown(snippet).replace(MATCH_START, "**").replace(MATCH_END, "**")
