"""One week of the person's calendar, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from prep.planning.plan_items import PlanItem
from prep.planning.plan_status import PlanStatus, minutes
from prep.planning.wording import day
from prep.progress.study_days import WEEKDAYS, monday_of
from prep.ui.question import moving
from prep.ui.text import escape_markdown
from prep.ui.widgets import status

KEY = "week"


def draw(plan: PlanStatus) -> None:
    """Draw the week that is chosen, with a way to the next and the one before."""
    monday = _chosen(plan.today)
    _draw_steps(monday, plan.today)
    with st.grid(min_column_width=180, gap="small"):
        for shown in (monday + timedelta(days=n) for n in range(7)):
            if _is_shown(shown, plan):
                _draw_day(shown, plan)


def _is_shown(shown: date, plan: PlanStatus) -> bool:
    """Whether a day is one of the week's study days, or holds something all the same."""
    is_usual = WEEKDAYS[shown.weekday()] in plan.settings.study_days
    return is_usual or bool(plan.on(shown) or plan.done_on(shown))


def _chosen(today: date) -> date:
    try:
        return monday_of(date.fromisoformat(st.query_params.get(KEY, "")))
    except ValueError:
        return monday_of(today)


def _draw_steps(monday: date, today: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        _step("Week before", ":material/chevron_left:", monday - timedelta(weeks=1))
        _step("This week", ":material/today:", monday_of(today))
        _step("Week after", ":material/chevron_right:", monday + timedelta(weeks=1))
        st.markdown(f"**{day(monday)} – {day(monday + timedelta(days=6))}**", width="content")


def _step(label: str, icon: str, monday: date) -> None:
    st.button(label, icon=icon, key=f"step-{label}", type="tertiary", on_click=_go, args=(monday,))


def _go(monday: date) -> None:
    st.query_params[KEY] = monday.isoformat()


def _draw_day(shown: date, plan: PlanStatus) -> None:
    planned, done = plan.on(shown), plan.done_on(shown)
    with st.container(border=True, height="stretch", gap="xsmall"):
        today = " :violet-badge[today]" if shown == plan.today else ""
        st.markdown(
            f"**{shown:%a} {shown.day} {shown:%b}**{today}  \n"
            f":small[:gray[{_sum(planned, shown, plan)}]]"
        )
        if done:
            icon = status.ICONS["done"]
            lines = [f":small[{icon} {item.id} {escape_markdown(item.title)}]" for item in done]
            st.markdown("\n\n".join(lines))
        for item in planned:
            _draw_item(item, shown)
        if not planned and not done and shown not in plan.settings.calendar():
            st.caption("Day off")


def _sum(planned: list[PlanItem], shown: date, plan: PlanStatus) -> str:
    if planned:
        return f"{len(planned)} planned, {minutes(planned)} min"
    return "nothing left" if plan.start <= shown == plan.today else "&nbsp;"


def _draw_item(item: PlanItem, shown: date) -> None:
    moving.menu(item.id, key=f"move-{item.id}-{shown}")
    st.markdown(f":small[{escape_markdown(item.title)}]")
