"""Rehearsing aloud: recording oneself, and what was recorded, to be heard and deleted."""

from __future__ import annotations

from functools import partial

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.errors import InvalidValue
from prep.planning.wording import many, share, stopwatch
from prep.practice import recordings
from prep.practice.recordings import Recording, Subject
from prep.practice.speech import Speech
from prep.progress import settings
from prep.ui.server import entrance, uploads
from prep.ui.text import escape_markdown, moment
from prep.ui.visit import session, writes

SHOWN = 5  # recordings, until all are asked for
_PLAYED, _TAKE, _ALL = "recording-played", "recording-take", "recordings-all"
_FINE, _COARSE = 16_000, 8_000  # samples a second
_BYTES_A_SAMPLE = 2


def sample_rate(target_seconds: int | None) -> int:
    """Return how many samples a second are recorded: fewer where the talk may be a long one."""
    room = recordings.MAX_BYTES / _BYTES_A_SAMPLE / _FINE
    return _FINE if target_seconds is not None and target_seconds < 0.9 * room else _COARSE


@st.fragment
def draw(subject: Subject, subject_id: str, target_seconds: int | None) -> None:
    """Draw *Rehearse*: a place to record a story, an answer or a mock interview, and what was.

    `target_seconds` is how long it should take, None where nothing is said of that. Without a
    microphone Streamlit says so in the place to record; all else works.
    """
    is_mock = subject == "attempt"
    with st.container(border=not is_mock):
        aim = f" :gray[aim for {stopwatch(target_seconds)}]" if target_seconds else ""
        if not is_mock:
            st.markdown(f"**:material/mic: Rehearse**{aim}")
        _draw_recorder(subject, subject_id, target_seconds)
        writes.show_error()
        if _draw_list(subject, subject_id, target_seconds) and not is_mock:
            _draw_where()


@st.fragment
def draw_kept(subject: Subject, subject_id: str, target_seconds: int | None) -> None:
    """Draw what was recorded, without a place to record more; nothing where nothing was."""
    writes.show_error()
    _draw_list(subject, subject_id, target_seconds)


def _draw_recorder(subject: Subject, subject_id: str, target_seconds: int | None) -> None:
    take = st.session_state.setdefault(f"{_TAKE}-{subject}-{subject_id}", 0)
    key = f"recorder-{subject}-{subject_id}-{take}"
    rate = sample_rate(target_seconds)
    minutes = recordings.MAX_BYTES // (_BYTES_A_SAMPLE * rate * 60)
    uploads.draw_recorder(
        "Record yourself",
        key,
        rate,
        partial(_keep, key, subject, subject_id),
        f"It is kept as soon as you stop. Up to {minutes} minutes at once",
    )


def _draw_where() -> None:
    with session.database() as db:
        days = settings.load(db).recording_days
    where = "on this server" if entrance.is_on() else "on this computer"
    how_long = f"for {many(days, 'day')}" if days else "until you delete it"
    st.caption(f"Each is kept {where} {how_long}, beside your database: in no export or backup.")


def _draw_list(subject: Subject, subject_id: str, target_seconds: int | None) -> bool:
    """Draw the recordings; return whether there are any."""
    with session.database() as db:
        found = recordings.of(db, subject, subject_id)
    shows_all = st.session_state.get(_ALL) == f"{subject}-{subject_id}"
    for made in found if shows_all else found[:SHOWN]:
        _draw_one(made, target_seconds)
    if len(found) > SHOWN and not shows_all:
        st.button(
            f"Show all {len(found)} recordings",
            key=f"all-{subject}-{subject_id}",
            type="tertiary",
            on_click=_show_all,
            args=(f"{subject}-{subject_id}",),
        )
    return bool(found)


def _draw_one(made: Recording, target_seconds: int | None) -> None:
    is_played = st.session_state.get(_PLAYED) == made.path.name
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        figures = said(made, target_seconds)
        when = moment(made.at, session.clock())
        st.markdown(f"{figures}  \n:small[:gray[{when}]]", width="stretch")
        st.button(
            "Hide" if is_played else "Listen",
            key=f"listen-{made.path.name}",
            icon=":material/close:" if is_played else ":material/play_arrow:",
            on_click=_play,
            args=(None if is_played else made.path.name,),
        )
        with st.popover("Delete", icon=":material/delete:", type="tertiary"):
            st.caption("It is gone for good: undo does not bring a recording back.")
            st.button(
                "Delete this recording",
                key=f"delete-{made.path.name}",
                on_click=_delete,
                args=(made,),
            )
    if is_played and made.path.is_file():
        st.audio(str(made.path), format="audio/wav", alt=f"Recording of {when}")


def said(made: Recording, target_seconds: int | None) -> str:
    """Return a recording's figures in a line of Markdown, or why there are none."""
    found = _figures(made)
    if isinstance(found, str):
        return escape_markdown(found.capitalize())
    of = f" of {stopwatch(target_seconds)}" if target_seconds else ""
    length = f"**{stopwatch(found.seconds)}**{of}"
    if found.silence == 1:
        return f"{length} · no sound: is the microphone muted?"
    pause = f"longest pause {found.longest_pause:.1f} s" if found.longest_pause else "no pause"
    return f"{length} · {share(found.silence, 1)} silence · {pause}"


@st.cache_data(max_entries=1000, show_spinner=False)
def _figures(made: Recording) -> Speech | str:
    """Return what was measured in a recording: a file never changes, and its name is its own."""
    try:
        return recordings.measure(made)
    except InvalidValue as error:
        return str(error)


def _keep(key: str, subject: Subject, subject_id: str) -> None:
    """Keep what was recorded, and make the place ready for the next; from a callback."""
    data = uploads.take(key)
    if data is None:  # the recording was cleared
        return

    def keep(db: Database, clock: Clock) -> None:
        made, _ = recordings.keep(db, clock, subject, subject_id, data)
        _play(made.path.name)

    st.session_state[f"{_TAKE}-{subject}-{subject_id}"] += 1
    writes.attempt(keep)


def _play(name: str | None) -> None:
    st.session_state[_PLAYED] = name


def _show_all(which: str) -> None:
    st.session_state[_ALL] = which


def _delete(made: Recording) -> None:
    writes.attempt(lambda _db, _clock: recordings.remove(made))
