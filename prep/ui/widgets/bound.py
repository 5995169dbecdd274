"""Widgets that show what the database holds, and write what the person changes.

A click that arrives before a page is redrawn repeats the values of all its fields, also of those
that are gone by now. Streamlit takes that for a change; it is none.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

_DRAWN = "values_that_were_drawn"


def bind(key: str, value: Any) -> str:
    """Give the widget of this key the value that the database holds; return the key.

    What the server gives to a widget takes the place of what was clicked since, and the next
    request then says the older value. So it is given only where it is another.
    """
    st.session_state.setdefault(_DRAWN, {})[key] = value
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def is_changed(key: str) -> bool:
    """Whether the widget of this key holds another value than it was drawn with last."""
    drawn = st.session_state[_DRAWN][key]
    return bool(st.session_state.get(key, drawn) != drawn)
