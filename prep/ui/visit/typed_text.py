"""What stands in the text areas and forms of a page and is not kept yet.

A click on a button and the text typed just before it may reach the server together, in any order.
So each write first keeps what was typed: `writes.attempt` asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock

Value = str | int
Keep = Callable[[Database, Clock, Any, Any], object]  # what stands there, and what stood before

_FIELDS = "text_fields"


@dataclass
class Field:
    """A field: the text or choice that was kept last, and the write that keeps a newer one."""

    kept: Value
    keep: Keep


def register(key: str, text: Value, keep: Keep) -> None:
    """Note the field of this key, where the database holds `text`, before it is drawn.

    It is given the text where it stands on the page for the first time or the database holds
    another than was typed here. Given at every run, it would replace what is being typed.
    """
    fields: dict[str, Field] = st.session_state.setdefault(_FIELDS, {})
    known = fields.get(key)
    if known is None or key not in st.session_state or known.kept != text:
        st.session_state[key] = text
    fields[key] = Field(text, keep)


def not_kept() -> Iterator[tuple[Field, Any]]:
    """Yield each field of the page whose text is newer than what was kept, with that text."""
    fields: dict[str, Field] = st.session_state.get(_FIELDS, {})
    for key, field in fields.items():
        text = st.session_state.get(key, field.kept) or ""
        if text != field.kept:
            yield field, text
