"""The panel that makes a plan out of a date, the minutes of a day, days and a level."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from prep.errors import NoTimeToFit
from prep.planning import fitting, schedule, scope, wording
from prep.planning.plan_items import in_sequence
from prep.planning.plan_status import PlanStatus
from prep.progress import settings
from prep.progress.presets import PRESETS
from prep.progress.setting_texts import MINUTES, Pace
from prep.progress.settings import Settings
from prep.progress.study_days import WEEKDAYS
from prep.ui.plan import scope_panel
from prep.ui.text import escape_markdown
from prep.ui.visit import writes

_TARGET, _MINUTES, _DAYS = "first-target", "first-minutes", "first-days"
_LEVEL, _PRESET = "first-level", "first-preset"
_LEVELS = {"EM": "Engineering manager", "DIR": "Director", "EM+DIR": "Both"}
_BY_MINUTES = "My minutes a day"


def draw(plan: PlanStatus) -> None:
    """Draw the panel: what it would mean shows while one types, a button sets it."""
    with st.container(border=True, key="first-run"):
        st.subheader("Make your plan", anchor=False)
        _draw_inputs(plan.settings, plan.today)
        if not st.session_state[_DAYS]:
            st.markdown("Choose at least one day of the week.")
            _draw_begin(plan.today, disabled=True)
        elif st.session_state[_TARGET] is None:
            _draw_presets(plan)
            _draw_begin(plan.today)
        else:
            _draw_fit(plan)


def _draw_begin(today: date, disabled: bool = False) -> None:
    st.button(
        "Use this plan",
        type="primary",
        icon=":material/flag:",
        key="first-begin",
        on_click=_begin,
        args=(today,),
        disabled=disabled,
    )


def _draw_inputs(chosen: Settings, today: date) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            "Interview date",
            value=None,
            min_value=today,
            key=_TARGET,
            format="YYYY-MM-DD",
            width=170,
            help="Leave it empty while there is none",
        )
        st.number_input(
            "Minutes a day", 5, 1440, chosen.minutes_a_day, step=5, key=_MINUTES, width=150
        )
        st.pills(
            "Days you study",
            WEEKDAYS,
            selection_mode="multi",
            wrap=True,
            key=_DAYS,
            default=chosen.study_days,
            format_func=str.capitalize,
        )
        st.segmented_control(
            "Level",
            list(_LEVELS),
            format_func=_LEVELS.__getitem__,
            default=chosen.level,
            required=True,
            key=_LEVEL,
            wrap=True,
        )


def _draw_fit(plan: PlanStatus) -> None:
    """Draw what fits the time to the interview, and the button that begins with it."""
    chosen = _chosen(plan.settings, plan.today)
    items = in_sequence(plan.all_items, chosen)
    try:
        found = fitting.fit(items, chosen, plan.today)
    except NoTimeToFit as error:
        st.warning(escape_markdown(str(error)), icon=":material/event_busy:")
        _draw_begin(plan.today, disabled=True)
        return
    st.markdown(wording.what_fits(found, items))
    _draw_begin(plan.today)
    scope_panel.draw_chart(found, key="first")


def _draw_presets(plan: PlanStatus) -> None:
    """Draw the paces to choose from without a date, each with the day on which it ends."""
    ends = {name: _end_of(plan, texts) for name, texts in _presets().items()}
    st.radio(
        "Without a date, at the pace of",
        list(ends),
        key=_PRESET,
        captions=[f"ends on {wording.day(day)}" for day in ends.values()],
    )


def _presets() -> dict[str, dict[str, str]]:
    by_minutes = str(Pace(st.session_state[_MINUTES], MINUTES))
    return {**PRESETS, _BY_MINUTES: {"pace": by_minutes, "study_days": _study_days()}}


def _end_of(plan: PlanStatus, texts: dict[str, str]) -> date | None:
    wanted = settings.with_texts(_chosen(plan.settings, plan.today), texts)
    planned = schedule.plan(in_sequence(plan.all_items, wanted), wanted, plan.today)
    return planned[-1].date if planned else None


def _study_days() -> str:
    return ",".join(name for name in WEEKDAYS if name in st.session_state[_DAYS])


def _texts(today: date) -> dict[str, str | None]:
    target: date | None = st.session_state[_TARGET]
    return {
        "start_on": today.isoformat(),
        "target_on": None if target is None else target.isoformat(),
        "study_days": _study_days(),
        "level": st.session_state[_LEVEL],
        "minutes_a_day": str(st.session_state[_MINUTES]),
    }


def _chosen(known: Settings, today: date) -> Settings:
    given = {key: text for key, text in _texts(today).items() if text is not None}
    return settings.with_texts(replace(known, target_on=None), given)


def _begin(today: date) -> None:
    texts = _texts(today)
    if texts["target_on"] is None:
        texts |= _presets()[st.session_state[_PRESET]]
        writes.attempt(lambda db, clock: settings.change(db, clock, texts))
    else:
        writes.attempt(lambda db, clock: scope.apply(db, clock, texts))
