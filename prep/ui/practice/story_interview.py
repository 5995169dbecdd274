"""Which stories to take to an interview: the fewest, and one each for a loop of questions."""

from __future__ import annotations

import streamlit as st

from prep.content.models import LEVELS
from prep.content.questions import Question
from prep.planning.wording import many
from prep.practice import story_selection
from prep.practice.stories import Story
from prep.ui import page_paths
from prep.ui.practice import story_links
from prep.ui.text import escape_markdown

LOOP = 5  # questions of one interview loop
_SEED = "loop-seed"


def draw(bank: list[Story], covers: story_selection.Covers, asked: list[Question]) -> None:
    """Draw which questions an interview may ask, the stories to take along, and a loop of it."""
    st.subheader("For an interview", anchor=False)
    chosen = _chosen(asked)
    left, right = st.columns(2, gap="large")
    with left:
        _draw_suggestion(bank, covers, chosen)
    with right:
        _draw_loop(bank, covers, chosen)


def _draw_suggestion(
    bank: list[Story], covers: story_selection.Covers, chosen: list[Question]
) -> None:
    st.markdown("**The fewest stories to take along**")
    wanted = dict.fromkeys(question.id for question in chosen)
    titles = {story.id: story.title for story in bank}
    found = story_selection.smallest_cover(covers, wanted)
    covered = {q for story_id in found.stories for q in covers[story_id]} & wanted.keys()
    if not found.stories:
        st.caption("No story answers any of these questions yet.")
        return
    proof = "" if found.is_proven else " No smaller set was found, though one may exist."
    st.markdown(
        f"**{'1 story' if len(found.stories) == 1 else f'{len(found.stories)} stories'}** for"
        f" {len(covered)} of {many(len(wanted), 'question')}.{proof}"
    )
    lines = [
        f"{place}. {escape_markdown(titles[story_id])}"
        f" :gray[{many(len(covers[story_id] & wanted.keys()), 'question')}]"
        for place, story_id in enumerate(found.stories, start=1)
    ]
    is_long = len(lines) > LOOP * 2
    with st.container(height=400 if is_long else "content", border=is_long):
        st.markdown("\n".join(lines))


def _draw_loop(bank: list[Story], covers: story_selection.Covers, chosen: list[Question]) -> None:
    """Draw five of the questions at random, and a story for each without using one twice."""
    st.markdown("**A loop: five of them, no story told twice**")
    seed = st.session_state.setdefault(_SEED, 1)
    by_id = {question.id: question for question in chosen}
    drawn = story_selection.draw(list(by_id), LOOP, seed)
    given = story_selection.assign_distinct(covers, drawn)
    titles = {story.id: story.title for story in bank}
    with st.container(border=True, gap="medium"):
        for question_id, story_id in given.items():
            with st.container(gap="small"):
                story_links.draw_question_link(by_id[question_id])
                if story_id:
                    _draw_story(story_id, titles[story_id])
                else:
                    story_links.draw_write_one(question_id, _why_none(question_id, covers))
    st.button("Draw again", key="draw-loop", icon=":material/casino:", on_click=_draw_again)
    _draw_worn(story_selection.tellings(covers, by_id, LOOP), titles)


def _draw_story(story_id: str, title: str) -> None:
    st.page_link(
        page_paths.STORIES,
        label=escape_markdown(title),
        icon=":material/auto_stories:",
        query_params={"story": story_id},
    )


def _draw_worn(tellings: dict[str, float], titles: dict[str, str]) -> None:
    """Name the stories told more than once in a loop where each question gets its best."""
    worn = [
        f"{escape_markdown(titles[story_id])} ({times:.1f} times)"
        for story_id, times in tellings.items()
        if times > 1
    ]
    if worn:
        st.caption(
            f":material/repeat: Told too often in a loop of {LOOP} of these questions, on average:"
            f" {', '.join(worn)}. Link other stories to what rests on them."
        )


def _why_none(question_id: str, covers: story_selection.Covers) -> str:
    if any(question_id in found for found in covers.values()):
        return ":orange[its stories are told already]"
    return ":orange[no story answers it]"


def _chosen(asked: list[Question]) -> list[Question]:
    """Draw which questions may be asked; return those."""
    categories = list(dict.fromkeys(question.category for question in asked))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level = st.selectbox("Level", ["Any", *LEVELS[:2]], key="asked-level", width=120)
        high = st.toggle("High difficulty only", key="asked-high")
        chosen = st.multiselect("Categories", categories, key="asked-categories", placeholder="All")
    if level == "Any" and not high and not chosen:
        return asked
    return [
        question
        for question in asked
        if (level == "Any" or level in (question.level or ""))
        and (not high or question.difficulty == "High")
        and (not chosen or question.category in chosen)
    ]


def _draw_again() -> None:
    st.session_state[_SEED] += 1
