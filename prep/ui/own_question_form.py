"""Adding and changing a question of one's own."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import streamlit as st

from prep import own_questions, questions
from prep.own_questions import MAX_QUESTION_NOTES, MAX_TITLE
from prep.sheets import BEHAVIORAL, DIFFICULTIES, LEVELS, SHEET_TITLES
from prep.ui import session

Row = dict[str, Any]

_FIELDS = ("category_position", "title", "notes", "level", "difficulty")
_ADDED = "own-question-added"


def draw_new() -> None:
    """Draw a button that opens a form for a new question."""
    added = st.session_state.pop(_ADDED, None)
    if added:
        st.switch_page("pages/question.py", query_params={"id": added})
    with st.popover(
        "Add a question", key="add-question", icon=":material/add:", on_change="rerun"
    ) as panel:
        if not panel.open:
            return
        sheet = st.segmented_control(
            "Sheet of the question", list(SHEET_TITLES), format_func=SHEET_TITLES.__getitem__,
            default=BEHAVIORAL, required=True, key="own-sheet", label_visibility="collapsed",
        )  # fmt: skip
        _draw_form({"sheet": str(sheet)}, "Add", _add)
        session.show_error()


def draw_edit(row: Row) -> None:
    """Draw the form of a question of one's own, and a way to take it out."""
    with st.expander("Your own question", icon=":material/edit:"):
        _draw_form(row, "Save", _edit)
        if row["retired"]:
            st.caption("It is out of every list.")
            st.button("Put it back", on_click=_retire, args=(row["id"], False))
        else:
            st.button("Take it out", on_click=_retire, args=(row["id"], True),
                      help="What you noted on it stays")  # fmt: skip


def _draw_form(row: Row, label: str, save: Callable[[Row, dict[str, str]], None]) -> None:
    """Draw the fields of a question; `save` gets the row as it was drawn, and the fields' keys."""
    with session.database() as db:
        categories = {c["position"]: c["title"] for c in questions.categories(db, row["sheet"])}
    kept = {name: row.get(name) for name in ("id", "sheet", *_FIELDS)}
    stem = f"own-{zlib.crc32(repr(kept).encode())}"  # what is kept, is shown
    places = list(categories)
    keys = {name: f"{stem}-{name}" for name in _FIELDS}
    with st.form(stem, border=False), st.container(gap="xsmall"):
        st.selectbox(
            "Category of the question", places, format_func=categories.__getitem__,
            index=places.index(row.get("category_position", places[0])),
            key=keys["category_position"],
        )  # fmt: skip
        st.text_input("What is asked", row.get("title", ""), key=keys["title"],
                      max_chars=MAX_TITLE)  # fmt: skip
        st.text_area("Notes on the question", row.get("notes") or "", key=keys["notes"],
                     max_chars=MAX_QUESTION_NOTES, height=68)  # fmt: skip
        if row["sheet"] == BEHAVIORAL:
            with st.container(horizontal=True):
                st.selectbox("Level asked", LEVELS, LEVELS.index(row.get("level") or "EM+DIR"),
                             key=keys["level"])  # fmt: skip
                difficulty = DIFFICULTIES.index(row.get("difficulty") or "Medium")
                st.selectbox("How difficult", DIFFICULTIES, difficulty, key=keys["difficulty"])
        st.form_submit_button(label, type="primary", on_click=save, args=(row, keys))


def _values(row: Row, keys: dict[str, str]) -> Row:
    typed = {name: st.session_state[key] for name, key in keys.items() if key in st.session_state}
    return {"sheet": row["sheet"], **typed}


def _add(row: Row, keys: dict[str, str]) -> None:
    values = _values(row, keys)
    added: list[str] = []
    if session.attempt(lambda db, clock: added.append(own_questions.add(db, clock, values))):
        st.session_state[_ADDED] = added[0]


def _edit(row: Row, keys: dict[str, str]) -> None:
    values = _values(row, keys)
    session.attempt(lambda db, clock: own_questions.edit(db, clock, row["id"], values))


def _retire(question_id: str, retired: bool) -> None:
    session.attempt(lambda db, clock: own_questions.retire(db, clock, question_id, retired))
