"""Text areas are kept while one types, so that a reload loses nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_autosave = st.components.v2.component(
    "prep_autosave",
    js=(Path(__file__).parents[1] / "static" / "autosave.js").read_text(encoding="utf-8"),
)


def draw() -> None:
    """Have every text area of the page call its `on_change` as soon as the typing rests."""
    _autosave(key="autosave")
