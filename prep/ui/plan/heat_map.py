"""A year of activity, day by day."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from prep.planning import wording
from prep.planning.plan_status import PlanStatus
from prep.progress import activity
from prep.progress.activity import Activity
from prep.ui.visit import session
from prep.ui.widgets import chart


def draw(active: Activity, plan: PlanStatus) -> None:
    """Draw how many steps each day of the last year has, and the same as a table."""
    frame = activity.last_year(active, plan.today)
    total = int(frame["count"].sum())
    st.subheader("Activity", anchor=False)
    if not total:
        st.caption("Nothing yet. Each day on which you study, write or practise shows here.")
        return
    from prep import charts

    st.caption(
        f"{wording.many(total, 'step')} in the last year: questions, answers, stories, reviews,"
        " mock interviews, reading"
    )
    chart.draw(
        charts.heat_map(frame, charts.palette(session.is_dark())),
        key="heat-map",
        alt=f"A year of days: {total} steps on {int((frame['count'] > 0).sum())} days",
    )
    chart.draw_table("activity", lambda: _draw_days(frame))


def _draw_days(frame: pd.DataFrame) -> None:
    shown = frame[frame["count"] > 0].iloc[::-1]
    st.dataframe(
        shown.assign(day=shown["day"].dt.date)[["day", "count"]],
        hide_index=True,
        column_config={"day": "Day", "count": "Steps"},
    )
