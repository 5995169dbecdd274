"""The settings of the plan, each saved as soon as it is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from prep.content.models import LEVELS, SHEET_TITLES
from prep.progress import day_texts, settings
from prep.progress.presets import PRESETS
from prep.progress.setting_texts import (
    ALTERNATE,
    FIT,
    LAST,
    LEFT_OUT,
    MINUTES,
    ONE_AFTER_THE_OTHER,
    QUESTIONS,
    SIDE_BY_SIDE,
    WEEKS,
    Pace,
)
from prep.progress.settings import Settings
from prep.progress.study_days import WEEKDAYS
from prep.ui.plan import fit_settings
from prep.ui.text import escape_markdown
from prep.ui.visit import writes
from prep.ui.widgets import bound

_INTERLEAVES = (ALTERNATE, ONE_AFTER_THE_OTHER, SIDE_BY_SIDE, "2:1", "1:2")
_UNITS = {QUESTIONS: "Questions", MINUTES: "Minutes", WEEKS: "The sheets' weeks"}
_FIRST_AMOUNT = {QUESTIONS: Pace(2, QUESTIONS), MINUTES: Pace(60, MINUTES), WEEKS: Pace(0, WEEKS)}
_MINUTES = {
    "reading_minutes": "Reading, no article",
    "writing_minutes_system_design": "Writing, system design",
    "writing_minutes_high": "Writing, High",
    "writing_minutes_medium": "Writing, Medium",
    "writing_minutes_low": "Writing, Low",
}


def draw(chosen: Settings, pace_notes: dict[str, list[str]]) -> None:
    """Draw every setting of the plan."""
    with st.grid(min_column_width=300):
        _one_of("Level aimed at", "level", LEVELS, chosen)
        _number("Minutes a study day", "minutes_a_day", 5, 1440, chosen)
        _date("Interview", "target_on", chosen)
        _date("Start", "start_on", chosen)
        _sheets(chosen)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _study_days(chosen)
        if chosen.scope != FIT:
            _pace(chosen)
    with st.grid(min_column_width=240):
        _interleave(chosen)
        _days_off(chosen)
        _new_days_off(chosen)
        _outside(chosen)
    with st.expander("Minutes a question", key="minutes-settings"):
        st.caption("Its article's reading time, and then the time to write an answer.")
        with st.grid(min_column_width=150):
            for key, label in _MINUTES.items():
                _number(label, key, 0, 600, chosen)
    fit_settings.draw(chosen)
    _presets(pace_notes)


def _presets(pace_notes: dict[str, list[str]]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Presets", width="content")
        for name, texts in PRESETS.items():
            st.button(
                name, key=f"preset-{name}", type="tertiary", on_click=_save_texts, args=(texts,)
            )
    for sheet, notes in pace_notes.items():
        st.caption(
            f"{SHEET_TITLES[sheet]}, in the sheet's words: {escape_markdown(' '.join(notes))}"
        )


def _date(label: str, key: str, chosen: Settings) -> None:
    st.date_input(
        label,
        key=bound.bind(key, getattr(chosen, key)),
        format="YYYY-MM-DD",
        min_value=day_texts.FIRST_DAY,
        max_value=day_texts.LAST_DAY,
        on_change=_save,
        args=(key, lambda value: "none" if value is None else value.isoformat()),
    )


def _one_of(label: str, key: str, words: tuple[str, ...], chosen: Settings) -> None:
    st.segmented_control(
        label,
        words,
        required=True,
        key=bound.bind(key, getattr(chosen, key)),
        on_change=_save,
        args=(key, str),
    )


def _number(label: str, key: str, smallest: int, largest: int, chosen: Settings) -> None:
    st.number_input(
        label,
        smallest,
        largest,
        step=5,
        on_change=_save,
        args=(key, str),
        key=bound.bind(key, getattr(chosen, key)),
    )


def _sheets(chosen: Settings) -> None:
    st.multiselect(
        "Sheets, in this order",
        list(SHEET_TITLES),
        format_func=SHEET_TITLES.__getitem__,
        key=bound.bind("sheets", list(chosen.sheets)),
        on_change=_save,
        args=("sheets", ",".join),
    )


def _study_days(chosen: Settings) -> None:
    st.pills(
        "Study days",
        WEEKDAYS,
        selection_mode="multi",
        wrap=True,
        format_func=str.capitalize,
        key=bound.bind("study_days", list(chosen.study_days)),
        on_change=_save,
        args=("study_days", ",".join),
    )


def _pace(chosen: Settings) -> None:
    unit = chosen.pace.unit
    st.segmented_control(
        "Pace in",
        list(_UNITS),
        format_func=_UNITS.__getitem__,
        required=True,
        key=bound.bind("pace-unit", unit),
        on_change=_save_unit,
    )
    if unit == WEEKS:
        return
    smallest, step = (1.0, 0.5) if unit == QUESTIONS else (5.0, 5.0)
    st.number_input(
        f"{_UNITS[unit]} a study day",
        smallest,
        1440.0 if unit == MINUTES else 100.0,
        step=step,
        format="%g",
        width=190,
        key=bound.bind(f"pace-{unit}", float(chosen.pace.amount)),
        on_change=_save_amount,
        args=(unit,),
    )


def _interleave(chosen: Settings) -> None:
    words = list(dict.fromkeys([*_INTERLEAVES, chosen.interleave]))
    st.selectbox(
        "The two sheets",
        words,
        accept_new_options=True,
        format_func=str.capitalize,
        help="Or type a ratio, like 3:1. Side by side gives each sheet the pace by itself.",
        disabled=len(chosen.sheets) < 2 or chosen.pace.unit == WEEKS,
        key=bound.bind("interleave", chosen.interleave),
        on_change=_save,
        args=("interleave", str),
    )


def _days_off(chosen: Settings) -> None:
    texts = [day_texts.days_off_text((span,)) for span in chosen.days_off]
    st.multiselect(
        "Days off",
        texts,
        key=bound.bind("days_off", texts),
        placeholder="None",
        help="Take one out with its cross",
        on_change=_save,
        args=("days_off", lambda left: ", ".join(left) or "none"),
    )


def _new_days_off(chosen: Settings) -> None:
    st.session_state.setdefault("new-days-off", ())
    st.date_input(
        "Add days off, first to last",
        key="new-days-off",
        format="YYYY-MM-DD",
        on_change=_add_days_off,
        args=(chosen,),
    )


def _outside(chosen: Settings) -> None:
    st.segmented_control(
        "Outside the suggested sequence",
        (LAST, LEFT_OUT),
        format_func=str.capitalize,
        required=True,
        key=bound.bind("outside_sequence", chosen.outside_sequence),
        on_change=_save,
        args=("outside_sequence", str),
    )


def _save(key: str, to_text: Callable[[Any], str]) -> None:
    if bound.is_changed(key):
        _save_texts({key: to_text(st.session_state[key])})


def _save_unit() -> None:
    if bound.is_changed("pace-unit"):
        _save_texts({"pace": str(_FIRST_AMOUNT[st.session_state["pace-unit"]])})


def _save_amount(unit: str) -> None:
    key = f"pace-{unit}"
    if bound.is_changed(key):
        _save_texts({"pace": str(Pace(st.session_state[key], unit))})


def _add_days_off(chosen: Settings) -> None:
    chosen_range = st.session_state["new-days-off"]
    if len(chosen_range) == 2:  # only the first day so far, else
        text = day_texts.days_off_text((*chosen.days_off, chosen_range))
        _save_texts({"days_off": text})
        st.session_state["new-days-off"] = ()


def _save_texts(texts: dict[str, str]) -> None:
    writes.attempt(lambda db, clock: settings.change(db, clock, texts))
