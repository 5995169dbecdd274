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
        return {"skipped": True, "pinned": False}
    if move == BACK:
        return {"skipped": False, "moved_to": None, "put_off_on": None}
    if isinstance(move, date):
        return {"skipped": False} | _moved(plan, question_id, max(days.on_or_after(move), move))
    if move == TOMORROW:
        return _moved(plan, question_id, days.after(plan.today))
    now = _present_day(plan, question_id)
    if move == LATER:
        return _moved(plan, question_id, days.after(now))
    earlier = days.before(now)
    if earlier < plan.today:
        raise InvalidDates(f"{question_id} is planned for {now}: there is no earlier study day")
    return _moved(plan, question_id, earlier)


def next_to_bring_forward(plan: PlanStatus) -> str | None:
    """Return the first question planned after today that was not put off today; None without."""
    for planned in plan.planned:
        if planned.begins_on > plan.today and planned.item.put_off_on != plan.today:
            return planned.item.id
    return None


def _moved(plan: PlanStatus, question_id: str, day: date) -> dict[str, str | bool | None]:
    """Return a move to a day; what leaves today is noted, so that nothing else moves in."""
    leaves_today = day > plan.today and any(item.id == question_id for item in plan.on(plan.today))
    return {
        "moved_to": day.isoformat(),
        "put_off_on": plan.today.isoformat() if leaves_today else None,
    }


def _present_day(plan: PlanStatus, question_id: str) -> date:
    for planned in plan.planned:
        if planned.item.id == question_id:
            return planned.begins_on
    if any(item.id == question_id for item in plan.all_items):
        raise InvalidDates(f"{question_id} is done or not in your plan: move it to a date instead")
    raise UnknownQuestion(question_id)
