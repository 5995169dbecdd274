"""Long lists a page at a time."""

from __future__ import annotations

import streamlit as st


def draw(total: int, size: int, key: str) -> int:
    """Draw the pages of `total` things, `size` a page, where there is more than one.

    Return how many things come before the page chosen. The page is in the address.
    """
    pages = max(-(-total // size), 1)
    if st.session_state.get(key, 1) > pages:  # fewer things match now
        st.session_state[key] = pages
    if pages == 1:
        return 0
    return size * (st.pagination(pages, key=key, bind="query-params") - 1)
