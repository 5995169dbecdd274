"""Undo and redo: buttons that name what they would do, and what the last one had to say."""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.errors import DatabaseError
from prep.store import cache, undo_redo
from prep.store.change_list import FieldChange
from prep.ui.browser import deferred_refresh
from prep.ui.visit import session, writes
from prep.ui.widgets import changes

_SAID = "undone_to_show"


class Offer(NamedTuple):
    """What undo would take back and redo bring back: each the fields of a change, empty for none.

    Read together with what else the page shows, before it is drawn.
    """

    undo: list[FieldChange]
    redo: list[FieldChange]


def offer(db: Database) -> Offer:
    """Return what undo and redo would do now."""
    return Offer(undo_redo.to_undo(db), undo_redo.to_redo(db))


@st.fragment(key=deferred_refresh.UNDO)
def draw_in_sidebar() -> None:
    """Draw the buttons that stand beside every page; they are kept up to date.

    Where the database cannot be used, there are none: the page itself says why.
    """
    try:
        with session.opened() as db:
            st.session_state[deferred_refresh.UNDO] = cache.personal(db)
            offered = offer(db)
    except DatabaseError:
        return
    draw(offered, "", is_apart=True, width="stretch")


def draw(offered: Offer, where: str, *, is_apart: bool = False, **look: Any) -> None:
    """Draw Undo, and Redo where there is something to redo; `look` as in `st.button`.

    `where` ends their keys, and tells those of one page from one another. `is_apart`: they stand in
    a fragment that shows nothing of what changes, so that a click has the whole page drawn anew.
    """
    last, following = offered
    named = f"Takes back: {changes.describe(last)}" if last else "There is nothing to undo"
    st.button(
        "Undo",
        key=f"undo{where}",
        icon=":material/undo:",
        help=named,
        on_click=_undo,
        args=(is_apart,),
        **look,
    )
    if following:
        named = f"Brings back: {changes.describe(following)}"
        st.button(
            "Redo",
            key=f"redo{where}",
            icon=":material/redo:",
            help=named,
            on_click=_redo,
            args=(is_apart,),
            **look,
        )


def show() -> None:
    """Show what was undone or redone, once."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.toast(said[0], icon=said[1])


def _undo(is_apart: bool) -> None:
    def undo(db: Database, clock: Clock) -> None:
        _say(undo_redo.undo(db, clock), "undo", "Undone")

    writes.attempt(undo)
    if is_apart:
        st.rerun()


def _redo(is_apart: bool) -> None:
    def redo(db: Database, clock: Clock) -> None:
        _say(undo_redo.redo(db, clock), "redo", "Redone")

    writes.attempt(redo)
    if is_apart:
        st.rerun()


def _say(done: list[FieldChange], act: str, word: str) -> None:
    said = f"{word}: {changes.describe(done)}" if done else f"There is nothing to {act}."
    st.session_state[_SAID] = (said, f":material/{act}:")
