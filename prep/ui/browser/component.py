"""A part of a page that runs in the browser: JavaScript in `ui/static/`, with HTML and CSS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_STATIC = Path(__file__).parents[1] / "static"


def load(name: str, **options: Any) -> Any:
    """Return the component whose files in `ui/static/` have this name, to be drawn where it is
    called. Options are those of `st.components.v2.component`."""
    html, css, js = (_text(f"{name}.{kind}") for kind in ("html", "css", "js"))
    return st.components.v2.component(f"prep_{name}", html=html, css=css, js=js, **options)


def _text(name: str) -> str | None:
    file = _STATIC / name
    return file.read_text(encoding="utf-8") if file.exists() else None
