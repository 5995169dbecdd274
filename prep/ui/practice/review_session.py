"""A review session: one question at a time, recalled, revealed, rated; by keyboard alone."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import articles, questions
from prep.content.questions import Question
from prep.errors import UnknownArticle
from prep.markdown import outline
from prep.planning.wording import day, many
from prep.practice import answers, review_queue, review_schedule, reviews
from prep.practice.review_queue import ReviewItem
from prep.practice.review_schedule import RATINGS
from prep.progress import settings, time_spent
from prep.progress.settings import Settings
from prep.ui import page_paths
from prep.ui.browser import scrolling
from prep.ui.practice import editor
from prep.ui.question import rows
from prep.ui.text import escape_markdown, sanitize_markdown
from prep.ui.visit import session, writes

_REVEALED, _SINCE, _RATED = "review-revealed", "review-since", "review-rated"
LONGEST_LOOK = 600  # seconds that one review counts at most


@st.fragment
def draw() -> None:
    """Draw the question that is up, or that nothing is."""
    clock = session.clock()
    with session.database() as db:
        chosen = settings.load(db)
        waiting = review_queue.due(db, clock, chosen)
        reviewed = review_queue.reviewed_on(db, clock, clock.today())
        question = questions.get(db, waiting[0].question_id) if waiting else None
    writes.show_error()
    if question is None:
        _draw_nothing(len(reviewed), chosen)
    else:
        _draw_progress(waiting, reviewed)
        _draw_card(question, waiting[0], chosen)
    _draw_rated(reviewed, chosen)
    scrolling.to_top(f"review {len(reviewed)} {question and question.id}")


def _draw_progress(waiting: list[ReviewItem], reviewed: set[str]) -> None:
    left = {item.question_id for item in waiting}  # what was answered Again is among them
    done, total = len(reviewed - left), len(reviewed | left)
    st.progress(done / total, text=f"{done} of {total} done for today")


def _draw_rated(reviewed: set[str], chosen: Settings) -> None:
    """Draw what the last rating did; level and difficulty are no secret any more."""
    question_id, rating, due = st.session_state.get(_RATED, (None, None, None))
    if question_id not in reviewed:  # none yet, or taken back
        return
    with session.database() as db:
        question = questions.get(db, question_id)
    st.caption(f"{RATINGS[rating]}: {rows.describe(question)} · again {_when(due, chosen)}")


def _draw_nothing(done: int, chosen: Settings) -> None:
    today = session.today()
    with session.database() as db:
        more = sum(item.due_on <= today for item in review_queue.list_items(db, chosen, today))
    if more:
        st.success(
            f"{many(done, 'question')} reviewed today, the most that you set for a day."
            f" {more} more can wait.",
            icon=":material/check_circle:",
        )
    elif done:
        st.success(
            f"{many(done, 'question')} reviewed today. Nothing more is due.",
            icon=":material/check_circle:",
        )
    else:
        st.markdown("Nothing is due today.")
        st.caption("A question takes part once it is drafted or done.")
        st.page_link(page_paths.TODAY, label="Today's questions", icon=":material/today:")


def _draw_card(question: Question, item: ReviewItem, chosen: Settings) -> None:
    question_id = question.id
    is_revealed = st.session_state.get(_REVEALED) == _showing(item)
    if st.session_state.get(_SINCE, ("", 0.0))[0] != question_id:
        st.session_state[_SINCE] = (question_id, time.monotonic())
    with st.container(border=True, key="review-card"):
        st.caption(rows.describe(question, chosen.practise_blind))
        st.subheader(escape_markdown(question.title), anchor=False)
        if not is_revealed:
            st.caption("Say your answer aloud, then look.")
            st.button(
                "Reveal",
                key="reveal",
                type="primary",
                shortcut="Space",
                icon=":material/visibility:",
                on_click=_reveal,
                args=(item,),
            )
            return
        _draw_ratings(item, chosen)
        _draw_material(question)


def _draw_ratings(item: ReviewItem, chosen: Settings) -> None:
    with session.database() as db:
        due = reviews.preview(db, item, session.clock(), chosen)
    st.caption("How well did you recall it? Below each stands when it comes again.")
    with st.grid(columns=len(RATINGS), min_column_width=140, key="ratings"):
        for rating, title in RATINGS.items():
            with st.container(gap="xsmall"):
                st.button(
                    title,
                    key=f"rate-{rating}",
                    shortcut=str(rating),
                    width="stretch",
                    on_click=_rate,
                    args=(item, rating),
                )
                st.caption(_when(due[rating], chosen), text_alignment="center")


def _draw_material(question: Question) -> None:
    with session.database() as db:
        answer = answers.get(db, question.id)
        article = _article(db, question)
    if answer:
        st.markdown("**My answer**")
        editor.draw_preview(answer)
    if question.personal_notes:
        st.markdown("**My notes**")
        st.text(question.personal_notes)
    if article:
        st.markdown("**The article**")
        for section in outline.sections(article):
            title = section.heading.text if section.heading else "Opening"
            with st.expander(escape_markdown(title)):
                st.markdown(
                    sanitize_markdown(section.markdown.partition("\n")[2] or section.markdown)
                )
    if not (answer or article or question.personal_notes):
        st.caption("There is no answer, note or article yet.")
        rows.open_link(question.id, "Open the question")


def _article(db: Database, question: Question) -> str | None:
    if not question.permalink:
        return None
    try:
        return articles.get(db, question.permalink).body
    except UnknownArticle:
        return None


def _when(due: datetime, chosen: Settings) -> str:
    """Return when a question comes again: in minutes today, else the day."""
    clock = session.clock()
    today, due_on = clock.today(), review_schedule.due_day(due, clock)
    if review_schedule.waits_for_interview(due_on, today, chosen):
        return "before the interview"
    if due_on <= today:
        return f"in {max(round((due - clock.now()) / timedelta(minutes=1)), 1)} min"
    return f"{day(due_on)}, in {many((due_on - today).days, 'day')}"


def _showing(item: ReviewItem) -> tuple[str, str | None]:
    """Return a key of this showing of a question: each rating changes its card."""
    return item.question_id, item.stored


def _reveal(item: ReviewItem) -> None:
    st.session_state[_REVEALED] = _showing(item)


def _rate(item: ReviewItem, rating: int) -> None:
    """Rate what is revealed; a key that is held, or a double click, rates it once."""
    if st.session_state.get(_REVEALED) != _showing(item):
        return
    question_id = item.question_id
    began = st.session_state.pop(_SINCE, (question_id, time.monotonic()))[1]
    seconds = min(round(time.monotonic() - began), LONGEST_LOOK)
    del st.session_state[_REVEALED]

    def write(db: Database, clock: Clock) -> None:
        card = reviews.rate(db, clock, question_id, rating, seconds, shown=item)
        st.session_state[_RATED] = (question_id, rating, card.due)

    if writes.attempt(write):
        writes.attempt(
            lambda db, clock: time_spent.add(db, clock, question_id, time_spent.REVIEWING, seconds)
        )
