"""A chart on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from prep.charts import Chart  # loads Altair, for which a page without a chart need not wait


def draw_table(key: str, draw_rows: Callable[[], object]) -> None:
    """Draw what a chart shows as a table; its rows once it is opened."""
    with st.expander("Table", key=key, on_change="rerun", icon=":material/table:") as table:
        if table.open:
            draw_rows()


def draw(chart: Chart, alt: str, **look: Any) -> Any:
    """Draw a chart, `alt` saying what it shows; `look` as in `st.vega_lite_chart`.

    Return what is selected in it, with `on_select`.
    """
    return st.vega_lite_chart(chart.to_dict(), alt=alt, **look)
