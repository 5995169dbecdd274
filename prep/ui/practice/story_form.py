"""One story: writing it, linking it to questions, rehearsing it."""

from __future__ import annotations

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.models import BEHAVIORAL
from prep.practice import form_drafts, stories
from prep.practice.form_drafts import Fields
from prep.practice.stories import LEVELS, PARTS, Story
from prep.ui.practice import editor
from prep.ui.text import escape_markdown, sanitize_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import bound, draft_form
from prep.ui.widgets.draft_form import Drawn, Form

LEVEL_TITLES = {"EM": "Engineering manager", "DIR": "Director"}
_SHOWN = "rehearsed-parts"


def facts(story: Story) -> str:
    """Return where, as what and when a story happened, its level and its strength, as Markdown."""
    known = [
        story.company,
        story.role,
        story.period,
        LEVEL_TITLES[story.level],
        f"strength {story.strength}",
    ]
    return " · ".join(escape_markdown(fact) for fact in known if fact)


def draw_form(story: Story | None) -> None:
    """Draw the form of a story; without one, of a new one."""
    draft_form.draw(
        _form_of(story) if story else _FORM_OF_NEW, _draw_fields, "Save story", ":material/save:"
    )


def _draw_fields(form: Drawn) -> None:
    form.text_input(
        "title", "Title", max_chars=stories.MAX_LINE, placeholder="The migration nobody wanted"
    )
    with st.grid(min_column_width=160):
        form.text_input("company", "Company")
        form.text_input("role", "Role")
        form.text_input("period", "When", placeholder="2024")
        form.selectbox("level", "Level", LEVELS, format_func=LEVEL_TITLES.__getitem__)
        form.selectbox("strength", "Strength", (1, 2, 3, 4, 5))
    left, right = st.columns(2, gap="medium")
    for place, (name, title) in enumerate(PARTS.items()):
        with left if place % 2 == 0 else right:
            if name == "metric":
                form.text_input(name, title, placeholder="Deploys: 2 → 30 a week")
            else:
                form.text_area(name, title, height=130, max_chars=stories.MAX_PART)


def draw_links(story: Story) -> None:
    """Draw which questions a story answers, each with its angle."""
    with session.database() as db:
        asked = {
            question.id: question.title for question in questions.find(db, {"sheet": [BEHAVIORAL]})
        }
        angles = {
            link.question_id: link.angle for link in stories.links(db) if link.story_id == story.id
        }
    key = bound.bind(f"links-{story.id}", list(angles))
    st.multiselect(
        "Questions it answers",
        list(asked),
        key=key,
        placeholder="Type a word or an id",
        format_func=lambda question_id: f"{question_id} {asked[question_id]}",
        on_change=_link,
        args=(story.id, key, angles),
    )
    for question_id, angle in angles.items():
        angle_key = bound.bind(f"angle-{story.id}-{question_id}", angle)
        st.text_input(
            f"Angle for {escape_markdown(question_id)}: {escape_markdown(asked[question_id])}",
            key=angle_key,
            placeholder="What to stress here",
            max_chars=stories.MAX_LINE,
            on_change=_set_angle,
            args=(story.id, question_id, angle_key),
        )


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
    with st.popover("Remove", icon=":material/delete:"):
        st.caption("It leaves the bank. Undo brings it back, links and all.")
        st.button("Remove this story", key="remove-story", on_click=_remove, args=(story.id,))


def _form_of(story: Story) -> Form:
    with session.database() as db:
        name = form_drafts.of_story(db, story.id)
    return Form(name, lambda db, clock, values: _save(db, clock, values, story.id))


def _save(db: Database, clock: Clock, values: Fields, story_id: str | None = None) -> None:
    st.query_params["story"] = stories.save(db, clock, values, story_id)


_FORM_OF_NEW = Form(form_drafts.NEW_STORY, _save)


def _link(story_id: str, key: str, angles: dict[str, str]) -> None:
    if not bound.is_changed(key):
        return
    chosen = st.session_state[key]
    changed = dict.fromkeys(set(angles) - set(chosen)) | dict.fromkeys(
        set(chosen) - set(angles), ""
    )
    writes.attempt(lambda db, clock: stories.link(db, clock, story_id, changed))


def _set_angle(story_id: str, question_id: str, key: str) -> None:
    if bound.is_changed(key):
        angle = st.session_state[key]
        writes.attempt(lambda db, clock: stories.link(db, clock, story_id, {question_id: angle}))


def _show(story_id: str, count: int) -> None:
    st.session_state[_SHOWN] = (story_id, count)


def _remove(story_id: str) -> None:
    if writes.attempt(lambda db, clock: stories.remove(db, clock, story_id)):
        st.query_params.pop("story", None)
