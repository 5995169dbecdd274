"""One article on the page: contents, sections, place kept, notes, practice before reading."""

from __future__ import annotations

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.articles import Article
from prep.markdown import outline
from prep.markdown.outline import Section
from prep.progress import reading, time_spent
from prep.ui.browser import component
from prep.ui.text import escape_markdown, sanitize_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import text_area

_watch = component.load("reader", isolate_styles=False)

BOTH_LEVELS = "Both"
MEASURE = 780  # pixels: some 95 characters a line
# Which model answer speaks for which level, by how the section's heading begins.
_MODEL_ANSWERS = {"Engineering Manager": "S3", "Director": "S4"}


@st.cache_data(max_entries=64, show_spinner=False)
def _sections(body: str) -> list[Section]:
    return outline.sections(body)


def draw(article: Article, *, counts: bool = True) -> None:
    """Draw the article's text section by section, with its contents in the sidebar.

    `counts`: the time spent on it is counted here, not by what stands around it.
    """
    sections = _sections(article.body)
    level, hide_answers, take_notes = _draw_switches(sections)
    shown = [section for section in sections if not _is_other_level(section, level)]
    _draw_contents(shown, article.last_anchor)
    notes = _notes(article.permalink)
    noted: set[str] = set()  # two headings alike share a place, and so a note
    with st.container(width=MEASURE):
        for section in shown:
            with st.container():  # a note that comes or goes moves no other section
                if hide_answers and _is_model_answer(section):
                    _draw_on_request(section)
                else:
                    st.markdown(sanitize_markdown(section.markdown))
                anchor = section.heading.anchor if section.heading else None
                if anchor is not None and anchor not in noted and (take_notes or anchor in notes):
                    noted.add(anchor)
                    _draw_note(article.permalink, anchor, notes.get(anchor, ""))
    _draw_watch(article.permalink, [h for s in sections for h in s.headings], counts)


def _draw_switches(sections: list[Section]) -> tuple[str, bool, bool]:
    has_answers = any(_is_model_answer(section) for section in sections)
    with st.container(horizontal=True, vertical_alignment="center"):
        level, hide = BOTH_LEVELS, False
        if has_answers:
            level = st.segmented_control(
                "Model answer",
                [BOTH_LEVELS, *_MODEL_ANSWERS],
                default=BOTH_LEVELS,
                required=True,
                key="level",
                bind="query-params",
                label_visibility="collapsed",
                wrap=True,
            )
            hide = st.toggle("Hide model answers until I ask", key="practise", bind="query-params")
        take_notes = st.toggle("Notes on each section", key="notes", bind="query-params")
    return str(level), hide, take_notes


def _draw_contents(sections: list[Section], last_anchor: str | None) -> None:
    lines = []
    for heading in (heading for section in sections for heading in section.headings):
        indent = "  " * (heading.level - 2)
        here = " :material/bookmark:" if heading.anchor == last_anchor else ""
        lines.append(f"{indent}- [{escape_markdown(heading.text)}](#{heading.anchor}){here}")
    with st.sidebar:
        st.markdown("**In this article**")
        st.caption("\n".join(lines))


def _draw_on_request(section: Section) -> None:
    heading, _, answer = section.markdown.partition("\n")
    st.markdown(sanitize_markdown(heading))
    with st.expander("Show the model answer", icon=":material/visibility:"):
        st.markdown(sanitize_markdown(answer))


def _is_model_answer(section: Section) -> bool:
    title = section.heading.text if section.heading else ""
    return "Model Answer" in title and title.startswith(tuple(_MODEL_ANSWERS.values()))


def _is_other_level(section: Section, level: str) -> bool:
    if level == BOTH_LEVELS or not _is_model_answer(section) or not section.heading:
        return False
    return not section.heading.text.startswith(_MODEL_ANSWERS[level])


def _notes(permalink: str) -> dict[str, str]:
    with session.database() as db:
        return reading.section_notes(db, permalink)


def _draw_note(permalink: str, anchor: str, note: str) -> None:
    def keep(db: Database, clock: Clock, text: str, _seen: str) -> None:
        reading.note_section(db, clock, permalink, anchor, text)

    key = f"note-{permalink}#{anchor}"
    text_area.draw("My note on this section", note, keep, key=key, height=90)


@st.fragment
def _draw_watch(permalink: str, headings: list[outline.Heading], counts: bool) -> None:
    """Keep the place and the time: a fragment, so that a report runs nothing else again."""
    key = "reader"
    _watch(
        key=key,
        data={
            "anchors": [heading.anchor for heading in headings],
            "go_to": st.query_params.get("section"),
            "counts": counts,
        },
        on_place_change=lambda: _keep_place(permalink, headings, key),
        on_seconds_change=lambda: _add_seconds(permalink, key),
        height="content",
    )


def _keep_place(permalink: str, headings: list[outline.Heading], key: str) -> None:
    anchor = st.session_state[key].place
    heading = next((heading.text for heading in headings if heading.anchor == anchor), None)
    if heading:
        writes.attempt(lambda db, _clock: reading.keep_place(db, permalink, anchor, heading))


def _add_seconds(permalink: str, key: str) -> None:
    seconds = int(st.session_state[key].seconds)

    def add(db: Database, clock: Clock) -> None:
        reading.add_seconds(db, permalink, seconds)
        question = questions.of_article(db, permalink)
        if question is not None:
            time_spent.add(db, clock, question.id, time_spent.READING, seconds)

    writes.attempt(add)
