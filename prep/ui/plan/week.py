"""One week of the person's calendar, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from prep.planning.plan_items import Item
from prep.planning.plan_status import Outlook, minutes
from prep.planning.wording import day
from prep.progress.study_days import WEEKDAYS, monday_of
from prep.ui.question import moving
from prep.ui.text import plain
from prep.ui.widgets import status

KEY = "week"


def draw(outlook: Outlook) -> None:
    """Draw the week that is chosen, with a way to the next and the one before."""
    monday = _chosen(outlook.today)
    _draw_steps(monday, outlook.today)
    with st.grid(min_column_width=180, gap="small"):
        for shown in (monday + timedelta(days=n) for n in range(7)):
            if _is_shown(shown, outlook):
                _draw_day(shown, outlook)


def _is_shown(shown: date, outlook: Outlook) -> bool:
    """Whether a day is one of the week's study days, or holds something all the same."""
    is_usual = WEEKDAYS[shown.weekday()] in outlook.settings.study_days
    return is_usual or bool(outlook.on(shown) or outlook.done_on(shown))


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


def _draw_day(shown: date, outlook: Outlook) -> None:
    planned, done = outlook.on(shown), outlook.done_on(shown)
    with st.container(border=True, height="stretch", gap="xsmall"):
        today = " :violet-badge[today]" if shown == outlook.today else ""
        st.markdown(
            f"**{shown:%a} {shown.day} {shown:%b}**{today}  \n:small[:gray[{_sum(planned)}]]"
        )
        if done:
            icon = status.ICONS["done"]
            lines = [f":small[{icon} {item.id} {plain(item.title)}]" for item in done]
            st.markdown("\n\n".join(lines))
        for item in planned:
            _draw_item(item)
        if not planned and not done and shown not in outlook.settings.calendar():
            st.caption("Day off")


def _sum(planned: list[Item]) -> str:
    return f"{len(planned)} planned, {minutes(planned)} min" if planned else "nothing left"


def _draw_item(item: Item) -> None:
    moving.menu(item.id, key=f"move-{item.id}")
    st.markdown(f":small[{plain(item.title)}]")
