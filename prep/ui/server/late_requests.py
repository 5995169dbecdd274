"""Has every request for a run be answered whole, whenever it comes.

Streamlit 1.67 does not, at three moments:

- A text that is handed over while its page is being left asks for a part of a page that is no more.
  It drew that, and the browser, which waits for the page that was opened, showed nothing.
- A request that comes when a run has just ended begins another, and what is still on its way from
  the one before is dropped: the browser goes on showing what stood there before the click.
- A run that begins drops what the one before drew of the same parts and is not sent yet, for it
  draws them anew. It does not where a callback of its own asks for other parts (`st.rerun`): then
  what was dropped is never drawn.
"""

from __future__ import annotations

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

_LOOKS_EVERY = 0.002  # seconds
_WAITING, _OPEN = "_requests_that_wait", "_page_that_is_open"  # of a session
_request_rerun = AppSession.request_rerun


def answer_whole() -> None:
    """Have requests wait for the end of a run, late ones draw the whole page that is open, and
    all that was drawn be sent."""
    setattr(AppSession, "request_rerun", _request_in_turn)  # noqa: B010
    setattr(AppSession, "_clear_queue", _send_all)  # noqa: B010


def _request_in_turn(session: AppSession, asked: ClientState | None) -> None:
    waiting: list[ClientState | None] = session.__dict__.setdefault(_WAITING, [])
    waiting.append(asked)
    if len(waiting) == 1:
        _pass_on(session)


def _pass_on(session: AppSession) -> None:
    """Pass on the requests that wait, in their order, as soon as no run is ending."""
    waiting: list[ClientState | None] = session.__dict__[_WAITING]
    while waiting:
        if _is_ending(session):
            session._event_loop.call_later(_LOOKS_EVERY, _pass_on, session)
            return
        try:
            _request_rerun(session, _for_the_open_page(session, waiting[0]))
        except Exception:
            session._event_loop.call_soon(_pass_on, session)
            raise
        finally:
            del waiting[0]


def _is_ending(session: AppSession) -> bool:
    """Whether a run takes no more requests, and not all that it drew is on its way yet."""
    runner = session._scriptrunner
    return runner is not None and runner._requests._state is ScriptRequestType.STOP


def _send_all(session: AppSession, _fragment_ids: list[str] | None = None) -> None:
    """Leave what is to be sent as it is, and have nothing that comes be put in its place."""
    session._browser_queue._delta_index_map = {}


def _for_the_open_page(session: AppSession, asked: ClientState | None) -> ClientState | None:
    if asked is None:
        return None
    if not asked.fragment_id:
        session.__dict__[_OPEN] = asked.page_script_hash, asked.query_string
        return asked
    opened, query = session.__dict__.get(_OPEN, ("", ""))
    if not opened or asked.page_script_hash in ("", opened):
        return asked
    of_the_page = ClientState()
    of_the_page.CopyFrom(asked)
    of_the_page.fragment_id, of_the_page.page_script_hash = "", opened
    of_the_page.query_string = query
    return of_the_page
