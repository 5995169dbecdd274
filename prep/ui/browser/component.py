"""A part of a page that runs in the browser: JavaScript in `ui/static/`, with HTML and CSS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_STATIC = Path(__file__).parents[1] / "static"


def load(name: str, **options: Any) -> Any:
    """Return the component whose files in `ui/static/` have this name, to be drawn where it is
    called. Options are those of `st.components.v2.component`."""
    files = {kind: _STATIC / f"{name}.{kind}" for kind in ("html", "css", "js")}
    texts: dict[str, Any] = {
        kind: file.read_text(encoding="utf-8") for kind, file in files.items() if file.exists()
    }
    return st.components.v2.component(f"prep_{name}", **texts, **options)
