"""Has what a page asks for after another was opened draw the page that is open.

A text that is handed over while its page is being left asks Streamlit 1.67 for a part of a page
that is no more. It drew that, and the browser, which waits for the page that was opened, showed
nothing.
"""

from __future__ import annotations

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

_request_rerun = AppSession.request_rerun
_OPEN = "_page_that_is_open"


def turn_to_the_open_page() -> None:
    """Have each late request draw the whole page that is open, with what it brings."""
    setattr(AppSession, "request_rerun", _turned)  # noqa: B010


def _turned(session: AppSession, asked: ClientState | None) -> None:
    if asked is not None:
        is_of_a_part = bool(asked.fragment_id)
        if not is_of_a_part:
            setattr(session, _OPEN, asked.page_script_hash)
        opened = getattr(session, _OPEN, "")
        if is_of_a_part and opened and asked.page_script_hash not in ("", opened):
            of_the_page = ClientState()
            of_the_page.CopyFrom(asked)
            of_the_page.fragment_id, of_the_page.page_script_hash = "", opened
            asked = of_the_page
    _request_rerun(session, asked)
