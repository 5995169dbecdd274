"""A text area whose text is kept while it is typed, and before any act of the page."""

from __future__ import annotations

import streamlit as st

from prep.progress.tracker import MAX_NOTES
from prep.ui.visit import typed_text, writes
from prep.ui.visit.typed_text import Keep


def draw(
    label: str,
    text: str | None,
    keep: Keep,
    *,
    key: str,
    height: int | None = None,
    placeholder: str | None = None,
) -> None:
    """Draw a text area that shows `text`; `keep` writes what is typed into the database."""
    typed_text.register(key, text or "", keep)
    st.text_area(
        label,
        key=key,
        height=height,
        max_chars=MAX_NOTES,
        placeholder=placeholder,
        on_change=_keep,
    )


def _keep() -> None:
    writes.keep_typed()
