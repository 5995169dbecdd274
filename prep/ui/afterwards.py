"""The rest of a page, drawn after what a click changed is on the screen.

The browser shows what one run drew when all of it has come. So that a click is answered at once,
its own run draws little; the browser then asks for the rest by itself.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from prep.versions import Version

_ask = st.components.v2.component(
    "prep_afterwards",
    js=(Path(__file__).parent / "static" / "afterwards.js").read_text(encoding="utf-8"),
)


def rerun(fragment: str, version: Version, key: str) -> None:
    """Have the named fragment run once more, for what the database holds since `version`."""
    _ask(
        key=f"after-{key}",
        data={"version": f"{fragment} {version.number} {version.at}"},
        on_drawn_change=lambda: st.rerun(fragment),
    )
