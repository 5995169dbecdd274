"""Moving a question in the plan by hand."""

from __future__ import annotations

from datetime import date

from prep.errors import InvalidDates, UnknownQuestion
from prep.planning.plan_status import PlanStatus

EARLIER, LATER, TOMORROW, SKIP, BACK = "earlier", "later", "tomorrow", "skip", "back"
MOVES = (EARLIER, LATER, TOMORROW, SKIP, BACK)


def fields(plan: PlanStatus, question_id: str, move: str | date) -> dict[str, str | bool | None]:
    """Return what `Tracker.edit` is to write for a move.

    `earlier` and `later` go to the study day before or after the present one, `tomorrow` to the
    next study day after today, a date to that day (or the next study day); `skip` leaves the
    question out, `back` puts it back where the plan has it. Raises InvalidDates where the
    question has no day to move from, UnknownQuestion.
    """
    days = plan.settings.calendar()
    if move == SKIP:
        return {"skipped": True}
    if move == BACK:
        return {"skipped": False, "moved_to": None}
    if isinstance(move, date):
        return {"skipped": False, "moved_to": max(days.on_or_after(move), move).isoformat()}
    if move == TOMORROW:
        return {"moved_to": days.after(plan.today).isoformat()}
    now = _present_day(plan, question_id)
    if move == LATER:
        return {"moved_to": days.after(now).isoformat()}
    earlier = days.before(now)
    if earlier < plan.today:
        raise InvalidDates(f"{question_id} is planned for {now}: there is no earlier study day")
    return {"moved_to": earlier.isoformat()}


def _present_day(plan: PlanStatus, question_id: str) -> date:
    for day, item in plan.planned:
        if item.id == question_id:
            return day
    if any(item.id == question_id for item in plan.all_items):
        raise InvalidDates(f"{question_id} is done or not in your plan: move it to a date instead")
    raise UnknownQuestion(question_id)
