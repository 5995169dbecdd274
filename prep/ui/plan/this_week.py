"""This week on Today: each day with its questions, and what slipped."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from prep.planning import wording
from prep.planning.plan_status import PlanStatus
from prep.progress.setting_texts import FIT
from prep.progress.study_days import monday_of
from prep.ui import page_paths
from prep.ui.text import escape_markdown

_SLIPPED_SHOWN = 5


def draw(plan: PlanStatus) -> None:
    """Draw which questions are on each of the seven days of this week."""
    st.subheader("This week", anchor=False)
    monday = monday_of(plan.today)
    st.markdown("\n".join(_lines_of_day(plan, monday + timedelta(days=n)) for n in range(7)))
    st.page_link(
        page_paths.TIMELINE,
        label="Move questions on the timeline",
        icon=":material/calendar_month:",
    )


def _lines_of_day(plan: PlanStatus, shown: date) -> str:
    """Return a day with its questions as a list of Markdown, what is done crossed out."""
    name = f"{shown:%a} {shown.day}"
    done = [f"~~{escape_markdown(item.title)}~~ :gray[{item.id}]" for item in plan.done_on(shown)]
    planned = [f"{escape_markdown(item.title)} :gray[{item.id}]" for item in plan.on(shown)]
    titles = done + planned
    head = f"- **{name}**" if shown == plan.today else f"- {name}"
    return "\n".join([head if titles else f"{head} &ensp; :gray[–]", *(f"  - {t}" for t in titles)])


def draw_slipped(plan: PlanStatus) -> None:
    """Draw the questions that were planned before today and are open, with their new day."""
    slipped = plan.slipped
    if not slipped:
        return
    st.subheader("Slipped", anchor=False)
    later = "" if plan.settings.scope == FIT else _how_much_later(plan)
    st.caption(
        f"{wording.many(len(slipped), 'question')} planned before today and still open.{later}"
    )
    now = {planned.item.id: planned.date for planned in plan.planned}
    lines = [
        f"- {escape_markdown(late.item.title)}"
        f" :gray[{late.item.id}, {wording.day(late.date)} → {wording.day(now[late.item.id])}]"
        for late in slipped[:_SLIPPED_SHOWN]
    ]
    if len(slipped) > _SLIPPED_SHOWN:
        lines.append(f"- :gray[and {len(slipped) - _SLIPPED_SHOWN} more]")
    st.markdown("\n".join(lines))


def _how_much_later(plan: PlanStatus) -> str:
    catch_up = f"; {plan.catch_up} a study day would catch up" if plan.catch_up else ""
    days = wording.many(plan.slipped_days, "study day")
    return f" The plan now ends {days} later{catch_up}."
