"""Bringing content or progress in: a file is shown with what it would change, then taken in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock, system_clock
from prep.content import importer
from prep.content.import_report import Report
from prep.content.sites import sources
from prep.errors import AmbiguousDates, PrepError
from prep.exchange import difference_lines, imports
from prep.markdown import files
from prep.store.database import open_database
from prep.ui import page_paths
from prep.ui.data import import_choices
from prep.ui.server import uploads
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes

_UPLOAD = "bring-in"
_SAID = "taken_in_to_show"
_LONGEST_LIST = 300
_MOST_WARNINGS = 20


def waiting() -> Path | None:
    """Return the index in `data/sources/` that would change something, None without one."""
    with session.database() as db:
        path = imports.waiting(db, _fingerprint)
        version = importer.content_version(db)
    if path is None or not _would_change(
        session.database_path(), path, _fingerprint(path), version
    ):
        return None
    return path


@st.cache_data(max_entries=1024, show_spinner=False)
def _would_change(database: Path, path: Path, fingerprint: str, content_version: int) -> bool:
    try:
        with open_database(database) as db:
            return imports.preview(db, system_clock(), imports.read(path).take_in).changes_anything
    except PrepError:
        return True  # the Data page says what is wrong with it


def draw_notice() -> None:
    """Say, on a page where one works, that newer content waits."""
    if waiting():
        st.page_link(
            page_paths.DATA,
            label="Newer questions or articles are here: look at them",
            icon=":material/new_releases:",
        )


def draw_waiting() -> None:
    """Draw what newer content in `data/sources/` would change, and the button that takes it in."""
    path = waiting()
    if path is None:
        return
    with st.container(border=True):
        st.subheader("Newer content", anchor=False)
        st.caption(
            f"**{escape_markdown(path.name)}**, with the articles beside it, brings what is not"
            " here yet."
        )
        _draw_preview(path, "waiting", (path,))


def draw() -> None:
    """Draw the way in for a file: what it would change first, then the button."""
    st.subheader("Bring in", anchor=False)
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success("  \n".join(escape_markdown(line) for line in said), icon=":material/check:")
    label = (
        "An export from another device (.json), an edited table (.csv, .tsv, .txt), or an index"
        " of the site"
    )
    types = ["json", *(ending[1:] for ending in imports.TABLES)]
    if uploads.draw(label, types, _UPLOAD, on_change=import_choices.forget):
        with _uploaded() as path:
            _draw_preview(path, "uploaded", ())


def _draw_preview(path: Path, key: str, kept: tuple[Path, ...]) -> None:
    """Draw what a file would change; `kept` is its path where it outlasts this run."""
    report = _previewed(path)
    if report is None:
        return
    if not report.changes_anything and not report.conflicts:
        st.caption("There is nothing new in it.")
    for line in report.summary:
        st.markdown(escape_markdown(line))
    for warning in report.warnings[:_MOST_WARNINGS]:
        st.warning(escape_markdown(warning), icon=":material/warning:")
    if len(report.warnings) > _MOST_WARNINGS:
        st.caption(f"and {len(report.warnings) - _MOST_WARNINGS:,} warnings more")
    _draw_differences(report, key)
    import_choices.draw_conflicts(report.conflicts)
    st.button(
        "Take it in",
        key=f"take-in-{key}",
        type="primary",
        icon=":material/download_done:",
        on_click=_take_in,
        args=kept,
    )
    st.caption("A backup is made first.")


def _previewed(path: Path) -> Report | None:
    """Return what a file would change; None where it is refused, or a choice comes first."""
    choices = import_choices.chosen()
    try:
        with session.database() as db:
            read = imports.read(path, choices=choices)
            report = imports.preview(db, session.clock(), read.take_in)
    except AmbiguousDates as error:
        import_choices.draw_dates(str(error))
        return None
    except PrepError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return None
    if choices.day_first is not None:
        import_choices.draw_dates()
    return report


def _draw_differences(report: Report, key: str) -> None:
    lines = difference_lines.of_differences(report.differences)
    if not lines:
        return
    with st.expander(f"What would change ({len(lines):,} lines)", key=f"diff-{key}"):
        st.code("\n".join(lines[:_LONGEST_LIST]), language=None, height=320)
        if len(lines) > _LONGEST_LIST:
            st.caption(f"The first {_LONGEST_LIST}. `python -m prep import --dry-run` prints all.")


def _take_in(path: Path | None = None) -> None:
    def write(db: Database, clock: Clock) -> None:
        with _uploaded() if path is None else _same(path) as source:
            read = imports.read(source, choices=import_choices.chosen())
            taken = imports.apply(db, session.database_path(), clock, read.take_in)
        st.session_state[_SAID] = taken.summary

    writes.attempt(write)


@contextmanager
def _uploaded() -> Iterator[Path]:
    upload = uploads.chosen(_UPLOAD)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / files.usable_name(upload.name)
        path.write_bytes(upload.getvalue())
        yield path


@contextmanager
def _same(path: Path) -> Iterator[Path]:
    yield path


def _fingerprint(path: Path) -> str:
    read = [path, *sources.SHIPPED_ARTICLES.rglob("*.md")]
    return _cached_fingerprint(path, tuple((file, file.stat().st_mtime_ns) for file in read))


@st.cache_data(max_entries=8, show_spinner=False)
def _cached_fingerprint(path: Path, _files: tuple[tuple[Path, int], ...]) -> str:
    return sources.fingerprint(path)
