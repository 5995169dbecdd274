"""Going on to another page from a widget's callback, in which Streamlit itself cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

_GOES = "page_to_go_to"


class Place(NamedTuple):
    """A page of the app, and what its address holds."""

    page: str
    params: Mapping[str, str | Sequence[str]] = {}


def to(place: Place) -> None:
    """Note where the run that follows the callback goes."""
    st.session_state[_GOES] = place


def follow() -> None:
    """Go where the last callback said, if it did; the run ends here then."""
    place: Place | None = st.session_state.pop(_GOES, None)
    if place is not None:
        st.switch_page(place.page, query_params=dict(place.params))
