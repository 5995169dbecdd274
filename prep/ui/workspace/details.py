"""All that is known of a question and was noted on it: facts, dates, plan, time, history."""

from __future__ import annotations

import streamlit as st

from prep.content import questions
from prep.content.phases import OUTSIDE_SEQUENCE
from prep.content.questions import Question
from prep.progress import reading, time_spent
from prep.store import cache, change_list
from prep.store.change_list import FieldChange
from prep.ui import page_paths
from prep.ui.browser import deferred_refresh
from prep.ui.practice import question_attempts
from prep.ui.question import own_question_form, place_form, progress_form, rows
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import changes

CHANGES_SHOWN = 6
MINE = "mine"


def draw(question: Question) -> None:
    """Draw the person's own things on the left, and what the sheet says on the right."""
    main, side = st.columns([2, 1], gap="large")
    with main:
        draw_mine(question.id)
    with side:
        _draw_facts(question)
        _draw_article_notes(question)
    if question.own:
        own_question_form.draw_edit(question)
    question_attempts.draw(question.id)
    draw_neighbours(question)


@st.fragment(key=MINE)
def draw_mine(question_id: str) -> None:
    """Draw what the person has of a question, besides its status and its answer."""
    with session.database() as db:
        question = questions.get(db, question_id)
        past = change_list.changes(db, subject="question", subject_id=question_id, limit=50)
        deferred_refresh.shows(cache.personal(db))
    writes.show_error()
    progress_form.draw_dates(question, session.today())
    progress_form.draw_rest(question)
    _draw_place(question_id)
    _draw_time(question_id)
    _draw_history(past)


def _draw_facts(question: Question) -> None:
    phase = question.phase or OUTSIDE_SEQUENCE
    facts = {
        "Label": question.label,
        "Level": question.level,
        "Difficulty": question.difficulty,
        "Phase": phase,
        "Sheet's notes": question.notes,
        "What they listen for": question.signal,
        "Site's article": question.article_status,
    }
    lines = [
        f":small[:gray[{name}]]  \n{escape_markdown(value)}"
        for name, value in facts.items()
        if value
    ]
    with st.container(border=True):
        st.markdown("\n\n".join(lines))
        rows.article_link(question.permalink, "Read the article")


def _draw_place(question_id: str) -> None:
    """Draw the question's place in the plan, once it is opened."""
    with st.expander(
        "In the plan", key="place", icon=":material/calendar_month:", on_change="rerun"
    ) as panel:
        if panel.open:
            with session.database() as db:
                plan = session.load_plan_status(db)
            place_form.draw(question_id, plan)


def _draw_time(question_id: str) -> None:
    """Draw the minutes spent on a question, by what they went into."""
    with session.database() as db:
        minutes = time_spent.of_question(db, question_id)
    spent = [f"{time_spent.KINDS[kind].lower()} {m:.0f}" for kind, m in minutes.items() if m >= 1]
    with st.container(horizontal=True, vertical_alignment="center"):
        said = f"{sum(minutes.values()):.0f} min spent" + (f": {', '.join(spent)}" if spent else "")
        st.caption(said, width="content")
        with st.popover(
            "Add time", key="time", type="tertiary", icon=":material/more_time:", on_change="rerun"
        ) as panel:
            if panel.open:
                _draw_add_time(question_id)


def _draw_add_time(question_id: str) -> None:
    """Draw the fields for minutes that were not counted."""
    today = session.today()
    st.number_input("Minutes spent", 1, 1440, 30, step=5, key="spent-minutes")
    st.date_input("On", today, max_value=today, key="spent-on", format="YYYY-MM-DD")
    st.button("Add", key="add-time", on_click=_add_time, args=(question_id,))


def _add_time(question_id: str) -> None:
    """Keep the minutes that were entered; from a callback."""
    minutes, day = st.session_state["spent-minutes"], st.session_state["spent-on"]
    writes.attempt(lambda db, clock: time_spent.enter(db, clock, question_id, minutes, day))


def _draw_history(past: list[FieldChange]) -> None:
    """Draw what was changed on a question, the latest first."""
    st.subheader("History", anchor=False)
    if not past:
        st.caption("Nothing has been changed on this question yet.")
        return
    changes.draw(past[:CHANGES_SHOWN], changes.describe_field)
    earlier = past[CHANGES_SHOWN:]
    if earlier:
        with st.expander(
            f"{len(earlier)} earlier", key="earlier", icon=":material/history:", on_change="rerun"
        ) as panel:
            if panel.open:
                changes.draw(earlier, changes.describe_field)


def _draw_article_notes(question: Question) -> None:
    """Draw the notes that were taken on sections of the question's article."""
    if not question.permalink:
        return
    with session.database() as db:
        notes = reading.section_notes(db, question.permalink)
    if notes:
        st.subheader("My notes in the article", anchor=False)
    for anchor, note in notes.items():
        with st.container(border=True, gap="xsmall"):
            st.text(note)
            st.page_link(
                page_paths.READ,
                label="Open the section",
                icon=":material/menu_book:",
                query_params={"article": question.permalink, "section": anchor},
            )


@st.fragment
def draw_neighbours(question: Question) -> None:
    """Draw the questions of the same category that stand near it, once they are opened."""
    with st.expander(
        f"Also in {escape_markdown(question.category)}",
        key="near",
        on_change="rerun",
        icon=":material/format_list_bulleted:",
    ) as panel:
        if panel.open:
            with session.database() as db:
                near = questions.near(db, question, rows.NEAR_EACH_WAY)
            for other in near:
                rows.line(other.id, other.title, other.status)
