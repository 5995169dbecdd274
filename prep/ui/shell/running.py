"""What is running, on every page: the day's session, a mock interview; and the way back to it."""

from __future__ import annotations

import streamlit as st
from sqlite_utils import Database

from prep.errors import DatabaseError
from prep.planning import daily_session
from prep.practice import mock
from prep.ui import page_paths
from prep.ui.plan import session_path
from prep.ui.plan.session_path import Path
from prep.ui.visit import session
from prep.ui.visit.going import Place

_SAY_IT_THEMSELVES = (page_paths.TODAY, page_paths.SESSION)


def draw(page: str) -> None:
    """Draw a line for what is running, but on the page that it leads to.

    `page` is where the page below stands. Where the database cannot be used, nothing is drawn: the
    page itself says why.
    """
    try:
        with session.opened() as db:
            has_interview = page != page_paths.MOCK and mock.running(db) is not None
            path = None if page in _SAY_IT_THEMSELVES else _running_path(db)
    except DatabaseError:
        return
    if has_interview:
        _draw_line("mock", "A mock interview is running", Place(page_paths.MOCK))
    if path is not None:
        place = session_path.next_place(path)
        if not _is_here(page, place):
            _draw_line("session", session_path.describe(path), place)


def _running_path(db: Database) -> Path | None:
    clock = session.clock()
    if daily_session.running(db, clock) is None:
        return None
    return session_path.load(db, clock, session.load_plan_status(db))


def _is_here(page: str, place: Place) -> bool:
    return page == place.page and st.query_params.get("id") == place.params.get("id")


def _draw_line(what: str, said: str, place: Place) -> None:
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        key=f"runs-{what}",
    ):
        st.markdown(f":material/play_circle: {said}", width="stretch")
        st.page_link(
            place.page,
            label="Go on",
            icon=":material/arrow_forward:",
            query_params=dict(place.params),
            width="content",
        )
        if what == "session":
            st.button("End session", key="end-session", type="tertiary", on_click=session_path.end)
