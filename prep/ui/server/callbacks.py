"""Has every callback of a widget run to its end, however soon the next click follows.

Streamlit 1.67 looks for a newer request each time that a callback touches `st.session_state`. It
then ends the callback there and takes that for a `st.rerun()` of the callback's own: what was
clicked or typed is never written, while the widget goes on showing it.

Of two requests that wait, it makes one: of the older it keeps what was clicked, and what was typed
only where the newer one speaks of the same field. Who types and leaves the page speaks of none.
"""

from __future__ import annotations

from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.state.safe_session_state import SafeSessionState

_run_callbacks = SafeSessionState.on_script_will_rerun
_coalesce = script_requests._coalesce_widget_states


def run_to_their_end() -> None:
    """Let a newer request wait until all callbacks of the one before it have run, and take over
    what that one brought where it did not run."""
    setattr(SafeSessionState, "on_script_will_rerun", _run_callbacks_uninterrupted)  # noqa: B010
    setattr(script_requests, "_coalesce_widget_states", _coalesce_whole)  # noqa: B010


def _run_callbacks_uninterrupted(state: SafeSessionState, *args: Any, **kwargs: Any) -> None:
    look_for_request = state._yield_callback
    _set_yield(state, _look_for_nothing)
    try:
        _run_callbacks(state, *args, **kwargs)
    finally:
        _set_yield(state, look_for_request)


def _coalesce_whole(old: WidgetStates | None, new: WidgetStates | None) -> WidgetStates | None:
    """Return the states of both requests; of a widget in both, as Streamlit has it."""
    states = _coalesce(old, new)
    if old and states:
        known = {state.id for state in states.widgets}
        states.widgets.extend(state for state in old.widgets if state.id not in known)
    return states


def _set_yield(state: SafeSessionState, function: Any) -> None:
    # An attribute set in the usual way would become a value of the session.
    object.__setattr__(state, "_yield_callback", function)


def _look_for_nothing() -> None:
    """Do what Streamlit does where no request waits."""
