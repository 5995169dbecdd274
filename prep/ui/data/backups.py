"""Backups on the Data page: making one, taking it away, putting it back."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from prep.errors import DamagedDatabase, DatabaseError, PrepError
from prep.exchange import restore_backup
from prep.practice import recordings
from prep.progress import settings
from prep.store import backups, file_integrity, retention
from prep.store.own_files import Backup, folder
from prep.ui.server import entrance, uploads
from prep.ui.text import escape_markdown, moment
from prep.ui.visit import database_error, session, writes

_UPLOAD = "restore-upload"
_REASONS = {
    "daily": "the day's first visit",
    "import": "before an import",
    "migration": "before an update of Prep",
    "restore": "before a backup was put back",
    "asked": "made by hand",
}


@st.cache_resource(max_entries=4096, show_spinner=False)
def _make_daily(path: Path, day: date) -> None:
    """Make the day's backup, once; a failure is tried again on the next run."""
    backups.daily(path)


@st.cache_resource(max_entries=4096, show_spinner=False)
def _clean_up_recordings(path: Path, day: date) -> None:
    """Delete the recordings that are too old, once a day."""
    with session.opened() as db:
        recordings.clean_up(db, session.clock(), settings.load(db).recording_days)


def draw_daily() -> None:
    """Make the day's backup where there is none, and clean up; say where that fails."""
    path = session.database_path()
    try:
        if path.exists():
            _make_daily(path, session.today())
            _clean_up_recordings(path, session.today())
    except DamagedDatabase as error:
        database_error.draw(error, path, session.browser_clock())
    except DatabaseError as error:
        said = f"Today's backup could not be made. {escape_markdown(str(error))}"
        st.warning(said, icon=":material/warning:")
    except PrepError as error:
        said = f"Old recordings could not be deleted. {escape_markdown(str(error))}"
        st.warning(said, icon=":material/warning:")


def draw() -> None:
    """Draw the backups that are kept, each to download or to put back, and one from a file."""
    path = session.database_path()
    found = backups.list_backups(path)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Backups", anchor=False, width="content")
        st.button("Back up now", key="back-up", icon=":material/save:", on_click=_back_up)
    where = "on this server" if entrance.is_on() else f"in {escape_markdown(str(folder(path)))}"
    st.caption(
        f"Made each day, and before anything that changes much. The last {backups.KEPT} stay, and"
        f" the last of each of {retention.DAYS} days, {retention.WEEKS} weeks and"
        f" {retention.MONTHS} months, {where}"
    )
    for made in found:
        _draw_one(made)
    with st.expander("Put back from a file", key="restore-file", icon=":material/upload_file:"):
        if uploads.draw("A backup of Prep (.db)", ["db"], _UPLOAD):
            st.caption("What is here now is backed up before.")
            st.button("Put this backup back", key="restore-uploaded", on_click=_restore_upload)


def _draw_one(made: Backup) -> None:
    size = f"{file_integrity.size_of(made.path) / 1e6:.1f} MB"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        when = moment(made.at, session.browser_clock())
        st.markdown(
            f"{when} :gray[{_REASONS.get(made.reason, made.reason)}, {size}]", width="stretch"
        )
        st.download_button(
            "Download",
            partial(_file, made),
            made.path.name,
            "application/vnd.sqlite3",
            key=f"download-{made.path.name}",
            icon=":material/download:",
            on_click="ignore",
        )
        with st.popover("Put back", icon=":material/history:"):
            st.caption("Everything becomes as it was then. What is here now is backed up before.")
            st.button(
                "Put this backup back",
                key=f"restore-{made.path.name}",
                on_click=_restore,
                args=(made.path,),
            )


def _file(made: Backup) -> bytes:
    session.require_entry()
    return made.path.read_bytes()


def _back_up() -> None:
    try:
        backups.automatic(session.database_path(), "asked")
    except PrepError as error:
        writes.keep_error(error)


def _restore(source: Path) -> None:
    try:
        database_error.say_restored(restore_backup.restore(source, session.database_path()))
    except PrepError as error:
        writes.keep_error(error)


def _restore_upload() -> None:
    try:
        data = uploads.chosen(_UPLOAD).getvalue()
    except PrepError as error:
        writes.keep_error(error)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "uploaded.db"
        source.write_bytes(data)
        _restore(source)
