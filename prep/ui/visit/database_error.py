"""A database that cannot be used: what is wrong, another try, and the way back to a backup."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from prep.clock import Clock
from prep.errors import DamagedDatabase, DatabaseError, PrepError
from prep.exchange import restore_backup
from prep.store import own_files
from prep.ui.text import escape_markdown, moment
from prep.ui.visit import sign_in

_REFUSED = "restore_refused"
_RESTORED = "restored_to_show"


def draw(error: DatabaseError, path: Path, clock: Clock) -> None:
    """Draw what is wrong with the database at `path`, and what can be done about it here."""
    st.error(escape_markdown(str(error)), icon=":material/error:")
    with st.container(horizontal=True):
        st.button("Try again", icon=":material/refresh:", key="try-again")
        if isinstance(error, DamagedDatabase):
            _draw_way_back(path, clock)
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        st.error(escape_markdown(refused), icon=":material/error:")


def say_restored(kept: Path | None) -> None:
    """Have `show_restored` say that a backup was put back, and where what was before is."""
    where = f" What was before is kept in {escape_markdown(str(kept))}" if kept else ""
    st.session_state[_RESTORED] = f"The backup is back.{where}"


def show_restored() -> None:
    """Show, once, that a backup was put back."""
    said = st.session_state.pop(_RESTORED, None)
    if said:
        st.success(said, icon=":material/history:")


def _draw_way_back(path: Path, clock: Clock) -> None:
    """Draw the newest sound backup, put back by a second click."""
    made = restore_backup.newest_sound(path)
    if made is None:
        st.caption("There is no sound backup of it.", width="content")
        return
    when = moment(made.at, clock)
    with st.popover(f"Put back the backup of {when}", icon=":material/history:"):
        st.caption(
            "Everything becomes as it was then. The damaged file stays beside it, as"
            f" {escape_markdown(own_files.real(path).name)}\\.damaged"
        )
        st.button(
            "Put it back",
            key="put-newest-back",
            type="primary",
            on_click=_put_back,
            args=(made.path, path),
        )


def _put_back(source: Path, path: Path) -> None:
    try:
        sign_in.account()  # raises where the one whose file it is may no longer be here
        say_restored(restore_backup.restore(source, path))
    except PrepError as error:
        st.session_state[_REFUSED] = str(error)
