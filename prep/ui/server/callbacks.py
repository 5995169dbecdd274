"""Has every callback of a widget run to its end, however soon the next click follows.

Streamlit 1.67 looks for a newer request each time that a callback touches `st.session_state`. It
then ends the callback there and takes that for a `st.rerun()` of the callback's own: what was
clicked or typed is never written, while the widget goes on showing it.
"""

from __future__ import annotations

from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

_run_callbacks = SafeSessionState.on_script_will_rerun


def run_to_their_end() -> None:
    """Let a newer request wait until all callbacks of the one before it have run."""
    setattr(SafeSessionState, "on_script_will_rerun", _run_callbacks_uninterrupted)  # noqa: B010


def _run_callbacks_uninterrupted(state: SafeSessionState, *args: Any, **kwargs: Any) -> None:
    look_for_request = state._yield_callback
    _set_yield(state, _look_for_nothing)
    try:
        _run_callbacks(state, *args, **kwargs)
    finally:
        _set_yield(state, look_for_request)


def _set_yield(state: SafeSessionState, function: Any) -> None:
    # An attribute set in the usual way would become a value of the session.
    object.__setattr__(state, "_yield_callback", function)


def _look_for_nothing() -> None:
    """Do what Streamlit does where no request waits."""
