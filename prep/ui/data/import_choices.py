"""What a file that comes in leaves open: how it writes days, and what was changed on both sides."""

from __future__ import annotations

import streamlit as st

from prep.content.import_report import Conflict
from prep.exchange.imports import Choices
from prep.exchange.three_way import ANSWER
from prep.ui.text import escape_markdown
from prep.ui.widgets import changes

_DATES, _TAKEN = "import-dates", "import-taken"
_DAY_FIRST, _MONTH_FIRST = "Day first: 20/11", "Month first: 11/20"
_FIELDS = {ANSWER: "body"}  # as the history of changes names them
_MOST_SHOWN = 50
_LONG, _HEIGHT = 1_000, 300  # characters of a text that is scrolled; pixels


def forget() -> None:
    """Forget what was chosen for the file before."""
    for key in (_DATES, _TAKEN):
        st.session_state.pop(key, None)


def chosen() -> Choices:
    """Return what was chosen so far; of what was changed on both sides, what is here stays."""
    dates = st.session_state.get(_DATES)
    taken = set(st.session_state.get(_TAKEN, ()))
    return Choices(
        day_first=None if dates is None else dates == _DAY_FIRST,
        resolve=lambda question_id, field: (question_id, field) in taken,
    )


def draw_dates(why: str | None = None) -> None:
    """Draw the choice of how the table writes days, with the day that is open where one is."""
    if why:
        st.warning(
            escape_markdown(why.partition(": say whether")[0]), icon=":material/calendar_month:"
        )
    ways = (_DAY_FIRST, _MONTH_FIRST)
    st.radio("How does the table write days?", ways, index=None, key=_DATES, horizontal=True)


def draw_conflicts(conflicts: list[Conflict]) -> None:
    """Draw what was changed in the file and here as well, both values, and which to take."""
    if not conflicts:
        return
    names = {
        (found.question_id, found.field): f"{found.question_id},"
        f" {changes.title_of(_FIELDS.get(found.field, found.field))}: {found.title}"
        for found in conflicts
    }
    with st.container(border=True, key="import-conflicts"):
        st.markdown(":material/call_split: **Changed in the file, and here since the export.**")
        for found in conflicts[:_MOST_SHOWN]:
            _draw_both(names[found.question_id, found.field], found)
        if len(conflicts) > _MOST_SHOWN:
            st.caption(f"and {len(conflicts) - _MOST_SHOWN:,} more")
        st.multiselect(
            "Take what the file says for",
            list(names),
            format_func=names.__getitem__,
            key=_TAKEN,
            placeholder="Nothing: what is here stays",
        )


def _draw_both(name: str, found: Conflict) -> None:
    st.markdown(escape_markdown(name))
    sides = {"Here now": found.here, "In the file": found.file}
    for column, (title, value) in zip(st.columns(2, gap="medium"), sides.items(), strict=True):
        column.caption(title)
        text = "none" if value in (None, "") else str(value)
        with column.container(height="content" if len(text) < _LONG else _HEIGHT, border=False):
            st.text(text)
