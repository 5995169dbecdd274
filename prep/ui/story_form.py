"""One story: writing it, linking it to questions, rehearsing it."""

from __future__ import annotations

import zlib

import streamlit as st
from sqlite_utils import Database

from prep import questions, stories
from prep.clock import Clock
from prep.sheets import BEHAVIORAL
from prep.stories import LEVELS, PARTS, Story
from prep.ui import editor, session
from prep.ui.text import harmless, plain

LEVEL_TITLES = {"EM": "Engineering manager", "DIR": "Director"}
_SHOWN = "rehearsed-parts"
_FIELDS = ("title", "company", "role", "period", "level", "strength", *PARTS)


def facts(story: Story) -> str:
    """Return where, as what and when a story happened, its level and its strength, as Markdown."""
    known = [story.company, story.role, story.period, LEVEL_TITLES[story.level],
             f"strength {story.strength}"]  # fmt: skip
    return " · ".join(plain(fact) for fact in known if fact)


def draw_form(story: Story | None) -> None:
    """Draw the form of a story; without one, of a new one."""
    now = story or Story("")
    stem = f"story-{now.id or 'new'}-{zlib.crc32(repr(now).encode())}"  # what is kept, is shown
    keys = {name: f"{stem}-{name}" for name in _FIELDS}
    with st.form(stem, border=False):
        st.text_input("Title", now.title, key=keys["title"], max_chars=stories.MAX_LINE,
                      placeholder="The migration nobody wanted")  # fmt: skip
        with st.grid(min_column_width=160):
            st.text_input("Company", now.company, key=keys["company"])
            st.text_input("Role", now.role, key=keys["role"])
            st.text_input("When", now.period, key=keys["period"], placeholder="2024")
            st.selectbox("Level", LEVELS, LEVELS.index(now.level), key=keys["level"],
                         format_func=LEVEL_TITLES.__getitem__)  # fmt: skip
            st.selectbox("Strength", (1, 2, 3, 4, 5), now.strength - 1, key=keys["strength"])
        left, right = st.columns(2, gap="medium")
        for place, (name, title) in enumerate(PARTS.items()):
            with left if place % 2 == 0 else right:
                if name == "metric":
                    st.text_input(title, now.metric, key=keys[name],
                                  placeholder="Deploys: 2 → 30 a week")  # fmt: skip
                else:
                    st.text_area(title, getattr(now, name), key=keys[name], height=130,
                                 max_chars=stories.MAX_PART)  # fmt: skip
        st.form_submit_button("Save story", type="primary", icon=":material/save:",
                              on_click=_save, args=(keys, story and story.id))  # fmt: skip
    session.show_error()


def draw_links(story: Story) -> None:
    """Draw which questions a story answers, each with its angle."""
    with session.database() as db:
        asked = {row["id"]: row["title"] for row in questions.find(db, {"sheet": [BEHAVIORAL]})}
        angles = {link.question_id: link.angle for link in stories.links(db)
                  if link.story_id == story.id}  # fmt: skip
    key = f"links-{story.id}"
    st.session_state[key] = list(angles)
    st.multiselect(
        "Questions it answers", list(asked), key=key, placeholder="Type a word or an id",
        format_func=lambda question_id: f"{question_id} {asked[question_id]}",
        on_change=_link, args=(story.id, key, angles),
    )  # fmt: skip
    for question_id, angle in angles.items():
        angle_key = f"angle-{story.id}-{question_id}"
        st.session_state[angle_key] = angle
        st.text_input(
            f"Angle for {plain(question_id)}: {plain(asked[question_id])}", key=angle_key,
            placeholder="What to stress here", max_chars=stories.MAX_LINE,
            on_change=_set_angle, args=(story.id, question_id, angle_key),
        )  # fmt: skip


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
        st.markdown(f"**{title}**\n\n{harmless(text)}")
    with st.container(horizontal=True):
        if shown < len(parts):
            st.button(f"Show: {parts[shown][0]}", key="rehearse-next", type="primary",
                      shortcut="Space", on_click=_show, args=(story.id, shown + 1))  # fmt: skip
        if shown:
            st.button("Hide all", key="rehearse-again", on_click=_show, args=(story.id, 0))


def draw_remove(story: Story) -> None:
    """Draw a way to take a story out, which asks first."""
    with st.popover("Remove", icon=":material/delete:"):
        st.caption("It leaves the bank. Undo brings it back, links and all.")
        st.button("Remove this story", key="remove-story", on_click=_remove, args=(story.id,))


def _save(keys: dict[str, str], story_id: str | None) -> None:
    values = {name: st.session_state[key] for name, key in keys.items()}

    def write(db: Database, clock: Clock) -> None:
        st.query_params["story"] = stories.save(db, clock, values, story_id)

    session.attempt(write)


def _link(story_id: str, key: str, angles: dict[str, str]) -> None:
    chosen = st.session_state[key]
    changed = dict.fromkeys(set(angles) - set(chosen)) | dict.fromkeys(
        set(chosen) - set(angles), ""
    )
    session.attempt(lambda db, clock: stories.link(db, clock, story_id, changed))


def _set_angle(story_id: str, question_id: str, key: str) -> None:
    angle = st.session_state[key]
    session.attempt(lambda db, clock: stories.link(db, clock, story_id, {question_id: angle}))


def _show(story_id: str, count: int) -> None:
    st.session_state[_SHOWN] = (story_id, count)


def _remove(story_id: str) -> None:
    if session.attempt(lambda db, clock: stories.remove(db, clock, story_id)):
        st.query_params.pop("story", None)
