"""Where the person stands, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from prep.planning.plan_status import PlanProgress, PlanStatus
from prep.planning.wording import day, many

State = Literal["done", "late", "behind", "not begun", "on track", "ahead"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the plan stands, and the sentence that says it.

    A plan is `late` that ends on the day of the interview or after it, whatever is done of it.
    """

    state: State
    sentence: str


def of_plan(plan: PlanStatus) -> Verdict:
    """Return the verdict on a plan that has questions."""
    progress = plan.progress()
    if progress.ends_on is None:
        return Verdict("done", "Every question in your plan is done.")
    state = _state(plan, progress, progress.ends_on)
    return Verdict(state, f"{_opening(state, progress)} {_ending(plan, progress.ends_on)}")


def _state(plan: PlanStatus, progress: PlanProgress, ends_on: date) -> State:
    target = plan.settings.target_on
    if target is not None and plan.today <= target <= ends_on:
        return "late"
    if progress.days_ahead < 0:
        return "behind"
    if progress.done == 0:
        return "not begun"
    return "ahead" if progress.days_ahead > 0 else "on track"


def _opening(state: State, progress: PlanProgress) -> str:
    done = f"{progress.done} of {many(progress.total, 'question')} done"
    late = f"Too much for the time: {done}."
    if progress.days_ahead < 0:
        days = many(-progress.days_ahead, "study day")
        late = f"Behind by {days}: {done}, {progress.planned} were due."
    return {
        "late": late,
        "behind": late,
        "not begun": f"{many(progress.total, 'question')} in your plan, and no record yet.",
        "on track": f"On track: {done}.",
        "ahead": f"Ahead by {many(progress.days_ahead, 'study day')}: {done}.",
    }[state]


def _ending(plan: PlanStatus, ends_on: date) -> str:
    target = plan.settings.target_on
    ends = f"The plan ends on {day(ends_on)}"
    if target is None or target < plan.today:
        return f"{ends}."
    days = (target - ends_on).days
    if days == 0:
        return f"{ends}, the day of your interview."
    return f"{ends}, {many(abs(days), 'day')} {'before' if days > 0 else 'after'} your interview."
