"""Adding and changing a question of one's own."""

from __future__ import annotations

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import phases
from prep.content.models import BEHAVIORAL, DIFFICULTIES, LEVELS, SHEET_TITLES
from prep.content.questions import Question
from prep.practice import form_drafts
from prep.practice.form_drafts import Fields
from prep.progress import own_questions
from prep.progress.own_questions import MAX_QUESTION_NOTES, MAX_TITLE
from prep.ui import page_paths
from prep.ui.visit import session, writes
from prep.ui.widgets import draft_form
from prep.ui.widgets.draft_form import Drawn, Form

_ADDED = "own-question-added"


def draw_new() -> None:
    """Draw a button that opens a form for a new question."""
    added = st.session_state.pop(_ADDED, None)
    if added:
        st.switch_page(page_paths.QUESTION, query_params={"id": added})
    with st.popover(
        "Add a question", key="add-question", icon=":material/add:", on_change="rerun"
    ) as panel:
        if not panel.open:
            return
        sheet = st.segmented_control(
            "Sheet of the question",
            list(SHEET_TITLES),
            format_func=SHEET_TITLES.__getitem__,
            default=BEHAVIORAL,
            required=True,
            key="own-sheet",
            label_visibility="collapsed",
        )
        _draw_form(_form_of_new(str(sheet)), str(sheet), "Add")


def draw_edit(question: Question) -> None:
    """Draw the form of a question of one's own, and a way to take it out."""
    with st.expander("Your own question", icon=":material/edit:"):
        _draw_form(_form_of(question), question.sheet, "Save")
        if question.retired:
            st.caption("It is out of every list.")
            st.button("Put it back", on_click=_retire, args=(question.id, False))
        else:
            st.button(
                "Take it out",
                on_click=_retire,
                args=(question.id, True),
                help="What you noted on it stays",
            )


def _draw_form(form: Form, sheet: str, label: str) -> None:
    with session.database() as db:
        categories = {
            category.position: category.title for category in phases.list_categories(db, sheet)
        }

    def draw_fields(form: Drawn) -> None:
        form.selectbox(
            "category_position",
            "Category of the question",
            list(categories),
            format_func=categories.__getitem__,
        )
        form.text_input("title", "What is asked", max_chars=MAX_TITLE)
        form.text_area("notes", "Notes on the question", max_chars=MAX_QUESTION_NOTES, height=68)
        if sheet == BEHAVIORAL:
            with st.container(horizontal=True):
                form.selectbox("level", "Level asked", LEVELS)
                form.selectbox("difficulty", "How difficult", DIFFICULTIES)

    with st.container(gap="xsmall"):
        draft_form.draw(form, draw_fields, label)


def _form_of_new(sheet: str) -> Form:
    def add(db: Database, clock: Clock, values: Fields) -> None:
        st.session_state[_ADDED] = own_questions.add(db, clock, {"sheet": sheet, **values})

    return Form(form_drafts.of_new_question(sheet), add)


def _form_of(question: Question) -> Form:
    with session.database() as db:
        name = form_drafts.of_question(db, question.id)
    return Form(name, lambda db, clock, values: own_questions.edit(db, clock, question.id, values))


def _retire(question_id: str, retired: bool) -> None:
    writes.attempt(lambda db, clock: own_questions.retire(db, clock, question_id, retired))
