"""Which questions a story answers, and which stories a question has: linked one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.content import search
from prep.content.models import BEHAVIORAL
from prep.content.questions import Question
from prep.planning.wording import many
from prep.practice import stories, story_coverage, story_suggestions
from prep.practice.story_suggestions import Suggestion
from prep.ui import page_paths
from prep.ui.browser import enter_key
from prep.ui.question import rows
from prep.ui.text import escape_markdown
from prep.ui.visit import session, typed_text, writes
from prep.ui.widgets import draft_form, paging

LINKS_A_PAGE = 8
HITS_SHOWN = 5
SUGGESTIONS_AT_ONCE = 4
_LINKED, _BY_ENTER = "links-made", "linked-by-enter"


@st.fragment
def draw_of_story(story_id: str) -> None:
    """Draw the questions that a story answers, each with its angle, and ways to link another."""
    with session.database() as db:
        asked = {question.id: question for question in story_coverage.asked(db)}
        of_story = [link for link in stories.links(db) if link.story_id == story_id]
        suggested = story_suggestions.questions_for(db, story_id)
    linked = {link.question_id: link.angle for link in of_story}
    st.subheader("Questions it answers", anchor=False)
    writes.show_error()
    if linked:
        st.caption(many(len(linked), "question"))
    before = paging.draw(len(linked), LINKS_A_PAGE, key="links-page")
    for question_id in list(linked)[before : before + LINKS_A_PAGE]:
        with link_row(story_id, question_id, linked[question_id], asked[question_id].title):
            draw_question_link(asked[question_id])
    query = _draw_field(story_id)
    if query:
        _draw_hits(story_id, query, asked, linked)
    elif suggested:
        st.caption("Likely ones, by the words that they have in common with the story")
        draw_suggestions(suggested, lambda one: _draw_offer(story_id, asked[one.id], one.words))


def link_row(
    story_id: str, question_id: str, angle: str, about: str
) -> st.delta_generator.DeltaGenerator:
    """Draw the angle of a link and the way to remove it; return where its title is to be drawn."""
    title, fields = st.columns([3, 2], gap="small", vertical_alignment="center")
    with (
        fields,
        st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"),
    ):
        key = f"angle-{story_id}-{question_id}"
        typed_text.register(key, _as_typed(key, angle), _keeping(story_id, question_id))
        st.text_input(
            f"Angle for {escape_markdown(about)}",
            key=key,
            label_visibility="collapsed",
            placeholder="Angle: what to stress here",
            max_chars=stories.MAX_LINE,
            live=draft_form.RESTS_FOR,
            on_change=_keep_typed,
        )
        st.button(
            "Remove",
            key=f"remove-{story_id}-{question_id}",
            icon=":material/link_off:",
            type="tertiary",
            on_click=_remove,
            args=(story_id, question_id),
        )
    return title


def draw_question_link(question: Question) -> None:
    """Draw a question's title as the link to its page."""
    st.page_link(
        page_paths.QUESTION,
        label=escape_markdown(question.title),
        icon=":material/help:",
        query_params={"id": question.id},
        help=rows.describe(question),
    )


def draw_write_one(question_id: str, why: str = "") -> None:
    """Draw the link to a new story that is to answer a question; `why`, as Markdown, says why."""
    st.page_link(
        page_paths.STORIES,
        label=f"Write one: {why}" if why else "Write one",
        icon=":material/edit:",
        query_params={"new": question_id},
    )


def draw_suggestions(found: Sequence[Suggestion], draw: Callable[[Suggestion], None]) -> None:
    """Draw the likeliest, and the others once they are asked for."""
    for one in found[:SUGGESTIONS_AT_ONCE]:
        draw(one)
    others = found[SUGGESTIONS_AT_ONCE:]
    if others:
        with st.expander(f"{len(others)} more", key="more-likely", on_change="rerun") as panel:
            if panel.open:
                for one in others:
                    draw(one)


def offer(draw_title: Callable[[], None], facts: str, story_id: str, question_id: str) -> None:
    """Draw what may be linked: its title, what is known of it, and a button that links it."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        with st.container(gap="xsmall"):
            draw_title()
            st.caption(facts)
        st.button(
            "Link",
            key=f"link-{story_id}-{question_id}",
            icon=":material/add_link:",
            on_click=_take,
            args=(story_id, question_id),
        )


def in_common(words: Sequence[str]) -> str:
    """Return the words that a story and a question share, as Markdown."""
    return "both have " + ", ".join(f"*{escape_markdown(word)}*" for word in words)


def _draw_field(story_id: str) -> str:
    """Draw the line to look for a question in; return what stands there."""
    field = _field(story_id)
    query = st.text_input(
        "Link a question",
        key=field,
        type="search",
        live="150ms",
        placeholder="Any words of it, or its id; Enter links the first",
    )
    by_enter = st.session_state.get(_BY_ENTER) == field
    enter_key.draw(field, lambda text: _link_first(story_id, field, text), takes_focus=by_enter)
    return query.strip()


def _field(story_id: str) -> str:
    """Return the key of the line: another after each link, so that it is empty again."""
    return f"link-search-{story_id}-{st.session_state.get(_LINKED, 0)}"


def _draw_hits(
    story_id: str, query: str, asked: Mapping[str, Question], linked: Mapping[str, str]
) -> None:
    with session.database() as db:
        found = _hits(db, query, linked)
    if not found:
        st.caption(f"No other question has {escape_markdown(query)}.")
    for question_id in found:
        _draw_offer(story_id, asked[question_id])


def _draw_offer(story_id: str, question: Question, words: Sequence[str] = ()) -> None:
    facts = rows.joined(question.id, question.category, question.level, question.difficulty)
    offer(
        lambda: draw_question_link(question),
        f"{facts} · {in_common(words)}" if words else facts,
        story_id,
        question.id,
    )


def _hits(db: Database, query: str, linked: Mapping[str, str]) -> list[str]:
    found = search.search(db, query, HITS_SHOWN + len(linked), BEHAVIORAL).hits
    return [hit.id for hit in found if hit.id not in linked][:HITS_SHOWN]


def _link_first(story_id: str, field: str, query: str) -> None:
    if field != _field(story_id):
        return  # a key that is pressed again, or held: what stood there is linked
    with session.database() as db:
        linked = {link.question_id: "" for link in stories.links(db) if link.story_id == story_id}
        found = _hits(db, query, linked)
    if found and _link(story_id, found[0]):
        st.session_state[_BY_ENTER] = _field(story_id)


def _take(story_id: str, question_id: str) -> None:
    _link(story_id, question_id)


def _link(story_id: str, question_id: str) -> bool:
    linked = writes.attempt(lambda db, clock: stories.add_link(db, clock, story_id, question_id))
    if linked:
        st.session_state[_LINKED] = st.session_state.get(_LINKED, 0) + 1
    return linked


def _remove(story_id: str, question_id: str) -> None:
    writes.attempt(lambda db, clock: stories.link(db, clock, story_id, {question_id: None}))


def _as_typed(key: str, angle: str) -> str:
    """Return the angle as it stands in its field, where it was kept without its last space."""
    typed = st.session_state.get(key)
    return typed if typed is not None and texts.one_line(typed) == angle else angle


def _keeping(story_id: str, question_id: str) -> typed_text.Keep:
    def keep(db: Database, clock: Clock, angle: str, _seen: str) -> None:
        stories.set_angle(db, clock, story_id, question_id, angle)

    return keep


def _keep_typed() -> None:
    writes.keep_typed()
