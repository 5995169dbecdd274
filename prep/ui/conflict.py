"""What another tab or device changed while this page stood open: both values, and the choice."""

from __future__ import annotations

import streamlit as st

from prep.history import FieldChange
from prep.ui import changes, session
from prep.ui.session import Conflict
from prep.ui.text import plain

_FIELDS_SHOWN = 5


def draw() -> None:
    """Draw the write that was refused because of newer data, and the two ways on."""
    found: Conflict | None = st.session_state.get(session.CONFLICT)
    if found is None:
        return
    found.is_drawn = True
    with st.container(border=True, key="conflict"):
        st.markdown(":material/call_split: **Changed elsewhere while this page was open.**")
        for field in found.fields[:_FIELDS_SHOWN]:
            _draw_field(field)
        if len(found.fields) > _FIELDS_SHOWN:
            st.caption(f"and {len(found.fields) - _FIELDS_SHOWN} more")
        with st.container(horizontal=True):
            st.button("Keep what is there", key="keep-theirs", on_click=_forget)
            st.button("Use mine", key="use-mine", type="primary", on_click=_use_mine,
                      args=(found,))  # fmt: skip


def _draw_field(field: FieldChange) -> None:
    there, mine = changes.both(field)
    st.markdown(f"{plain(field.subject_id)}, {changes.title_of(field.field)}")
    left, right = st.columns(2, gap="medium")
    left.caption("There now")
    left.text(there)
    right.caption("Yours")
    right.text(mine)


def _forget() -> None:
    st.session_state.pop(session.CONFLICT, None)


def _use_mine(found: Conflict) -> None:
    _forget()
    session.attempt(found.write, anyway=True)
