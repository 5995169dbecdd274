"""What the stories cover together, what is missing, and which to take to an interview."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from prep import charts
from prep.content import questions
from prep.content.models import BEHAVIORAL, LEVELS
from prep.content.questions import Question
from prep.planning.wording import many
from prep.practice import stories, story_coverage, story_selection
from prep.practice.stories import Story
from prep.ui import page_paths
from prep.ui.text import escape_markdown
from prep.ui.visit import session, writes
from prep.ui.widgets import chart

LOOP = 5  # questions of one interview loop
MATRIX_HEAD = 170  # pixels: the names of the categories
_CATEGORIES, _NAMED = 3, 5  # where a new story helps most, and questions named of each
_SEED = "loop-seed"


def draw_matrix(frame: pd.DataFrame) -> None:
    """Draw how many questions of each category each story answers."""
    st.subheader("What the stories cover", anchor=False)
    answered = int(frame["questions"].sum())
    # As high as the matrix, so that it scrolls only sideways, where the window is narrow.
    height = MATRIX_HEAD + charts.MATRIX_ROW * frame["story_id"].nunique()
    with st.container(height=height, border=False):
        chart.draw(
            charts.story_matrix(frame, charts.palette(session.is_dark())),
            width="content",
            alt=f"Stories by category: {answered} questions answered, as in the table",
        )
    table = {"index": "story", "columns": "category", "values": "questions", "sort": False}
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
    st.markdown(
        "\n".join(
            _gap_line(name, unanswered) for name, unanswered in list(gaps.items())[:_CATEGORIES]
        )
    )
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
    ids = ", ".join(escape_markdown(question.id) for question in unanswered[:_NAMED])
    more = f" and {len(unanswered) - _NAMED} more" if len(unanswered) > _NAMED else ""
    count = many(len(unanswered), "question")
    return f"- **{escape_markdown(name)}**: {count}{of_high} :gray[{ids}{more}]"


def draw_interview(
    bank: list[Story], covers: story_selection.Covers, asked: list[Question]
) -> None:
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
    with st.container(border=True, gap="xsmall"):
        for question_id, story_id in given.items():
            title = escape_markdown(by_id[question_id].title)
            asked = f"{title} :gray[{escape_markdown(question_id)}]"
            if story_id:
                st.markdown(asked)
                st.page_link(
                    page_paths.STORIES,
                    label=escape_markdown(titles[story_id]),
                    icon=":material/auto_stories:",
                    query_params={"story": story_id},
                )
            else:
                st.markdown(f"{asked}  \n:material/auto_stories: {_why_none(question_id, covers)}")
    st.button("Draw again", key="draw-loop", icon=":material/casino:", on_click=_draw_again)
    _draw_worn(story_selection.tellings(covers, by_id, LOOP), titles)


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


def draw_of_question(question_id: str) -> None:
    """Draw the stories that answer a question, the best first, and a way to link another."""
    with session.database() as db:
        if questions.get(db, question_id).sheet != BEHAVIORAL:
            return
        found = stories.of_question(db, question_id)
        others = [story for story in stories.list_stories(db) if story not in dict(found)]
    st.subheader("My stories for it", anchor=False)
    if not found:
        st.caption("No story answers it yet.")
    for story, angle in found:
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
            st.page_link(
                page_paths.STORIES,
                label=escape_markdown(story.title),
                icon=":material/auto_stories:",
                query_params={"story": story.id},
            )
            st.caption(
                escape_markdown(f"strength {story.strength}" + (f", {angle}" if angle else ""))
            )
    _draw_link_another(question_id, others)
    st.page_link(page_paths.STORIES, label="The story bank", icon=":material/arrow_forward:")


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
