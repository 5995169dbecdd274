"""The story bank: a dozen real stories for many questions."""

from collections.abc import Mapping

import streamlit as st

from prep.content import questions
from prep.errors import InvalidValue, UnknownQuestion, UnknownStory
from prep.planning.wording import many
from prep.practice import form_drafts, stories, story_coverage
from prep.practice.form_drafts import NewStory
from prep.practice.stories import Story
from prep.progress import settings
from prep.ui import page_paths
from prep.ui.browser import whole_links
from prep.ui.practice import recorder, story_bank, story_form, story_interview, story_links
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import paging

STORIES_A_PAGE = 12
PAGE = "stories-page"
ANY = "story"  # in the address: a new story that is for no question


def draw_back() -> None:
    """Draw the way back to all stories."""
    st.page_link(page_paths.STORIES, label="All stories", icon=":material/arrow_back:")


def draw_story(story_id: str) -> None:
    """Draw one story to be rehearsed or written; where it is gone, say so."""
    draw_back()
    try:
        with session.database() as db:
            story = stories.get(db, story_id)
            minutes = settings.load(db).speaking_minutes
    except UnknownStory as error:
        st.title("No such story", anchor=False)
        st.error(escape_markdown(str(error)))
        return
    st.title(escape_markdown(story.title), anchor=False)
    st.caption(story_form.facts(story))
    writes.show_error()
    rehearse, write = st.tabs(["Rehearse", "Write"])
    with rehearse:
        story_form.draw_rehearsal(story)
        recorder.draw("story", story.id, 60 * minutes)
    with write:
        story_form.draw_form(story)
    story_links.draw_of_story(story.id)
    story_form.draw_remove(story)


def draw_new(asked: str) -> None:
    """Draw the form of a new story, for the question that is asked where it is one's id."""
    draw_back()
    question_id = None if asked == ANY else asked
    st.title("New story", anchor=False)
    if question_id is not None:
        try:
            with session.database() as db:
                question = stories.answerable(db, question_id)
        except (UnknownQuestion, InvalidValue) as error:
            st.error(escape_markdown(str(error)))
            return
        st.caption("It is to answer")
        story_links.draw_question_link(question)
    writes.show_error()
    story_form.draw_form_of_new(question_id)


def draw_bank() -> None:
    """Draw all stories, and what they cover."""
    with session.database() as db:
        bank = stories.list_stories(db)
        covers = story_coverage.covers(db)
        frame = story_coverage.matrix(db)
        asked = story_coverage.asked(db)
        gaps = story_coverage.gaps(db)
        begun = form_drafts.new_stories(db)
        titles = questions.titles(db, [one.question_id for one in begun if one.question_id])
    missing = sum(map(len, gaps.values()))
    st.title("Stories", anchor=False)
    writes.show_error()
    if not bank:
        draw_empty()
        draw_begun([one for one in begun if one.question_id], titles)
        return
    answered = len(asked) - missing
    st.caption(f"{len(bank)} in the bank, answering {answered} of {many(len(asked), 'question')}")
    st.button("New story", key="new-story", type="primary", icon=":material/add:", on_click=begin)
    draw_begun(begun, titles)
    draw_list(bank, {story_id: len(found) for story_id, found in covers.items()})
    story_bank.draw_gaps(frame, gaps, missing)
    story_interview.draw(bank, covers, asked)
    story_bank.draw_matrix(frame)


def begin() -> None:
    """Have the page show the form of a new story; from a callback."""
    st.query_params["new"] = ANY


def draw_empty() -> None:
    """Draw how to begin, and the form of the first story."""
    st.caption(
        "171 questions, a dozen stories: write what really happened once, and link it to every"
        " question that it answers. Begin with the project you tell most often."
    )
    story_form.draw_form_of_new()


def draw_begun(begun: list[NewStory], titles: Mapping[str, str]) -> None:
    """Draw the new stories that are not saved yet, each as the link to its form."""
    for one in begun:
        about = titles.get(one.question_id) if one.question_id else None
        with st.container(border=True, gap="xsmall"):
            st.page_link(
                page_paths.STORIES,
                label=f"**{escape_markdown(one.title or 'A story without a title')}**",
                icon=":material/edit_note:",
                query_params={"new": one.question_id or ANY},
            )
            answers = f" · to answer: {escape_markdown(about)}" if about else ""
            st.caption(f"begun, not saved yet{answers}")


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


st.query_params.update()  # of itself, a link to the page one is on leaves the address as it was
whole_links.show()
if chosen := st.query_params.get("story"):
    draw_story(chosen)
elif asked := st.query_params.get("new"):
    draw_new(asked)
else:
    draw_bank()
