"""Today's session: what is left while it runs, and what was done once it is over."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from prep.planning import wording
from prep.planning.plan_items import PlanItem
from prep.planning.plan_status import PlanStatus, minutes
from prep.practice import review_queue
from prep.progress import activity, time_spent
from prep.progress.activity import Streak
from prep.ui import page_paths
from prep.ui.plan import session_path
from prep.ui.plan.session_path import Path
from prep.ui.question import rows
from prep.ui.visit import session, writes
from prep.ui.widgets import status


def draw_figures(path: Path, reviewed: int, spent: float, streak: Streak) -> None:
    """Draw what was done today in figures."""
    done = len(path.questions) - len(path.open)
    figures = {
        "Questions done": f"{done} of {len(path.questions)}",
        "Reviewed": str(reviewed),
        "Time spent": f"{spent:.0f} min",
        "Streak": wording.many(streak.days, "day"),
    }
    with st.grid(columns=len(figures), min_column_width=140, key="done-today"):
        for label, value in figures.items():
            st.metric(label, value, border=True)


def draw_done(worked: list[PlanItem]) -> None:
    """Draw the questions of today that were worked on, with how far they are."""
    st.subheader("Worked on today", anchor=False)
    if not worked:
        st.caption("No question yet.")
    for item in worked:
        rows.line(item.id, item.title, item.status, rows.TODAY)


def draw_next_day(plan: PlanStatus, day: date, minutes_due: Mapping[date, int]) -> None:
    """Draw what the next study day holds; `minutes_due` are those of reviews, by day."""
    coming, reviewing = plan.on(day), minutes_due.get(day, 0)
    st.subheader(f"Next: {day:%A}, {wording.day(day)}", anchor=False)
    if not coming and not reviewing:
        st.caption("Nothing is planned.")
        return
    counts = {"review": reviewing // review_queue.MINUTES_A_REVIEW, "question": len(coming)}
    said = " and ".join(wording.many(n, noun) for noun, n in counts.items() if n)
    st.markdown(f"{said}, {minutes(coming) + reviewing} min")
    for item in coming:
        rows.line(item.id, item.title, item.status)


def draw_where_it_stands(path: Path) -> None:
    """Draw whether the session runs, is over or was ended early, and the way on."""
    if path.session is None:
        st.markdown("No session was begun today.")
    elif path.is_over:
        st.markdown(f"{status.ICONS['done']} **That is all for today.**")
    elif path.is_running:
        st.markdown(session_path.describe(path))
    else:
        left = wording.many(len(path.open), "question")
        st.markdown(f"**The session is ended.** {left} of today stay open: they keep their place.")
    with st.container(horizontal=True, vertical_alignment="center"):
        if not path.is_over:
            session_path.draw_begin(path, is_primary=path.session is None or path.is_running)
        if path.is_running:
            st.button("End session", key="end-session", on_click=session_path.end)
        st.page_link(page_paths.TODAY, label="Today", icon=":material/today:")


clock = session.clock()
with session.database() as db:
    plan = session.load_plan_status(db)
    path = session_path.load(db, clock, plan)
    reviewed = len(review_queue.ratings_on(db, clock, plan.today))
    spent = time_spent.minutes_on(db, plan.today)
    active = activity.by_day(db, clock)
    items = review_queue.list_items(db, plan.settings, plan.today)
calendar = plan.settings.calendar()
minutes_due = review_queue.minutes_by_day(items, plan.settings, plan.today)
st.title("Session", anchor=False)
st.caption(f"{plan.today:%A}, {wording.day(plan.today)}")
writes.show_error()
draw_where_it_stands(path)
draw_figures(path, reviewed, spent, activity.streak(active, calendar, plan.today))
draw_done([item for item in path.questions if item.status != "todo"])
draw_next_day(plan, calendar.after(plan.today), minutes_due)
