"""What a review reveals beside the ratings: a list to check oneself by, and what there is."""

from __future__ import annotations

import streamlit as st

from prep.content.questions import Question
from prep.markdown.outline import Section
from prep.practice import recall, stories
from prep.practice.stories import Story
from prep.ui.practice import editor
from prep.ui.question import rows
from prep.ui.text import escape_markdown, sanitize_markdown
from prep.ui.visit import session


def draw(question: Question) -> None:
    """Draw what helps to see how well a question was recalled, the person's own first."""
    with session.database() as db:
        found = recall.material(db, question)
    _draw_self_check(question)
    if found.answer:
        st.markdown("**My answer**")
        editor.draw_preview(found.answer)
    for story, angle in found.stories:
        _draw_story(story, angle, is_open=not found.answer and story == found.stories[0][0])
    if found.notes:
        st.markdown("**My notes**")
        st.text(found.notes)
    _draw_article(question, found.key_parts, is_open=not (found.answer or found.stories))
    if not (found.answer or found.stories or found.key_parts or found.notes):
        st.caption("There is no answer, story, note or article yet.")
        rows.open_link(question.id, "Open the question")


def _draw_self_check(question: Question) -> None:
    """Draw what to check one's own telling for; what is ticked is kept nowhere."""
    to_check = recall.self_check(question)
    if not to_check:
        return
    with st.container(gap="xsmall", key="self-check"):
        st.markdown("**Check yourself**")
        for place, text in enumerate(to_check):
            st.checkbox(escape_markdown(text), key=f"check-{question.id}-{place}")


def _draw_story(story: Story, angle: str, is_open: bool) -> None:
    with st.expander(
        f"Story: {escape_markdown(story.title)}", expanded=is_open, icon=":material/auto_stories:"
    ):
        if angle:
            st.caption(f"Angle: {escape_markdown(angle)}")
        for name, title in stories.PARTS.items():
            if text := getattr(story, name):
                with st.container(gap="xxsmall"):
                    st.markdown(f":small[:gray[{title}]]")
                    st.text(text)


def _draw_article(question: Question, key_parts: list[Section], is_open: bool) -> None:
    if not key_parts:
        return
    st.markdown("**The article's key parts**")
    for section in key_parts:
        title = section.heading.text if section.heading else ""
        with st.expander(escape_markdown(title), expanded=is_open):
            st.markdown(sanitize_markdown(section.markdown.partition("\n")[2]))
    rows.article_link(question.permalink, "Read the whole article")
