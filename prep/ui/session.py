"""This visit's clock, database and theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st
from sqlite_utils import Database

from prep import importer, standing
from prep.clock import Clock, clock_in
from prep.database import default_path, explained
from prep.errors import DatabaseError, PrepError
from prep.standing import Outlook
from prep.ui.text import plain

_ERROR = "error_to_show"


def clock() -> Clock:
    """Return a clock in the browser's time zone."""
    return clock_in(st.context.timezone)


def today() -> date:
    """Return the day it is where the browser is."""
    return clock().today()


def is_dark() -> bool:
    """Whether the browser shows the dark theme."""
    return st.context.theme.type == "dark"


def database_path() -> Path:
    """Return the file of the person's database."""
    return default_path()


@contextmanager
def database() -> Iterator[Database]:
    """Open the person's database for one run of a page, and close it after.

    Where it cannot be opened, the page says why and ends.
    """
    path = database_path()
    try:
        with explained(path), importer.open_filled(path, clock()) as db:
            yield db
    except DatabaseError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.button("Try again", icon=":material/refresh:", key="try-again")
        st.stop()


def outlook(db: Database) -> Outlook:
    """Return the person's plan today. Where a setting cannot be read, the page says so and ends."""
    try:
        return standing.load(db, today())
    except PrepError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()


def attempt(write: Callable[[Database, Clock], Any]) -> bool:
    """Run a write from a widget's callback; return whether it was taken.

    Why it was refused is shown by `show_error`, on the run that follows the callback.
    """
    try:
        path = database_path()
        with explained(path), importer.open_filled(path, clock()) as db:
            write(db, clock())
    except PrepError as error:
        keep_error(error)
        return False
    return True


def keep_error(error: PrepError) -> None:
    """Keep why something was refused, for `show_error` to show."""
    st.session_state[_ERROR] = str(error)


def show_error() -> None:
    """Show why the last write was refused, once."""
    message = st.session_state.pop(_ERROR, None)
    if message:
        st.error(plain(message), icon=":material/error:")
