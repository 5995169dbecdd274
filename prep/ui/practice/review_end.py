"""Where the reviews of a running session are through: on to the questions, or to the summary."""

from __future__ import annotations

import streamlit as st
from sqlite_utils import Database

from prep.clock import Clock
from prep.planning import daily_session
from prep.planning.wording import many
from prep.practice.review_queue import ReviewItem, Todays
from prep.ui.plan import session_path
from prep.ui.plan.session_path import Path
from prep.ui.text import escape_markdown
from prep.ui.visit import session


def running_path(db: Database, clock: Clock) -> Path | None:
    """Return what today holds while a session runs, else None."""
    if daily_session.running(db, clock) is None:
        return None
    return session_path.load(db, clock, session.load_plan_status(db))


def is_reached(path: Path, up: ReviewItem | None, todays: Todays) -> bool:
    """Whether the session goes on from the reviews, where `up` is the question to be shown now.

    What comes back once more waits until the day's questions are done.
    """
    if up is None:
        return True
    is_asked_for = up not in todays.waiting
    return bool(path.open) and not path.reviews and not is_asked_for


def draw(path: Path, todays: Todays) -> None:
    """Draw how many were reviewed, and the one step on."""
    said = f"{many(todays.done, 'question')} reviewed." if todays.done else "No review is due now."
    if todays.coming_back:
        said += f" {many(todays.coming_back, 'review')} once more at the end of the session."
    st.success(said, icon=":material/check_circle:")
    following = path.next_after()
    st.button(
        "Finish the session" if following is None else f"Next: {escape_markdown(following.title)}",
        key="after-reviews",
        type="primary",
        icon=":material/arrow_forward:",
        shortcut="Enter",
        on_click=session_path.go_on_after_reviews,
    )
