"""Uploaded files, which the server holds in memory: bounded for each session, and let go of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import streamlit as st
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from prep.errors import InvalidValue
from prep.ui.server.gate import path_of
from prep.ui.server.hosts import refuse

_UPLOAD = re.compile(r"_stcore/upload_file/([^/]+)/([^/]+)")
_DRAWN = "upload_drawn"
_AT_ONCE = 2  # as many as there are places to put a file


class UploadLimitMiddleware:
    """Lets a session hold as many bytes as one file may have; older files make room for a new one.

    When a session's connection ends, its files are let go of.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the server does, and look after what it left in memory."""
        found = _UPLOAD.fullmatch(path_of(scope)) if scope["type"] == "http" else None
        if found and scope["method"] == "PUT":
            await self._take(found[1], found[2], scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "websocket":
                _free_what_nobody_holds()

    async def _take(
        self, session: str, file: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if self._under_way[session] >= _AT_ONCE:
            await refuse(scope, receive, send, "One file at a time.\n")
            return
        self._under_way[session] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._under_way[session] -= 1
            self._under_way += Counter()  # forget those with none
            _make_room(session, file)
            _free_what_nobody_holds()


def draw(
    label: str, types: list[str], key: str, on_change: Callable[[], None] | None = None
) -> UploadedFile | None:
    """Draw a place to put a file; return the file that was put there."""
    st.session_state[_DRAWN] = True
    return st.file_uploader(label, type=types, key=key, on_change=on_change)


def draw_recorder(
    label: str,
    key: str,
    sample_rate: int,
    on_change: Callable[[], None],
    help: str | None = None,
) -> None:
    """Draw a place to record into; `on_change` takes the recording out with `take`."""
    st.session_state[_DRAWN] = True
    st.audio_input(label, sample_rate=sample_rate, key=key, on_change=on_change, help=help)


def take(key: str) -> bytes | None:
    """Return what was recorded or put in a place, and let go of it; None where nothing is there."""
    found = st.session_state.get(key)
    if not isinstance(found, UploadedFile):
        return None
    data = found.getvalue()
    context, manager = get_script_run_ctx(), _manager()
    if context and manager:
        manager.remove_file(context.session_id, found.file_id)
    return data


def chosen(key: str) -> UploadedFile:
    """Return the file that was put in a place. Raises InvalidValue where it was let go of."""
    found = st.session_state.get(key)
    if not isinstance(found, UploadedFile):
        raise InvalidValue("The file is no longer on the server: choose it again.")
    return found


def free_unused() -> None:
    """Let go of what this session uploaded where the page that was drawn has no place for it.

    Where it has one, a file may be there of which its widget has not told yet.
    """
    context, manager = get_script_run_ctx(), _manager()
    if context and manager and not st.session_state.pop(_DRAWN, False):
        manager.remove_session_files(context.session_id)


def _manager() -> MemoryUploadedFileManager | None:
    """Return what holds the uploads; None where no server runs."""
    found = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return found if isinstance(found, MemoryUploadedFileManager) else None


def _make_room(session: str, newest: str) -> None:
    manager = _manager()
    held = manager.file_storage.get(session, {}) if manager else {}
    room = st.get_option("server.maxUploadSize") * 1024 * 1024
    total = sum(len(file.data) for file in held.values())
    for name in [name for name in held if name != newest]:
        if manager and (total > room or len(held) > _AT_ONCE):
            total -= len(held[name].data)
            manager.remove_file(session, name)


def _free_what_nobody_holds() -> None:
    manager = _manager()
    for session in list(manager.file_storage) if manager else ():
        if manager and not runtime.get_instance().is_active_session(session):
            manager.remove_session_files(session)
