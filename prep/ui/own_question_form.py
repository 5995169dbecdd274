"""Adding and changing a question of one's own."""

from __future__ import annotations

from typing import Any

import streamlit as st

from prep import own_questions, questions
from prep.own_questions import MAX_QUESTION_NOTES, MAX_TITLE
from prep.sheets import BEHAVIORAL, DIFFICULTIES, LEVELS, SHEET_TITLES
from prep.ui import session

Row = dict[str, Any]


def draw_new() -> None:
    """Draw a button that opens a form for a new question."""
    with st.popover("Add a question", icon=":material/add:"):
        sheet = st.segmented_control(
            "Sheet of the question", list(SHEET_TITLES), format_func=SHEET_TITLES.__getitem__,
            default=BEHAVIORAL, required=True, key="own-sheet",
        )  # fmt: skip
        with st.form("own-question", border=False, clear_on_submit=False):
            fields = _fields(str(sheet), {})
            if st.form_submit_button("Add", type="primary"):
                _add(fields)


def draw_edit(row: Row) -> None:
    """Draw the form of a question of one's own, and a way to take it out."""
    with st.expander("Your own question", icon=":material/edit:"):
        with st.form("own-question-edit", border=False):
            fields = _fields(row["sheet"], row)
            if st.form_submit_button("Save") and session.attempt(
                lambda db, clock: own_questions.edit(db, clock, row["id"], fields)
            ):
                st.rerun()
        if row["retired"]:
            st.caption("It is out of every list.")
            st.button("Put it back", on_click=_retire, args=(row["id"], False))
        else:
            st.button("Take it out", on_click=_retire, args=(row["id"], True),
                      help="What you noted on it stays")  # fmt: skip


def _fields(sheet: str, row: Row) -> dict[str, Any]:
    with session.database() as db:
        categories = {c["position"]: c["title"] for c in questions.categories(db, sheet)}
    places = list(categories)
    own = row.get("category_position", places[0])
    fields: dict[str, Any] = {
        "sheet": sheet,
        "category_position": st.selectbox(
            "Category of the question", places, index=places.index(own),
            format_func=categories.__getitem__,
        ),
        "title": st.text_input("What is asked", row.get("title", ""), max_chars=MAX_TITLE),
        "notes": st.text_area("Notes on the question", row.get("notes") or "",
                              max_chars=MAX_QUESTION_NOTES, height=80),
    }  # fmt: skip
    if sheet == BEHAVIORAL:
        with st.container(horizontal=True):
            fields["level"] = st.selectbox(
                "Level asked", LEVELS, index=LEVELS.index(row.get("level") or "EM+DIR")
            )
            fields["difficulty"] = st.selectbox(
                "How difficult",
                DIFFICULTIES,
                index=DIFFICULTIES.index(row.get("difficulty") or "Medium"),
            )
    return fields


def _add(fields: dict[str, Any]) -> None:
    added: list[str] = []
    if session.attempt(lambda db, clock: added.append(own_questions.add(db, clock, fields))):
        st.switch_page("pages/question.py", query_params={"id": added[0]})
    session.show_error()


def _retire(question_id: str, retired: bool) -> None:
    session.attempt(lambda db, clock: own_questions.retire(db, clock, question_id, retired))
