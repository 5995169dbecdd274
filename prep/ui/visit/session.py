"""This visit's clock, database and theme."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import streamlit as st
from sqlite_utils import Database
from streamlit.runtime.scriptrunner import StopException

from prep import accounts
from prep.clock import Clock, clock_in
from prep.content import importer
from prep.errors import DatabaseError, NotAdmitted, PrepError
from prep.planning import plan_status
from prep.planning.plan_status import PlanStatus
from prep.progress import settings
from prep.store import change_list, snapshots
from prep.store.database import default_path
from prep.store.sqlite_errors import translate_sqlite_errors
from prep.ui.browser import deferred_refresh
from prep.ui.text import escape_markdown
from prep.ui.visit import database_error, sign_in

_SEEN, _DRAWN_NOW = "seen", "seen_once_drawn"
_DAY_START = "day_start_of_person"


def clock() -> Clock:
    """Return a clock in the browser's time zone, whose days begin when the person's do."""
    if _DAY_START not in st.session_state:
        with database():
            pass  # opened, it notes when a day begins
    day_start: time = st.session_state[_DAY_START]
    return browser_clock().starting_days_at(day_start)


def browser_clock() -> Clock:
    """Return a clock in the browser's time zone, for instants: it needs no database."""
    return clock_in(st.context.timezone)


def today() -> date:
    """Return the person's day where the browser is."""
    return clock().today()


def is_dark() -> bool:
    """Whether the browser shows the dark theme."""
    return st.context.theme.type == "dark"


def database_path() -> Path:
    """Return the file of the person's database: where one signs in, the account's own.

    Raises NotAdmitted where nobody who may enter is signed in. All reads and writes come by here.
    """
    account = sign_in.account()
    return accounts.database_path(account) if account else default_path()


def require_entry() -> Path:
    """Return the file of the person's database; end the run where they may no longer be here.

    The run that follows shows why.
    """
    try:
        return database_path()
    except NotAdmitted:
        st.rerun()
        raise  # a download has no run to end


@contextmanager
def whole_run() -> Iterator[None]:
    """Draw the whole page anew in the block: what the database held has then been seen.

    A run that a click or an error ends early leaves on the screen what stood there before: then
    no more was seen than before. The database is opened once, and closed at the end.
    """
    st.session_state[_DRAWN_NOW] = st.session_state[deferred_refresh.DRAWN] = None
    try:
        with _opening_once():
            yield
    except StopException:  # `st.stop`: the page is drawn
        _have_seen()
        raise
    _have_seen()


@dataclass
class _Run:
    """One run of the whole page: its database, from the first use, and what ends with it."""

    ends: ExitStack
    db: Database | None = None


_run: ContextVar[_Run | None] = ContextVar("run", default=None)


@contextmanager
def _opening_once() -> Iterator[None]:
    with ExitStack() as ends:
        token = _run.set(_Run(ends))
        try:
            yield
        finally:
            _run.reset(token)


def _have_seen() -> None:
    drawn = st.session_state[_DRAWN_NOW]
    if drawn is not None:
        st.session_state[_SEEN] = drawn


def seen() -> snapshots.Snapshot:
    """Return what the visitor has seen: of a page that was never drawn whole, what was drawn."""
    known = st.session_state.get(_SEEN) or st.session_state.get(_DRAWN_NOW)
    return known or snapshots.Snapshot(0)


@contextmanager
def database() -> Iterator[Database]:
    """Open the person's database for one run of a page, and close it after.

    Where it cannot be used, the page says why and ends.
    """
    try:
        with opened() as db:
            yield db
    except DatabaseError as error:
        database_error.draw(error, require_entry(), browser_clock())
        st.stop()


@contextmanager
def opened() -> Iterator[Database]:
    """Do as `database` does, but raise DatabaseError: for what stands beside the page."""
    path = require_entry()
    with translate_sqlite_errors(path):
        run = _run.get()
        if run is None:  # of a fragment alone
            with _open(path) as db:
                yield db
        else:
            run.db = run.db or run.ends.enter_context(_open(path))
            yield run.db


@contextmanager
def _open(path: Path) -> Iterator[Database]:
    with importer.open_filled(path, browser_clock()) as db:
        if st.session_state.get(_DRAWN_NOW) is None:
            st.session_state[_DRAWN_NOW] = snapshots.Snapshot(change_list.data_version(db))
        st.session_state[_DAY_START] = settings.clock(db, browser_clock()).day_start
        yield db


def load_plan_status(db: Database) -> PlanStatus:
    """Return the person's plan today. Where a setting cannot be read, the page says so and ends."""
    try:
        return plan_status.load(db, today())
    except PrepError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        st.stop()
