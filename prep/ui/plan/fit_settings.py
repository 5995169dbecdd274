"""What the fitting of the plan goes by: the reserve, the shares of the sheets, the focus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from prep.content import phases
from prep.content.models import SHEET_TITLES
from prep.content.phases import Category
from prep.progress import setting_texts, settings
from prep.progress.setting_texts import FOCUSES, CategoryFocus
from prep.progress.settings import Settings
from prep.ui.visit import session, writes
from prep.ui.widgets import bound


def draw(chosen: Settings) -> None:
    """Draw the settings that say what fits, behind a panel."""
    with st.expander(
        "What fits", key="fit-settings", icon=":material/fit_screen:", on_change="rerun"
    ) as panel:
        if not panel.open:
            return
        with st.grid(min_column_width=220):
            _percent("Kept for reviews and mock interviews, %", "reserve", 90, chosen)
            _percent("System design, % of the rest", "system_design_share", 100, chosen)
            st.number_input(
                "Minutes to rehearse what is prepared",
                1,
                600,
                step=5,
                key=bound.bind("rehearsal_minutes", chosen.rehearsal_minutes),
                on_change=_save_minutes,
            )
        _draw_focus(chosen)


def with_edits(
    focus: Sequence[CategoryFocus],
    categories: Sequence[Category],
    edited: Mapping[int, Mapping[str, Any]],
) -> str:
    """Return the focus as text after rows of the table were edited, each a category by its row."""
    weights = {(sheet, position): weight for sheet, position, weight in focus}
    for row, cells in edited.items():
        category = categories[row]
        weights[category.sheet, category.position] = float(cells["Focus"] or 0)
    changed = sorted((*place, weight) for place, weight in weights.items() if weight != 1)
    return setting_texts.text_of("focus", tuple(changed))


def _percent(label: str, key: str, largest: int, chosen: Settings) -> None:
    st.number_input(
        label,
        0,
        largest,
        step=5,
        key=bound.bind(f"{key}-percent", round(100 * getattr(chosen, key))),
        on_change=_save_percent,
        args=(key,),
    )


def _save_percent(key: str) -> None:
    if bound.is_changed(f"{key}-percent"):
        _save(key, f"{st.session_state[f'{key}-percent'] / 100:g}")


def _save_minutes() -> None:
    if bound.is_changed("rehearsal_minutes"):
        _save("rehearsal_minutes", str(st.session_state["rehearsal_minutes"]))


def _draw_focus(chosen: Settings) -> None:
    with session.database() as db:
        categories = phases.list_categories(db)
    weights = {(sheet, position): weight for sheet, position, weight in chosen.focus}
    key = f"focus-{setting_texts.text_of('focus', chosen.focus)}"  # a new one begins unedited
    st.caption("Focus: 2 gives a category twice its weight, 0 leaves it out.")
    st.data_editor(
        pd.DataFrame(
            {
                "Sheet": [SHEET_TITLES[category.sheet] for category in categories],
                "Category": [category.title for category in categories],
                "Focus": [weights.get((c.sheet, c.position), 1.0) for c in categories],
            }
        ),
        hide_index=True,
        disabled=["Sheet", "Category"],
        column_config={"Focus": st.column_config.SelectboxColumn(options=list(FOCUSES), width=90)},
        height=300,
        key=key,
        on_change=lambda: _save(
            "focus", with_edits(chosen.focus, categories, st.session_state[key]["edited_rows"])
        ),
    )


def _save(key: str, text: str) -> None:
    writes.attempt(lambda db, clock: settings.change(db, clock, {key: text}))
