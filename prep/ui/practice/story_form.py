"""One story: writing it, rehearsing it, taking it out."""

from __future__ import annotations

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.practice import form_drafts, stories
from prep.practice.form_drafts import Fields
from prep.practice.stories import LEVEL_TITLES, LEVELS, PARTS, Story
from prep.ui.practice import editor
from prep.ui.text import escape_markdown, sanitize_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import draft_form
from prep.ui.widgets.draft_form import Drawn, Form

_SHOWN = "rehearsed-parts"


def facts(story: Story) -> str:
    """Return where, as what and when a story happened, its level and its strength, as Markdown."""
    known = [story.company, story.role, story.period, LEVEL_TITLES[story.level]]
    facts = dict.fromkeys(
        [*known, f"strength {story.strength}"]
    )  # a role may be named as its level
    return " · ".join(escape_markdown(fact) for fact in facts if fact)


def draw_form(story: Story) -> None:
    """Draw the form of a story."""
    draft_form.draw(_form_of(story), _draw_fields, "Save story", ":material/save:")


def draw_form_of_new(question_id: str | None = None) -> None:
    """Draw the form of a new story; with a question, of one that is to answer it."""
    draft_form.draw(_form_of_new(question_id), _draw_fields, "Save story", ":material/save:")


def _draw_fields(form: Drawn) -> None:
    form.text_input(
        "title", "Title", max_chars=stories.MAX_LINE, placeholder="The migration nobody wanted"
    )
    with st.grid(min_column_width=180):
        form.text_input("company", "Company")
        form.text_input("role", "Role")
        form.text_input("period", "When", placeholder="2024")
        form.selectbox("level", "Level", LEVELS, format_func=LEVEL_TITLES.__getitem__)
        form.selectbox("strength", "Strength", (1, 2, 3, 4, 5))
    names = list(PARTS)
    for pair in zip(names[::2], names[1::2], strict=True):  # a phone keeps the order of telling
        for column, name in zip(st.columns(2, gap="medium"), pair, strict=True):
            with column:
                _draw_part(form, name)


def _draw_part(form: Drawn, name: str) -> None:
    if name == "metric":
        form.text_input(name, PARTS[name], placeholder="Deploys: 2 → 30 a week")
    else:
        form.text_area(name, PARTS[name], height=130, max_chars=stories.MAX_PART)


@st.fragment
def draw_rehearsal(story: Story) -> None:
    """Draw a story part by part: each is said aloud before it is shown."""
    session.require_entry()
    shown_story, shown = st.session_state.get(_SHOWN, (story.id, 0))
    shown = shown if shown_story == story.id else 0
    parts = [(PARTS[name], text) for name in PARTS if (text := getattr(story, name))]
    st.caption(f"{editor.measures(story.spoken)}, Situation to Metric")
    if not parts:
        st.caption("Nothing is written yet.")
        return
    for title, text in parts[:shown]:
        st.markdown(f"**{title}**\n\n{sanitize_markdown(text)}")
    with st.container(horizontal=True):
        if shown < len(parts):
            st.button(
                f"Show: {parts[shown][0]}",
                key="rehearse-next",
                type="primary",
                shortcut="Space",
                on_click=_show,
                args=(story.id, shown + 1),
            )
        if shown:
            st.button("Hide all", key="rehearse-again", on_click=_show, args=(story.id, 0))


def draw_remove(story: Story) -> None:
    """Draw a way to take a story out, which asks first."""
    with st.popover("Remove story", icon=":material/delete:"):
        st.caption("It leaves the bank. Undo brings it back, links and all.")
        st.button("Remove it", key="remove-story", on_click=_remove, args=(story.id,))


def _form_of(story: Story) -> Form:
    with session.database() as db:
        name = form_drafts.of_story(db, story.id)

    def save(db: Database, clock: Clock, values: Fields) -> None:
        stories.save(db, clock, values, story.id)

    return Form(name, save)


def _form_of_new(question_id: str | None) -> Form:
    with session.database() as db:
        name = form_drafts.of_new_story(db, question_id)

    def save(db: Database, clock: Clock, values: Fields) -> None:
        st.query_params.from_dict({"story": stories.save(db, clock, values, answers=question_id)})

    return Form(name, save)


def _show(story_id: str, count: int) -> None:
    st.session_state[_SHOWN] = (story_id, count)


def _remove(story_id: str) -> None:
    if writes.attempt(lambda db, clock: stories.remove(db, clock, story_id)):
        st.query_params.pop("story", None)
