"""Undo: a button wherever one is wanted, and what the last one had to say."""

from __future__ import annotations

from typing import Any

import streamlit as st
from sqlite_utils import Database

from prep import history
from prep.clock import Clock
from prep.ui import changes, session

_UNDONE = "undone_to_show"


def button(key: str, **look: Any) -> None:
    """Draw a button that takes the last change back; `look` as in `st.button`."""
    st.button("Undo", key=key, icon=":material/undo:", help="Takes your last change back",
              on_click=_undo, **look)  # fmt: skip


def show() -> None:
    """Show what was undone, once."""
    undone = st.session_state.pop(_UNDONE, None)
    if undone:
        st.toast(undone, icon=":material/undo:")


def _undo() -> None:
    def undo(db: Database, clock: Clock) -> None:
        undone = history.undo(db, clock)
        said = f"Undone: {changes.describe(undone)}" if undone else "There is nothing to undo."
        st.session_state[_UNDONE] = said

    session.attempt(undo)
