"""What a click or a text writes into the person's database, and why it was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import importer
from prep.errors import ChangedElsewhere, PrepError
from prep.exchange import conflicts
from prep.progress import settings
from prep.store import cache, ids, snapshots
from prep.store.sqlite_errors import translate_sqlite_errors
from prep.ui.browser import deferred_refresh
from prep.ui.text import escape_markdown
from prep.ui.visit import session, typed_text
from prep.ui.visit.typed_text import Field

_ERROR, _WROTE = "error_to_show", "version_written"
_VISIT, _REFUSED = "visit", "refused_and_not_drawn"

Write = Callable[[Database, Clock], Any]


def attempt(write: Write) -> bool:
    """Run a write from a widget's callback; return whether it was taken.

    What was typed before is kept first; where that is refused, the write is not tried. Why it was
    refused is shown by `show_error`, on the run that follows the callback. What another tab or
    device has changed since this page was drawn is not overwritten: `conflict` has both from then
    on.
    """
    return keep_typed() and _attempt(write)


def keep_typed() -> bool:
    """Write what stands in the page's text areas and is not kept yet; return whether all was taken.

    A text that is refused is not tried again: `show_error` or `conflict` has it from then on.
    """
    taken = [_keep(field, text) for field, text in typed_text.not_kept()]
    return all(taken)


def _keep(field: Field, text: str) -> bool:
    seen, field.kept = field.kept, text
    return _attempt(lambda db, clock: field.keep(db, clock, text, seen))


def _attempt(write: Write) -> bool:
    now = session.browser_clock()
    try:
        path = session.database_path()
        with translate_sqlite_errors(path), importer.open_filled(path, now) as db:
            try:
                with snapshots.detect_conflicts(session.seen()):
                    write(db, settings.clock(db, now))
            except ChangedElsewhere as error:
                _keep_refused(db, error)
                return False
            st.session_state[_WROTE] = cache.personal(db)
    except PrepError as error:
        keep_error(error)
        return False
    return True


def _keep_refused(db: Database, error: ChangedElsewhere) -> None:
    visit = st.session_state.setdefault(_VISIT, ids.unique())
    conflicts.keep(db, session.browser_clock(), error, visit)
    st.session_state[_REFUSED] = None


def draws_refused() -> None:
    """Note that the page is being drawn with all writes that were refused."""
    st.session_state.pop(_REFUSED, None)


def keep_error(error: PrepError) -> None:
    """Keep why something was refused, for `show_error` to show."""
    st.session_state[_ERROR] = str(error)


def show_error() -> None:
    """Show why the last write was refused, once.

    What was changed elsewhere meanwhile is shown above the page: a fragment has it drawn anew.
    """
    if _REFUSED in st.session_state:
        draws_refused()
        st.rerun()
    wrote = st.session_state.pop(_WROTE, None)
    message = st.session_state.pop(_ERROR, None)
    with st.container():  # there or not, it keeps what follows in its place
        if wrote is not None:
            deferred_refresh.undo_follows(wrote)
        if message:
            st.error(escape_markdown(message), icon=":material/error:")
