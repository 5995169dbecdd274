"""What stands around every page: the sidebar with undo, and where refusals are shown."""

from __future__ import annotations

import streamlit as st
from sqlite_utils import Database

from prep import history
from prep.clock import Clock
from prep.ui import changes, search_box, session

_UNDONE = "undone_to_show"


def draw_sidebar() -> None:
    """Draw the part of the sidebar below the menu, and what an undo had to say."""
    with st.sidebar:
        search_box.draw_button()
        st.button(
            "Undo",
            key="undo",
            icon=":material/undo:",
            help="Takes your last change back",
            on_click=_undo,
            width="stretch",
        )
    undone = st.session_state.pop(_UNDONE, None)
    if undone:
        st.toast(undone, icon=":material/undo:")


def _undo() -> None:
    def undo(db: Database, clock: Clock) -> None:
        undone = history.undo(db, clock)
        said = f"Undone: {changes.describe(undone)}" if undone else "There is nothing to undo."
        st.session_state[_UNDONE] = said

    session.attempt(undo)
