"""How many questions each study day takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from math import floor

from prep.planning.plan_items import PlanItem
from prep.progress.setting_texts import (
    WEEKS,
)
from prep.progress.settings import Settings

_DAYS_AT_ONCE = 400


def daily_quotas(
    lane: list[PlanItem], settings: Settings, today: date, first: date
) -> Iterator[tuple[date, int]]:
    """Yield each study day from `first` on with how many questions it is to take, without end."""
    start = settings.start_on or today
    days = _study_days(settings, first)
    if settings.pace.unit == WEEKS:
        by_day = Counter(_stretched(lane, settings, start))
        end = max(by_day, default=start)
        return ((day, by_day[day] if day <= end else 1) for day in days)
    pace, place = settings.pace.amount, settings.calendar().count(start, first)
    at_pace = (floor((n + 1) * pace) - floor(n * pace) for n in count(place))
    return zip(days, at_pace, strict=False)


def _stretched(lane: list[PlanItem], settings: Settings, start: date) -> Iterator[date]:
    """Yield a day for each question, its phase spread evenly over the sheet's weeks."""
    calendar = settings.calendar()
    weeks = Counter(
        (item.first_week, item.last_week)
        for item in lane
        if item.first_week and not (item.done_on and item.done_on < start)
    )
    for (first_week, last_week), questions in weeks.items():
        first = start + timedelta(weeks=(first_week or 1) - 1)
        length = calendar.count(first, start + timedelta(weeks=last_week or 1))
        days = calendar.first(length, first) if length else []
        for n in range(questions if days else 0):
            yield days[_evenly(n, questions, length)]


def _evenly(n: int, questions: int, days: int) -> int:
    """Return the day's place of question `n`: the first on the first day, the last on the last."""
    if questions >= days:
        return n * days // questions
    return n * (days - 1) // max(questions - 1, 1)


def _study_days(settings: Settings, first: date) -> Iterator[date]:
    calendar = settings.calendar()
    while True:
        days = calendar.first(_DAYS_AT_ONCE, first)
        yield from days
        first = calendar.after(days[-1])
