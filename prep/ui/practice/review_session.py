"""A review session: one question at a time, recalled, revealed, rated; by keyboard alone."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.questions import Question
from prep.planning.wording import day, many
from prep.practice import review_queue, review_schedule, reviews
from prep.practice.review_queue import ReviewItem, Todays
from prep.practice.review_schedule import AGAIN, RATINGS
from prep.progress import settings, time_spent
from prep.progress.settings import Settings
from prep.ui import page_paths
from prep.ui.browser import review_guard, scrolling
from prep.ui.practice import review_end, review_material, set_apart
from prep.ui.question import rows
from prep.ui.text import escape_markdown
from prep.ui.visit import going, session, writes

_REVEALED, _SINCE = "review-revealed", "review-since"
_RATED, _ANYWAY, _IS_LAST = "review-rated", "review-anyway", "review-may-be-last"
LONGEST_LOOK = 600  # seconds that one review counts at most


@st.fragment
def draw() -> None:
    """Draw the question that is up, or that nothing is; and what is set apart."""
    going.follow()
    clock = session.clock()
    with session.database() as db:
        chosen = settings.load(db)
        todays = review_queue.todays(db, clock, chosen)
        item = _up(todays)
        question = questions.get(db, item.question_id) if item else None
        path = review_end.running_path(db, clock)
    if st.session_state.pop(_IS_LAST, False) and item is None:
        st.rerun()  # what stands around the queue is drawn as it is now
    writes.show_error()
    review_guard.draw()
    if path is not None and review_end.is_reached(path, item, todays):
        review_end.draw(path, todays)
    elif question is None or item is None:
        _draw_nothing(todays, chosen)
    else:
        _draw_progress(todays)
        _draw_card(question, item, todays, chosen)
    _draw_rated(todays, chosen)
    set_apart.draw([one for one in todays.set_apart if one != item], _review_anyway)
    scrolling.to_top(f"review {todays.done} {question and question.id}")


def _up(todays: Todays) -> ReviewItem | None:
    """Return the question that is up: one that the person asked for, else the first that waits."""
    asked_for = st.session_state.get(_ANYWAY)
    asked = [item for item in todays.set_apart if item.question_id == asked_for]
    return next(iter([*asked, *todays.waiting]), None)


def _draw_progress(todays: Todays) -> None:
    """Draw how many are done: what comes once more was done, and is said beside."""
    text = f"{todays.done} of {todays.total} done for today"
    if todays.coming_back:
        text += f", {todays.coming_back} once more"
    st.progress(todays.done / max(todays.total, 1), text=text)


def _draw_rated(todays: Todays, chosen: Settings) -> None:
    """Draw what the last rating did; level and difficulty are no secret any more."""
    question_id, rating, due = st.session_state.get(_RATED, (None, None, None))
    if question_id not in todays.reviewed:  # none yet, or taken back
        return
    with session.database() as db:
        question = questions.get(db, question_id)
    if any(item.question_id == question_id for item in todays.waiting):
        when = "comes back once at the end"
    elif any(item.question_id == question_id for item in todays.set_apart):
        when = "set apart"
    else:
        when = f"again {_when(due, chosen)}"
    st.caption(f"{RATINGS[rating]}: {rows.describe(question)} · {when}")


def _draw_nothing(todays: Todays, chosen: Settings) -> None:
    today, done = session.today(), todays.done
    apart = {item.question_id for item in todays.set_apart}
    with session.database() as db:
        found = review_queue.list_items(db, chosen, today)
    others = [item for item in found if item.question_id not in apart]
    more = sum(item.due_on <= today for item in others)
    if more:
        st.success(
            f"{done} of {done} done for today, the most that you set for a day."
            f" {more} more can wait.",
            icon=":material/check_circle:",
        )
    elif done:
        st.success(
            f"{done} of {done} done for today. Nothing more is due.",
            icon=":material/check_circle:",
        )
    else:
        st.markdown("Nothing is due today.")
    st.markdown(_next_reviews(others, today, chosen))
    st.page_link(page_paths.TODAY, label="Go on with today's questions", icon=":material/today:")


def _next_reviews(found: list[ReviewItem], today: date, chosen: Settings) -> str:
    """Return when the next reviews are and how many; or how a question comes to have one."""
    if not found:
        return "A question takes part once it is drafted or done: its first review is a day later."
    first = max(min(item.due_on for item in found), today + timedelta(days=1))
    count = min(sum(item.due_on <= first for item in found), chosen.reviews_a_day)
    return (
        f"Next: {many(count, 'review')} on {first:%A}, {day(first)},"
        f" in {many((first - today).days, 'day')}."
    )


def _draw_card(question: Question, item: ReviewItem, todays: Todays, chosen: Settings) -> None:
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
        _draw_ratings(item, todays, chosen)
        review_material.draw(question)


def _draw_ratings(item: ReviewItem, todays: Todays, chosen: Settings) -> None:
    with session.database() as db:
        due = reviews.preview(db, item, session.clock(), chosen)
    when = {rating: _when(due[rating], chosen) for rating in RATINGS}
    if todays.comes_back(item.question_id):
        when[AGAIN] = "once more today"
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
                st.caption(when[rating], text_alignment="center")


def _when(due: datetime, chosen: Settings) -> str:
    """Return the day on which a question comes again."""
    clock = session.clock()
    today, due_on = clock.today(), review_schedule.due_day(due, clock)
    if review_schedule.waits_for_interview(due_on, today, chosen):
        return "before the interview"
    return f"{day(due_on)}, in {many((due_on - today).days, 'day')}"


def _showing(item: ReviewItem) -> tuple[str, str | None]:
    """Return a key of this showing of a question: each rating changes its card."""
    return item.question_id, item.stored


def _reveal(item: ReviewItem) -> None:
    st.session_state[_REVEALED] = _showing(item)


def _review_anyway(question_id: str) -> None:
    st.session_state[_ANYWAY] = question_id


def _rate(item: ReviewItem, rating: int) -> None:
    """Rate what is revealed; a key that is held, or a double click, rates it once."""
    if st.session_state.get(_REVEALED) != _showing(item):
        return
    question_id = item.question_id
    began = st.session_state.pop(_SINCE, (question_id, time.monotonic()))[1]
    seconds = min(round(time.monotonic() - began), LONGEST_LOOK)
    del st.session_state[_REVEALED]
    st.session_state.pop(_ANYWAY, None)

    def write(db: Database, clock: Clock) -> None:
        card = reviews.rate(db, clock, question_id, rating, seconds, shown=item)
        st.session_state[_RATED] = (question_id, rating, card.due)

    if writes.attempt(write):
        st.session_state[_IS_LAST] = True
        writes.attempt(
            lambda db, clock: time_spent.add(db, clock, question_id, time_spent.REVIEWING, seconds)
        )
