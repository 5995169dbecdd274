"""Brings the top of a page into view when what it shows has changed altogether."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_scroll = st.components.v2.component(
    "prep_scroll",
    js=(Path(__file__).parents[1] / "static" / "scroll.js").read_text(encoding="utf-8"),
)


def to_top(shown: str) -> None:
    """Scroll to the top where `shown`, the name of what the page shows, is another than before."""
    _scroll(key="scroll", data={"shown": shown})
