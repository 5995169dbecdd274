"""Has every request for a run be answered whole, whenever it comes.

Streamlit 1.67 does not, at four moments:

- A text that is handed over while its page is being left asks for a part of a page that is no more.
  It drew that, and the browser, which waits for the page that was opened, showed nothing.
- A field that speaks up just after another page was opened asks for the whole page that it is on:
  the browser went back there.
- A request that comes when a run has just ended begins another, and what is still on its way from
  the one before is dropped: the browser goes on showing what stood there before the click.
- A run that begins drops what the one before drew of the same parts and is not sent yet, for it
  draws them anew. It does not where a callback of its own asks for other parts (`st.rerun`): then
  what was dropped is never drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

_LOOKS_EVERY = 0.002  # seconds
_WAITING, _OPEN = "_requests_that_wait", "_page_that_is_open"  # of a session
_request_rerun = AppSession.request_rerun
_new_session_message = AppSession._create_new_session_message


@dataclass(frozen=True)
class _Page:
    """The page that is open, "" for a visit's first. Its query is not known where the server
    itself turned to it.

    `left` is the page that was open before, until the browser is known to show this one; `fields`
    are those that spoke when it was asked for: of the page that was left, there are none of them.
    """

    script_hash: str
    query: str | None
    left: str | None = None
    fields: frozenset[str] = frozenset()


def answer_whole() -> None:
    """Have requests wait for the end of a run, late ones draw the whole page that is open, and
    all that was drawn be sent."""
    setattr(AppSession, "request_rerun", _request_in_turn)  # noqa: B010
    setattr(AppSession, "_create_new_session_message", _begin_to_draw)  # noqa: B010
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
    """Whether a run takes no more requests, but has not sent all that it drew."""
    runner = session._scriptrunner
    return runner is not None and runner._requests._state is ScriptRequestType.STOP


def _send_all(session: AppSession, _fragment_ids: list[str] | None = None) -> None:
    """Keep every message that waits to be sent: none is replaced by a later one."""
    session._browser_queue._delta_index_map = {}


def _for_the_open_page(session: AppSession, asked: ClientState | None) -> ClientState | None:
    opened: _Page | None = session.__dict__.get(_OPEN)
    if asked is None:
        return None
    if opened and _is_late(opened, asked):
        if not asked.fragment_id:  # who asks once more means it
            session.__dict__[_OPEN] = replace(opened, left=None)
        query = _query_of(session, opened)
        return asked if query is None else _asked_of(asked, opened.script_hash, query)
    if opened and _is_of(opened, asked):
        script_hash = opened.script_hash or asked.page_script_hash
        query = opened.query if asked.fragment_id else asked.query_string
        session.__dict__[_OPEN] = _Page(script_hash, query)
    elif not asked.fragment_id:
        left = opened.script_hash if opened else None
        session.__dict__[_OPEN] = _Page(
            asked.page_script_hash, asked.query_string, left, _fields(asked)
        )
    return asked


def _is_of(opened: _Page, asked: ClientState) -> bool:
    """Whether a request is of the page that is open; each part of a visit's first page is of it."""
    is_first = not opened.script_hash and bool(asked.fragment_id)
    return is_first or asked.page_script_hash in ("", opened.script_hash)


def _is_late(opened: _Page, asked: ClientState) -> bool:
    """Whether a request is of another page than the one that was opened since."""
    if _is_of(opened, asked):
        return False
    if asked.fragment_id:
        return True
    if asked.is_history_navigation or asked.page_script_hash != opened.left:
        return False
    return not _fields(asked) <= opened.fields


def _fields(asked: ClientState) -> frozenset[str]:
    return frozenset(field.id for field in asked.widget_states.widgets)


def _query_of(session: AppSession, opened: _Page) -> str | None:
    if opened.query is None and session._scriptrunner is None:
        return session._client_state.query_string
    return opened.query


def _asked_of(asked: ClientState, script_hash: str, query: str) -> ClientState:
    of_the_page = ClientState()
    of_the_page.CopyFrom(asked)
    of_the_page.fragment_id, of_the_page.page_script_hash = "", script_hash
    of_the_page.query_string = query
    return of_the_page


def _begin_to_draw(session: AppSession, script_hash: str, *rest: Any) -> ForwardMsg:
    """Note the page of a run that begins: the server may have turned to another by itself.

    A visit's first page is known by its name alone: its run begins under the router's own hash.
    """
    opened: _Page | None = session.__dict__.get(_OPEN)
    is_page = script_hash != session._pages_manager.main_script_hash
    if is_page and opened and opened.script_hash != script_hash:
        session.__dict__[_OPEN] = _Page(script_hash, None)
    return _new_session_message(session, script_hash, *rest)
