"""The panel that makes a plan out of three answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from prep.planning import schedule
from prep.planning.plan_status import PlanStatus
from prep.planning.wording import day, many
from prep.progress import settings
from prep.progress.setting_texts import QUESTIONS, Pace
from prep.progress.study_days import WEEKDAYS
from prep.ui.visit import writes

_TARGET, _DAYS, _PACE = "first-target", "first-days", "first-pace"


def draw(plan: PlanStatus) -> None:
    """Draw the panel: what it would mean shows while one types, a button sets it."""
    today = plan.today
    with st.container(border=True, key="first-run"):
        st.subheader("Make your plan", anchor=False)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.date_input(
                "Interview date",
                value=None,
                min_value=today,
                key=_TARGET,
                format="YYYY-MM-DD",
                width=190,
                help="Leave it empty while there is none",
            )
            st.pills(
                "Days you study",
                WEEKDAYS,
                selection_mode="multi",
                wrap=True,
                key=_DAYS,
                default=plan.settings.study_days,
                format_func=str.capitalize,
            )
            st.number_input(
                "Questions a study day",
                1,
                20,
                round(plan.settings.pace.amount) or 1,
                key=_PACE,
                width=190,
            )
        st.markdown(_meaning(plan, today))
        st.button(
            "Start today",
            type="primary",
            icon=":material/flag:",
            on_click=_start,
            args=(today,),
            disabled=not st.session_state[_DAYS],
        )


def _meaning(plan: PlanStatus, today: date) -> str:
    if not st.session_state[_DAYS]:
        return "Choose at least one day of the week."
    chosen = replace(
        plan.settings,
        start_on=today,
        target_on=st.session_state[_TARGET],
        study_days=tuple(name for name in WEEKDAYS if name in st.session_state[_DAYS]),
        pace=Pace(st.session_state[_PACE], QUESTIONS),
    )
    planned = schedule.plan(plan.all_items, chosen, today)
    if not planned:
        return "Nothing is left to plan."
    ends = f"{many(len(planned), 'question')}, the last on **{day(planned[-1].date)}**."
    needed = schedule.pace_needed(plan.all_items, chosen, today)
    if chosen.target_on is None:
        return ends
    if needed is None:
        return f"{ends} There is no study day up to the interview."
    if planned[-1].date <= chosen.target_on:
        return f"{ends} That is in time for the interview."
    return f"{ends} To be done by the interview you need **{needed} a study day**."


def _start(today: date) -> None:
    target = st.session_state[_TARGET]
    texts = {
        "start_on": today.isoformat(),
        "target_on": None if target is None else target.isoformat(),
        "study_days": ",".join(st.session_state[_DAYS]),
        "pace": str(Pace(st.session_state[_PACE], QUESTIONS)),
    }
    writes.attempt(lambda db, clock: settings.change(db, clock, texts))
