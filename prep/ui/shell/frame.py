"""What stands around every page: the sidebar with search, undo and who is signed in."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from prep.ui.browser import autosave, menu
from prep.ui.data import backups
from prep.ui.shell import conflict, running, search_box, undo
from prep.ui.visit import database_error, sign_in


def draw_sidebar(page: str) -> DeltaGenerator:
    """Draw the part of the sidebar below the menu, and what an undo or a restore had to say.

    `page` is where the page below stands. Return the place above it for `draw_notices`.
    """
    with st.sidebar:
        search_box.draw_button()
        undo.draw_in_sidebar()
        sign_in.draw_account()
        autosave.draw()
        menu.draw()
    with st.container():  # whatever is in it, it keeps the page in its place
        sign_in.draw_warning()
        undo.show()
        database_error.show_restored()
        conflict.draw()
        running.draw(page)
    return st.container()


def draw_notices(place: DeltaGenerator) -> None:
    """Draw what the person should know, once the page is there; where it ended early, nothing."""
    with place:
        backups.draw_daily()
