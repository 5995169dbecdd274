"""A question's place in the plan: its day, its minutes, whether it is pinned or left out."""

from __future__ import annotations

from datetime import date

import streamlit as st

from prep.planning import lanes, scope
from prep.planning.plan_items import PlanItem
from prep.planning.plan_status import PlanStatus
from prep.planning.wording import day
from prep.progress.tracker import Tracker
from prep.ui.question import moving
from prep.ui.visit import writes
from prep.ui.widgets import bound

_AS_IT_FITS, _PINNED, _DROPPED = "As it fits", "Pinned", "Left out"
_CHOICES = {_AS_IT_FITS: scope.UNPIN, _PINNED: scope.PIN, _DROPPED: scope.DROP}


def draw(question_id: str, plan: PlanStatus) -> None:
    """Draw where the plan has the question, and what the person can change about it."""
    item = next(item for item in plan.all_items if item.id == question_id)
    planned = next((p.date for p in plan.planned if p.item.id == question_id), None)
    st.caption(_place(item, planned, plan))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if item.done_on is None:
            key = bound.bind(f"place-day-{question_id}", planned)
            st.date_input(
                "Planned for",
                key=key,
                min_value=min(plan.today, planned or plan.today),
                format="YYYY-MM-DD",
                width=170,
                on_change=_move,
                args=(question_id, key),
            )
        key = bound.bind(f"place-minutes-{question_id}", item.minutes)
        st.number_input(
            "Minutes",
            1,
            600,
            step=5,
            key=key,
            width=150,
            on_change=_edit,
            args=(question_id, "minutes", key),
        )
        key = bound.bind(f"place-choice-{question_id}", _choice(item))
        st.segmented_control(
            "In the plan",
            list(_CHOICES),
            required=True,
            key=key,
            on_change=_choose,
            args=(question_id, key),
        )


def _choice(item: PlanItem) -> str:
    return _DROPPED if item.skipped else _PINNED if item.pinned else _AS_IT_FITS


def _choose(question_id: str, key: str) -> None:
    if bound.is_changed(key):
        fields = _CHOICES[st.session_state[key]]
        writes.attempt(lambda db, clock: Tracker(db, clock).edit({question_id: fields}))


def _place(item: PlanItem, planned: date | None, plan: PlanStatus) -> str:
    why = lanes.why_left_out(item, plan.settings)
    if why is not None:
        return f"Not in your plan: {why}."
    if item.done_on is not None:
        return f"Done on {day(item.done_on)}."
    by_hand = ", where you moved it" if item.moved_to else ""
    return f"In your plan on {day(planned)}{by_hand}."


def _move(question_id: str, key: str) -> None:
    if bound.is_changed(key):
        chosen = st.session_state[key]
        moving.by_hand([question_id], "back" if chosen is None else chosen)


def _edit(question_id: str, field: str, key: str) -> None:
    if bound.is_changed(key):
        value = st.session_state[key]
        writes.attempt(lambda db, clock: Tracker(db, clock).edit({question_id: {field: value}}))
