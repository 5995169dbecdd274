"""Moving a question in the plan: a button, a menu, a date."""

from __future__ import annotations

from datetime import date

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.planning import moves, plan_status, scope
from prep.progress.tracker import Tracker
from prep.ui import page_paths
from prep.ui.visit import writes

_OPEN, _PIN = "open", "pin"
_LABELS = {
    _OPEN: ":material/open_in_full: Open",
    moves.TOMORROW: ":material/redo: Tomorrow",
    moves.EARLIER: ":material/arrow_upward: A study day earlier",
    moves.LATER: ":material/arrow_downward: A study day later",
    _PIN: ":material/keep: Pin",
    moves.SKIP: ":material/block: Leave out",
    moves.BACK: ":material/settings_backup_restore: Back to the plan",
}


def button(question_id: str, move: str, text: str, key: str) -> None:
    """Draw one button that moves a question."""
    st.button(text, key=key, icon=":material/redo:", on_click=by_hand, args=([question_id], move))


def menu(question_id: str, key: str) -> None:
    """Draw the id of a question in the plan as a button: its menu opens its page, or moves it."""
    chosen = st.menu_button(
        question_id,
        [option for option in _LABELS if option != moves.BACK],
        format_func=_LABELS.__getitem__,
        key=key,
        type="tertiary",
        on_click=_from_menu,
        args=(question_id, key),
    )
    if chosen == _OPEN:
        st.switch_page(page_paths.QUESTION, query_params={"id": question_id})


def by_hand(ids: list[str], move: str | date) -> None:
    """Move questions, as one change, from a callback."""

    def write(db: Database, clock: Clock) -> None:
        plan = plan_status.load(db, clock.today())
        edits = {question_id: moves.fields(plan, question_id, move) for question_id in ids}
        Tracker(db, clock).edit(edits)

    writes.attempt(write)


def _from_menu(question_id: str, key: str) -> None:
    move = st.session_state[key]
    if move == _PIN:
        edits = {question_id: scope.PIN}
        writes.attempt(lambda db, clock: Tracker(db, clock).edit(edits))
    elif move != _OPEN:
        by_hand([question_id], move)
