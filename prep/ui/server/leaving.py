"""Finishes what was clicked or typed last, although the tab was closed right after it.

Streamlit 1.67 stops a session's run as soon as its browser is gone, and with it the requests that
wait behind that run, as they do while the server is busy.
"""

from __future__ import annotations

from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

_disconnect = WebsocketSessionManager.disconnect_session
_STOP = "request_script_stop"  # the method of a session that would stop its run


def finish_what_was_asked() -> None:
    """Let a session whose browser is gone do all that it was asked for before."""
    setattr(WebsocketSessionManager, "disconnect_session", _disconnect_unstopped)  # noqa: B010


def _disconnect_unstopped(manager: WebsocketSessionManager, session_id: str) -> None:
    info = manager.get_active_session_info(session_id)
    if info is None or not info.session.is_resumable():  # signed out: nothing is done any more
        return _disconnect(manager, session_id)
    info.session.__dict__[_STOP] = _go_on
    try:
        _disconnect(manager, session_id)
    finally:
        del info.session.__dict__[_STOP]


def _go_on() -> None:
    """Stop nothing."""
