"""Spaced repetition: what is due, a session, and what is to come."""

import pandas as pd
import streamlit as st

from prep import charts
from prep.content.models import SHEET_TITLES
from prep.planning.wording import many, share
from prep.practice import retention, review_queue
from prep.progress import setting_texts, settings
from prep.ui.practice import review_session
from prep.ui.visit import session, writes
from prep.ui.widgets import bound, chart

DAYS_AHEAD = 30


def draw_settings(chosen: settings.Settings) -> None:
    """Draw the settings of reviews, once they are opened."""
    with st.popover("Settings", key="settings", icon=":material/tune:", on_change="rerun") as panel:
        if not panel.open:
            return
        bound.bind("desired_retention", chosen.desired_retention)
        st.slider(
            "Desired retention",
            0.7,
            0.97,
            step=0.01,
            key="desired_retention",
            on_change=save,
            args=("desired_retention",),
        )
        bound.bind("reviews_a_day", chosen.reviews_a_day)
        st.number_input(
            "Reviews a day, at most",
            1,
            500,
            key="reviews_a_day",
            on_change=save,
            args=("reviews_a_day",),
        )
        bound.bind("day_start", chosen.day_start)
        st.time_input("The day begins at", key="day_start", on_change=save, args=("day_start",))
        bound.bind("target_on", chosen.target_on)
        st.date_input(
            "Interview",
            key="target_on",
            format="YYYY-MM-DD",
            on_change=save,
            args=("target_on",),
            help="Everything comes once more in the two weeks before it",
        )
        bound.bind("practise_blind", chosen.practise_blind)
        st.toggle(
            "Hide level and difficulty until rated",
            key="practise_blind",
            on_change=save,
            args=("practise_blind",),
        )


def save(key: str) -> None:
    """Save a setting that was changed; from a callback."""
    if bound.is_changed(key):
        text = setting_texts.text_of(key, st.session_state[key])
        writes.attempt(lambda db, clock: settings.change(db, clock, {key: text}))


def draw_ahead(found: list[review_queue.ReviewItem]) -> None:
    """Draw how many questions are due on each of the next days."""
    st.subheader("Due in the next 30 days", anchor=False)
    day = session.today()
    counts = review_queue.due_by_day(found, day, DAYS_AHEAD)
    frame = pd.DataFrame({"day": pd.date_range(day, periods=DAYS_AHEAD)})
    frame["due"] = [counts[shown.date()] for shown in frame["day"]]
    chart.draw(
        charts.due_by_day(frame, charts.palette(session.is_dark())),
        alt=f"Questions due by day: {sum(counts.values())} in the next {DAYS_AHEAD} days",
    )
    rows = frame.assign(day=frame["day"].dt.date)
    columns = {"day": "Day", "due": "Questions due"}
    chart.draw_table("due", lambda: st.dataframe(rows, hide_index=True, column_config=columns))


def draw_measured(found: retention.Measured, desired: float) -> None:
    """Draw the retention that was measured beside the desired and the predicted one."""
    st.subheader("Retention", anchor=False)
    if not found.is_enough:
        st.caption(
            f"Measured once {retention.ENOUGH} reviews have repeated a question, a day or more"
            f" after the one before: {found.reviews} so far."
        )
        return
    figures = {
        "Desired": (share(desired, 1), "as you set it"),
        "Predicted": (share(found.expected, found.reviews), "when reviewed"),
        "Measured": (
            share(found.recalled, found.reviews),
            f"{found.recalled:,} of {found.reviews:,}",
        ),
    }
    with st.grid(columns=len(figures), min_column_width=160, key="retention"):
        for label, (figure, note) in figures.items():
            st.metric(label, figure, note, delta_color="gray", delta_arrow="off", border=True)
    st.caption("Of the reviews that repeated a question, a day or more after the one before.")


def draw_retention(by_category: list[retention.OfCategory]) -> None:
    """Draw by category how many reviews were recalled."""
    st.subheader("Recalled, by category", anchor=False)
    if not by_category:
        st.caption("Your first review starts this table.")
        return
    frame = pd.DataFrame(by_category)
    frame["share"] = 100 * frame["recalled"] / frame["reviews"]
    st.dataframe(
        frame.assign(sheet=frame["sheet"].map(SHEET_TITLES))[
            ["sheet", "category", "reviews", "recalled", "share"]
        ],
        hide_index=True,
        column_config={
            "sheet": "Sheet",
            "category": "Category",
            "reviews": "Reviews",
            "recalled": "Recalled",
            "share": st.column_config.ProgressColumn(
                "Share recalled", format="%.0f %%", min_value=0, max_value=100
            ),
        },
    )


with session.database() as db:
    chosen = settings.load(db)
    found = review_queue.list_items(db, chosen, session.today())
    by_category = retention.by_category(db)
    measured = retention.measured(db, session.clock())
    todays = review_queue.todays(db, session.clock(), chosen)
known = review_queue.retrievability(found, session.clock().now(), chosen)

with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    st.title("Review", anchor=False, width="content")
    draw_settings(chosen)
if found:
    remembered = sum(known.values())
    st.caption(
        f"You would remember about {remembered:.0f} of {many(len(found), 'question')} now"
        f" ({share(remembered, len(found))})."
    )
writes.show_error()
review_session.draw()
if found:
    draw_ahead([item for item in found if item not in todays.set_apart])
    draw_measured(measured, chosen.desired_retention)
    draw_retention(by_category)
