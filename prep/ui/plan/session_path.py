"""The way through today's session: where it goes next, and the buttons that lead there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.planning import daily_session, plan_status
from prep.planning.daily_session import Session
from prep.planning.plan_items import PlanItem
from prep.planning.plan_status import PlanStatus, minutes
from prep.planning.wording import many
from prep.practice import review_queue
from prep.progress.setting_texts import MINUTES
from prep.progress.tracker import Tracker
from prep.ui import page_paths
from prep.ui.question import rows
from prep.ui.text import escape_markdown
from prep.ui.visit import going, writes
from prep.ui.visit.going import Place

Edits = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Path:
    """What today holds: its questions in the session's order, and the reviews that are left.

    `session` is None where none was begun today. `once_more` were rated Again, and come back at
    the end; `reviews_that_wait` are due, but beyond today.
    """

    session: Session | None
    questions: list[PlanItem]
    reviews: int
    once_more: int
    reviews_that_wait: int

    @property
    def is_running(self) -> bool:
        """Whether the session was begun and not ended."""
        return self.session is not None and self.session.is_running

    @property
    def open(self) -> list[PlanItem]:
        """The questions that are not done."""
        return [item for item in self.questions if item.done_on is None]

    @property
    def minutes_left(self) -> int:
        """The minutes that what is left takes."""
        return minutes(self.open) + self.all_reviews * review_queue.MINUTES_A_REVIEW

    @property
    def all_reviews(self) -> int:
        """The reviews that are left, those that come back at the end included."""
        return self.reviews + self.once_more

    @property
    def is_over(self) -> bool:
        """Whether nothing is left."""
        return not self.open and not self.all_reviews

    def next_after(self, question_id: str | None = None) -> PlanItem | None:
        """Return the open question that follows one, or the first; None where no other is left."""
        return daily_session.next_question(self.questions, question_id)


def load(db: Database, clock: Clock, plan: PlanStatus) -> Path:
    """Return what today holds."""
    found = daily_session.of_day(db, plan.today)
    todays = review_queue.todays(db, clock, plan.settings)
    due = todays.left - todays.coming_back
    fitting = min(due, _room_for_reviews(plan, todays.done))
    questions = daily_session.questions_of_day(plan, found)
    return Path(found, questions, fitting, todays.coming_back, due - fitting)


def _room_for_reviews(plan: PlanStatus, done: int) -> int:
    """Return how many more reviews fit into the minutes of a day, where these count."""
    if plan.settings.pace.unit != MINUTES:
        return plan.settings.reviews_a_day
    return max(plan.settings.minutes_a_day // review_queue.MINUTES_A_REVIEW - done, 0)


def next_place(path: Path) -> Place:
    """Return where the session goes on: reviews, questions, reviews once more, the summary."""
    return Place(page_paths.REVIEW) if path.reviews else place_after(path)


def place_after(path: Path, question_id: str | None = None) -> Place:
    """Return where it goes on after the reviews or after a question."""
    following = path.next_after(question_id)
    if following is not None:
        return rows.place(following.id, rows.TODAY)
    return Place(page_paths.REVIEW if path.all_reviews else page_paths.SESSION)


def draw_begin(path: Path, *, is_primary: bool = True) -> None:
    """Draw the one button that leads into today's session, with the minutes it takes."""
    if path.is_over:
        if path.session is not None:
            st.page_link(page_paths.SESSION, label="What was done", icon=":material/summarize:")
        return
    word = "Go on" if path.session else "Begin"
    st.button(
        f"{word} · {path.minutes_left} min",
        key="begin",
        type="primary" if is_primary else "secondary",
        icon=":material/play_arrow:",
        shortcut="B",
        on_click=go_on,
    )


def go_on() -> None:
    """Begin today's session or take it up again, and go where it leads; from a callback."""

    def begin(db: Database, clock: Clock) -> Place:
        path = _path_now(db, clock)
        daily_session.begin(db, clock, [item.id for item in path.questions])
        return next_place(path)

    lead(begin)


def go_on_after_reviews() -> None:
    """Go on to the first question, or to the summary where none is left; from a callback."""
    lead(lambda db, clock: place_after(_path_now(db, clock)))


def lead(find: Callable[[Database, Clock], Place]) -> None:
    """Go to the place that `find` returns, which may write, and begin what is there."""
    found: list[Place] = []

    def write(db: Database, clock: Clock) -> None:
        place = find(db, clock)
        edit_and_begin(db, clock, place, {})
        found.append(place)

    if writes.attempt(write):
        going.to(found[-1])


def end() -> None:
    """End today's session and show what was done; from a callback."""
    lead(lambda _db, _clock: Place(page_paths.SESSION))


def edit_and_begin(db: Database, clock: Clock, following: Place, edits: Edits) -> None:
    """Write edits of a question and, in the same change, that the session's next is begun.

    Where the summary follows, the session ends. Raises as `Tracker.edit` does.
    """
    edits = {**edits, **_begun(db, clock, following)}
    if edits:
        Tracker(db, clock).edit(edits)
    if following.page == page_paths.SESSION:
        daily_session.end(db, clock)


def _begun(db: Database, clock: Clock, following: Place) -> Edits:
    """Return what begins the question that a running session goes on to, where it is not begun."""
    question_id = following.params.get("id")
    if following.params.get(rows.FROM) != rows.TODAY or not isinstance(question_id, str):
        return {}
    if daily_session.running(db, clock) is None:
        return {}
    is_begun = Tracker(db, clock).state(question_id).status != "todo"
    return {} if is_begun else {question_id: {"status": "in_progress"}}


def _path_now(db: Database, clock: Clock) -> Path:
    return load(db, clock, plan_status.load(db, clock.today()))


def describe(path: Path) -> str:
    """Return how far today's session is and what comes next, as Markdown."""
    done = len(path.questions) - len(path.open)
    said = f"**Session** · {done} of {many(len(path.questions), 'question')} done"
    if path.reviews:
        return f"{said} · next: {many(path.reviews, 'review')}"
    following = path.next_after()
    if following is not None:
        return f"{said} · next: {escape_markdown(following.title)}"
    return f"{said} · {many(path.once_more, 'review')} once more" if path.once_more else said
