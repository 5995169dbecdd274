"""The rest of a page, drawn after what a click changed is on the screen.

The browser shows what one run drew when all of it has come. So that a click is answered at once,
its own run draws little; the browser then asks for the rest by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from prep.store.cache import Version
from prep.ui.browser import component

_ask = component.load("deferred_refresh")


DRAWN = "rest_drawn"  # the version that the rest shows; none where the whole page is drawn anew
UNDO = "undo-and-redo"  # the fragment of the sidebar's buttons, and the version that they name


def shows(version: Version) -> None:
    """Note that the rest of the page shows this version of the data."""
    st.session_state[DRAWN] = version


def follow(fragments: Sequence[str], version: Version, key: str) -> None:
    """Have the rest, the fragments of these names, drawn once more where it shows another version.

    The buttons of undo are drawn with it: of two runs asked for at once, one may end the other.
    """
    if st.session_state.get(DRAWN) in (None, version):
        return
    _draw_after([*fragments, UNDO], version, key)


def undo_follows(version: Version) -> None:
    """Have the buttons of undo drawn once more where they name what was last at another version."""
    if st.session_state.get(UNDO) in (None, version):
        return
    st.session_state[UNDO] = version
    _draw_after([UNDO], version, UNDO)


def _draw_after(fragments: list[str], version: Version, key: str) -> None:
    _ask(
        key=f"after-{key}",
        data={"version": f"{fragments} {version.number} {version.at}"},
        on_drawn_change=lambda: _draw_only(fragments),
    )


def _draw_only(fragments: list[str]) -> None:
    """Draw these fragments alone. Where the whole page is drawn, they are drawn with it.

    That is so where the browser asked for them and for another page at once: drawn alone, they
    would leave that page empty.
    """
    run = get_script_run_ctx()
    if run and run.fragment_ids_this_run:
        st.rerun(fragments)
