"""The sheets as one table to work in: cells edit progress, ticked rows change together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from prep.content.questions import Question
from prep.planning import scope
from prep.progress.tracker import DATE_FIELDS, STATUS_TITLES, STATUSES
from prep.ui.question import filters, rows
from prep.ui.widgets import side_effects, status

Cells = dict[int, dict[str, object]]

_TICK = "tick"
_OPEN = "open"
_EDITED = ("status", *DATE_FIELDS, "confidence", "starred", "personal_notes")
_COLUMNS = (
    _TICK,
    "id",
    "title",
    "status",
    "starred",
    "confidence",
    *DATE_FIELDS,
    "personal_notes",
    "category",
    "level",
    "difficulty",
    "phase",
    "article_status",
    "label",
    "notes",
)

# What this visit remembers of the table.
_GENERATION = "table_generation"  # counted up to give the editor a new, unedited life
_IDS = "table_ids"  # the question in each row
_SAVED = "table_saved"  # the edits of this generation that are in the database
_ALL_TICKED = "table_all_ticked"
_PLACE = "table"  # where it is told what an edit cleared
_BULK_EDITS: tuple[tuple[str, str | None, Mapping[str, bool]], ...] = (
    ("Star", ":material/star:", {"starred": True}),
    ("Unstar", None, {"starred": False}),
    ("Pin", ":material/keep:", scope.PIN),
    ("Leave out", ":material/block:", scope.DROP),
    ("Back in the plan", None, scope.UNPIN),
)


def draw(shown: list[Question], today: date) -> None:
    """Draw the questions as a table; an edited cell is saved at once."""
    _forget_stale_edits(shown)
    frame = _frame(shown)
    edited = st.data_editor(
        frame,
        key=_key(),
        on_change=_save,
        hide_index=True,
        height=min(36 * (len(shown) + 1) + 4, 640),
        column_order=_COLUMNS,
        column_config=_column_config(today),
        placeholder="–",
        disabled=[name for name in _COLUMNS if name not in (*_EDITED, _TICK)],
        alt="Questions with your status, dates, confidence, star and notes",
    )
    clicked = st.session_state.get(_OPEN)
    if clicked:
        # Its row would count as the table is sorted in the browser; the label is the id.
        opened = rows.place(clicked["label"], filters.as_text())
        st.switch_page(opened.page, query_params=dict(opened.params))
    with st.session_state["table_bulk_place"]:
        side_effects.draw(_PLACE)
        with st.container(horizontal=True, vertical_alignment="center"):
            _draw_bulk(list(edited.index[edited[_TICK]]))


def reserve_bulk_place() -> None:
    """Keep the place above the table where the buttons for ticked rows appear."""
    st.session_state["table_bulk_place"] = st.container(gap="xsmall")


def _frame(shown: list[Question]) -> pd.DataFrame:
    frame = pd.DataFrame(shown, index=[question.id for question in shown])
    frame[_TICK] = bool(st.session_state.get(_ALL_TICKED))
    frame["confidence"] = frame["confidence"].astype("Int64")
    frame["phase"] = frame["phase"].fillna("Outside the sequence")
    for name in DATE_FIELDS:
        frame[name] = pd.to_datetime(frame[name])
    return frame[list(_COLUMNS)]


def _column_config(today: date) -> Mapping[str, Any]:
    column = st.column_config
    dates = {"started_on": "Started", "drafted_on": "Drafted", "done_on": "Done"}
    return {
        _TICK: column.CheckboxColumn(
            "✓", width=56, pinned=True, help="Tick to change many at once"
        ),
        "id": column.ButtonColumn(
            "ID", width=90, type="tertiary", key=_OPEN, pinned=True, help="Opens the question"
        ),
        "title": column.TextColumn("Question", width=380),
        "status": column.SelectboxColumn(
            "Status",
            options=STATUSES,
            format_func=lambda name: STATUS_TITLES[str(name)],
            required=True,
            width=110,
        ),
        "starred": column.CheckboxColumn("Star", width=70),
        "confidence": column.NumberColumn(
            "Confidence", min_value=1, max_value=5, step=1, width=110, help="1 shaky to 5 sure"
        ),
        **{
            name: column.DateColumn(title, max_value=today, format="YYYY-MM-DD", width=105)
            for name, title in dates.items()
        },
        "personal_notes": column.TextColumn("My notes", width=200),
        "category": column.TextColumn("Category", width=180),
        "level": column.TextColumn("Level", width=80),
        "difficulty": column.TextColumn("Difficulty", width=80),
        "phase": column.TextColumn("Phase", width=160),
        "article_status": column.TextColumn("Site's article", width=100),
        "label": column.TextColumn("Label", width=110),
        "notes": column.TextColumn("Sheet's notes", width=260),
    }


def _draw_bulk(ids: list[str]) -> None:
    if not ids:
        st.caption("Edit in the table, or tick rows to change many at once.")
        st.button(
            "Tick all shown", key="tick_all", type="tertiary", on_click=_tick_all, args=(True,)
        )
        return
    st.markdown(f"**{len(ids)} ticked**")
    for name in STATUSES:
        st.button(
            STATUS_TITLES[name],
            icon=status.ICONS[name],
            key=f"bulk-{name}",
            on_click=_edit,
            args=(ids, {"status": name}),
        )
    for label, icon, fields in _BULK_EDITS:
        key = f"bulk-{label.lower().replace(' ', '-')}"
        st.button(label, icon=icon, key=key, on_click=_edit, args=(ids, fields))
    st.button("Untick", key="untick", type="tertiary", on_click=_tick_all, args=(False,))


def _tick_all(ticked: bool) -> None:
    st.session_state[_ALL_TICKED] = ticked
    _renew()


def _edit(ids: list[str], fields: Mapping[str, object]) -> None:
    status.edit(_PLACE, dict.fromkeys(ids, fields))


def _key() -> str:
    return f"table-{st.session_state.setdefault(_GENERATION, 0)}"


def _renew() -> None:
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1
    st.session_state[_SAVED] = {}


def _edited_cells() -> Cells:
    state = st.session_state.get(_key())
    return {} if state is None else state["edited_rows"]


def _save() -> None:
    """Save the cells that were edited since the last save."""
    ids, saved = st.session_state[_IDS], st.session_state[_SAVED]
    cells = _edited_cells()
    edits: dict[str, dict[str, object]] = {}
    for row, values in cells.items():
        for name, value in values.items():
            is_new = value != saved.get(row, {}).get(name, _IDS)
            if name in _EDITED and is_new:
                edits.setdefault(ids[int(row)], {})[name] = _stored(name, value)
    if edits and status.edit(_PLACE, edits):
        st.session_state[_SAVED] = {row: dict(values) for row, values in cells.items()}


def _stored(name: str, value: Any) -> Any:
    if name in DATE_FIELDS and value is not None:
        return str(value)[:10]
    if name == "starred":
        return int(bool(value))
    return "" if name == "personal_notes" and value is None else value


def _forget_stale_edits(shown: list[Question]) -> None:
    """Renew the editor where a typed value is not what the database holds.

    The browser lays typed values over the data it gets. After a refusal, an undo, a change in
    another tab, or a date cleared by its status, that would show what is not so.
    """
    old_ids: list[str] = st.session_state.get(_IDS, [])
    ids_by_row = dict(enumerate(old_ids))
    by_id = {question.id: question for question in shown}
    edited = [
        (by_id.get(ids_by_row.get(int(row), "")), cells) for row, cells in _edited_cells().items()
    ]
    if any(question and _is_stale(question, cells) for question, cells in edited):
        _renew()
    ids = list(by_id)
    if ids != old_ids:
        st.session_state[_SAVED] = {}
    st.session_state.setdefault(_SAVED, {})
    st.session_state[_IDS] = ids


def _is_stale(question: Question, cells: dict[str, object]) -> bool:
    """Whether a cell that was edited shows another value than the question has."""
    return any(
        name in _EDITED and _stored(name, value) != _stored(name, getattr(question, name))
        for name, value in cells.items()
    )
