"""The story bank: a dozen real stories for many questions."""

import streamlit as st

from prep.errors import UnknownStory
from prep.planning.wording import many
from prep.practice import stories, story_coverage
from prep.practice.stories import Story
from prep.ui import page_paths
from prep.ui.practice import story_bank, story_form
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import paging

STORIES_A_PAGE = 12
PAGE = "stories-page"


def draw_story(story_id: str) -> None:
    """Draw one story to be rehearsed or written; where it is gone, say so."""
    try:
        with session.database() as db:
            story = stories.get(db, story_id)
    except UnknownStory as error:
        st.title("No such story", anchor=False)
        st.error(escape_markdown(str(error)))
        st.page_link(page_paths.STORIES, label="All stories", icon=":material/arrow_back:")
        return
    st.page_link(page_paths.STORIES, label="All stories", icon=":material/arrow_back:")
    st.title(escape_markdown(story.title), anchor=False)
    st.caption(story_form.facts(story))
    writes.show_error()
    rehearse, write = st.tabs(["Rehearse", "Write"])
    with rehearse:
        story_form.draw_rehearsal(story)
    with write:
        story_form.draw_form(story)
    story_form.draw_links(story)
    story_form.draw_remove(story)


def draw_bank() -> None:
    """Draw all stories, and what they cover."""
    with session.database() as db:
        bank = stories.list_stories(db)
        covers = story_coverage.covers(db)
        frame = story_coverage.matrix(db)
        asked = story_coverage.asked(db)
        gaps = story_coverage.gaps(db)
    missing = sum(map(len, gaps.values()))
    st.title("Stories", anchor=False)
    writes.show_error()
    if bank:
        answered = len(asked) - missing
        st.caption(
            f"{len(bank)} in the bank, answering {answered} of {many(len(asked), 'question')}"
        )
    else:
        st.caption(
            "171 questions, a dozen stories: write what really happened once, and link it to every"
            " question that it answers. Begin with the project you tell most often."
        )
    with st.expander(
        "New story", icon=":material/add:", expanded=not bank, key="new-story", on_change="rerun"
    ) as panel:
        if panel.open:
            story_form.draw_form(None)
    if not bank:
        return
    draw_list(bank, {story_id: len(found) for story_id, found in covers.items()})
    story_bank.draw_gaps(frame, gaps, missing)
    story_bank.draw_interview(bank, covers, asked)
    story_bank.draw_matrix(frame)


def draw_list(bank: list[Story], answered: dict[str, int]) -> None:
    """Draw the stories a page at a time, each with how many questions it answers."""
    before = paging.draw(len(bank), STORIES_A_PAGE, key=PAGE)
    shown = bank[before : before + STORIES_A_PAGE]
    with st.grid(min_column_width=300):
        for story in shown:
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.page_link(
                    page_paths.STORIES,
                    label=f"**{escape_markdown(story.title)}**",
                    query_params={"story": story.id},
                )
                st.caption(f"{story_form.facts(story)} · {many(answered[story.id], 'question')}")


chosen = st.query_params.get("story")
if chosen:
    draw_story(chosen)
else:
    draw_bank()
