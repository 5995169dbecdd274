"""What the stories cover together, what is missing, and which a question has."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from prep import charts
from prep.content import questions
from prep.content.models import BEHAVIORAL
from prep.content.questions import Question
from prep.planning.wording import many
from prep.practice import stories, story_coverage, story_suggestions
from prep.practice.stories import Story
from prep.ui import page_paths
from prep.ui.browser import whole_links
from prep.ui.practice import story_form, story_links
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import chart

# Pixels above the matrix: the titles of its stories are slanted, and cut off after so many letters.
_HEAD, _OF_A_LETTER, _LETTERS = 50, 4, 30
_CATEGORIES = 3  # where a new story helps most


def draw_matrix(frame: pd.DataFrame) -> None:
    """Draw how many questions of each category each story answers."""
    st.subheader("What the stories cover", anchor=False)
    answered = int(frame["questions"].sum())
    # As high as the matrix, so that it scrolls only sideways, where the window is narrow.
    longest = min(frame["story"].str.len().max(), _LETTERS)
    rows = charts.MATRIX_ROW * frame["category"].nunique()
    with st.container(height=int(_HEAD + _OF_A_LETTER * longest + rows), border=False):
        chart.draw(
            charts.story_matrix(frame, charts.palette(session.is_dark())),
            width="content",
            alt=f"Categories by story: {answered} questions answered, as in the table",
        )
    table = {"index": "category", "columns": "story", "values": "questions", "sort": False}
    chart.draw_table("matrix", lambda: st.dataframe(frame.pivot_table(**table)))


def draw_gaps(frame: pd.DataFrame, gaps: dict[str, list[Question]], missing: int) -> None:
    """Draw questions with no story, categories on one story, and where to aim a new one."""
    st.subheader("What is missing", anchor=False)
    if not missing:
        st.caption("Every question has a story.")
    else:
        _draw_gap_list(gaps, missing)
    alone = story_coverage.single_story_categories(frame)
    if alone:
        lines = [
            f"- {escape_markdown(category)} :gray[rests on {escape_markdown(story)} alone]"
            for category, story in alone.items()
        ]
        st.markdown("\n".join(lines))


def _draw_gap_list(gaps: dict[str, list[Question]], count: int) -> None:
    """Draw where a new story would answer most, and every question that waits for one."""
    st.markdown(f"**{many(count, 'question')}** without a story. A new one answers most in")
    for name, unanswered in list(gaps.items())[:_CATEGORIES]:
        with st.container(gap="xsmall"):
            st.markdown(_gap_line(name, unanswered))
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                story_links.draw_question_link(unanswered[0])
                story_links.draw_write_one(unanswered[0].id)
    with st.expander(
        "Questions without a story", key="without", on_change="rerun", icon=":material/table:"
    ) as panel:
        if panel.open:
            st.dataframe(
                pd.DataFrame([question for unanswered in gaps.values() for question in unanswered]),
                hide_index=True,
                column_order=("id", "title", "category", "level", "difficulty"),
                column_config={
                    "id": "ID",
                    "title": "Question",
                    "category": "Category",
                    "level": "Level",
                    "difficulty": "Difficulty",
                },
            )


def _gap_line(name: str, unanswered: list[Question]) -> str:
    high = sum(question.difficulty == "High" for question in unanswered)
    of_high = f", {high} of high difficulty" if high else ""
    return f"**{escape_markdown(name)}**: {many(len(unanswered), 'question')}{of_high}"


@st.fragment
def draw_of_question(question_id: str) -> None:
    """Draw the stories that answer a question, the best first, and ways to another.

    Of a question that no story answers, one of system design, nothing.
    """
    with session.database() as db:
        question = questions.get(db, question_id)
        if question.sheet != BEHAVIORAL:
            return
        found = stories.of_question(db, question_id)
        suggested = story_suggestions.stories_for(db, question_id)
        bank = {story.id: story for story in stories.list_stories(db)}
    whole_links.show()
    st.subheader("My stories for it", anchor=False)
    writes.show_error()
    if not found:
        st.caption("No story answers it yet.")
    for story, angle in found:
        row = story_links.link_row(story.id, question_id, angle, story.title)
        with row, st.container(gap="xsmall"):
            _draw_story_link(story)
            st.caption(f"strength {story.strength}")
    if suggested:
        st.caption("Likely ones, by the words that they have in common with the question")
        story_links.draw_suggestions(
            suggested, lambda one: _draw_offer(bank[one.id], question_id, one.words)
        )
    linked = {story.id for story, _ in found}
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_link_another(question_id, [one for one in bank.values() if one.id not in linked])
        story_links.draw_write_one(question_id)
        st.page_link(page_paths.STORIES, label="The story bank", icon=":material/arrow_forward:")


def _draw_story_link(story: Story) -> None:
    st.page_link(
        page_paths.STORIES,
        label=escape_markdown(story.title),
        icon=":material/auto_stories:",
        query_params={"story": story.id},
        help=story_form.facts(story),
    )


def _draw_offer(story: Story, question_id: str, words: Sequence[str]) -> None:
    facts = f"strength {story.strength} · {story_links.in_common(words)}"
    story_links.offer(lambda: _draw_story_link(story), facts, story.id, question_id)


def _draw_link_another(question_id: str, others: list[Story]) -> None:
    if not others:
        return
    with st.popover(
        "Link a story", key="link-another", icon=":material/add_link:", on_change="rerun"
    ) as panel:
        if not panel.open:
            return
        titles = {story.id: story.title for story in others}
        st.selectbox("Story", list(titles), key="link-story", format_func=titles.__getitem__)
        st.text_input(
            "Angle", key="link-angle", placeholder="What to stress here", max_chars=stories.MAX_LINE
        )
        st.button(
            "Link it", key="link-it", type="primary", on_click=_link_chosen, args=(question_id,)
        )


def _link_chosen(question_id: str) -> None:
    story_id, angle = st.session_state["link-story"], st.session_state["link-angle"] or ""
    if writes.attempt(lambda db, clock: stories.link(db, clock, story_id, {question_id: angle})):
        st.session_state["link-angle"] = ""
