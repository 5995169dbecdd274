"""Tells Enter in a line from a pause in typing: to the page, both are a text that changed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prep.ui.browser import component

_listen = component.load("enter_key")
_KEY = "enter-key"


def draw(field: str, take: Callable[[str], None], *, takes_focus: bool = False) -> None:
    """Have `take` called with the text of the text input of this key where Enter is pressed in it.

    A second press may come before the page that follows the first is drawn. With `takes_focus`,
    the field is typed into at once.
    """

    def tell() -> None:
        entered = st.session_state[_KEY].entered
        if entered["field"] == field:
            take(entered["text"])

    data = {"field": field, "takes_focus": takes_focus}
    _listen(key=_KEY, data=data, on_entered_change=tell, height="content")
