"""What stands around every page: the sidebar with search, undo and who is signed in."""

from __future__ import annotations

import streamlit as st

from prep.ui import backups, conflict, search_box, session, sign_in, undo


def draw_sidebar() -> None:
    """Draw the part of the sidebar below the menu, and what an undo had to say."""
    session.begin_run()
    with st.sidebar:
        search_box.draw_button()
        undo.button("undo", width="stretch")
        sign_in.draw_account()
    sign_in.draw_warning()
    undo.show()
    backups.draw_daily()
    conflict.draw()
