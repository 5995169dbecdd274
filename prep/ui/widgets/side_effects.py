"""What a change brought about besides what was asked for: a line where it was made, with Undo.

The line stays until something else is changed or it is undone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.errors import InvalidValue
from prep.store import change_list, undo_redo
from prep.store.change_list import FieldChange
from prep.store.database import writing
from prep.ui.visit import session, writes
from prep.ui.visit.writes import Write

_TOLD = "side_effects"  # by the place of the page that tells them


class _Told(NamedTuple):
    sentence: str
    change_id: int


def attempt(place: str, write: Write, describe: Callable[[list[FieldChange]], str]) -> bool:
    """Run a write from a callback, as `writes.attempt` does, and tell at a place what came with it.

    `describe` is given the fields of the change that was made, and returns Markdown, or an empty
    text where there is nothing to tell.
    """
    made: list[FieldChange] = []

    def write_and_look(db: Database, clock: Clock) -> None:
        with writing(db):
            before = undo_redo.last_undoable(db)
            write(db, clock)
            last = undo_redo.last_undoable(db)
            if last is not None and last != before:
                made.extend(change_list.changes(db, change_id=last))

    taken = writes.attempt(write_and_look)
    sentence = describe(made) if taken and made else ""
    if sentence:
        _told()[place] = _Told(sentence, made[0].change_id)
    return taken


def draw(place: str, on_undo: Callable[[str], None] | None = None) -> None:
    """Draw what is told at a place, with a button that undoes the change.

    `on_undo` is called with the place when it is clicked, in the place of `undo`.
    """
    told = _told().get(place)
    if told is None:
        return
    with session.database() as db:
        is_last = undo_redo.last_undoable(db) == told.change_id
    if not is_last:
        del _told()[place]
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f":small[{told.sentence}]", width="content")
        st.button(
            "Undo",
            key=f"undo-{place}",
            icon=":material/undo:",
            type="tertiary",
            on_click=on_undo or undo,
            args=(place,),
        )


def undo(place: str, reverse: Write = undo_redo.undo) -> None:
    """Undo the change that is told of at a place, from a callback; `reverse` is what does it."""
    told = _told().get(place)
    if told is None:
        return

    def undo_that(db: Database, clock: Clock) -> None:
        with writing(db):
            if undo_redo.last_undoable(db) != told.change_id:
                raise InvalidValue("something else was changed since: undo that first")
            reverse(db, clock)

    if writes.attempt(undo_that):
        _told().pop(place, None)


def _told() -> dict[str, _Told]:
    told: dict[str, _Told] = st.session_state.setdefault(_TOLD, {})
    return told
