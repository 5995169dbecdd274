"""Moving a question in the plan: a button, a menu, a date."""

from __future__ import annotations

from datetime import date

import streamlit as st
from sqlite_utils import Database

from prep import moves, standing
from prep.clock import Clock
from prep.tracker import Tracker
from prep.ui import session

_LABELS = {
    moves.TOMORROW: ":material/redo: Tomorrow",
    moves.EARLIER: ":material/arrow_upward: A study day earlier",
    moves.LATER: ":material/arrow_downward: A study day later",
    moves.SKIP: ":material/block: Leave out",
    moves.BACK: ":material/settings_backup_restore: Back to the plan",
}


def button(question_id: str, move: str, text: str, key: str) -> None:
    """Draw one button that moves a question."""
    st.button(text, key=key, icon=":material/redo:", on_click=by_hand, args=([question_id], move))


def menu(question_id: str, key: str) -> None:
    """Draw a menu of the moves of a question that is in the plan."""
    st.menu_button(
        "Move",
        [move for move in moves.MOVES if move != moves.BACK],
        format_func=_LABELS.__getitem__,
        key=key,
        type="tertiary",
        on_click=_from_menu,
        args=(question_id, key),
    )


def by_hand(ids: list[str], move: str | date) -> None:
    """Move questions, as one change, from a callback."""

    def write(db: Database, clock: Clock) -> None:
        outlook = standing.load(db, clock.today())
        edits = {question_id: moves.fields(outlook, question_id, move) for question_id in ids}
        Tracker(db, clock).edit(edits)

    session.attempt(write)


def _from_menu(question_id: str, key: str) -> None:
    by_hand([question_id], st.session_state[key])
