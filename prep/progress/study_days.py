"""The days on which a person studies: the weekdays they chose, less their days off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

import numpy as np

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Range = tuple[date, date]


class StudyDays:
    """A calendar of study days. Plan, forecast and streak all count by the same one."""

    def __init__(self, weekdays: Iterable[str], days_off: Iterable[Range] = ()) -> None:
        """`weekdays` are names of WEEKDAYS, at least one; `days_off` first and last days."""
        chosen = set(weekdays)
        self.per_week = len(chosen)
        self._days = np.busdaycalendar(
            weekmask=[day in chosen for day in WEEKDAYS],
            holidays=[day for span in days_off for day in _days_of(span)],
        )

    def __contains__(self, day: date) -> bool:
        return bool(np.is_busday(day, busdaycal=self._days))

    def count(self, first: date, until: date) -> int:
        """Return how many study days lie in [first, until); negative where `until` is before."""
        return int(np.busday_count(first, until, busdaycal=self._days))

    def positions(self, days: list[date], first: date) -> np.ndarray:
        """Return for each day how many study days lie in [first, day), as integers."""
        return np.busday_count(first, np.array(days, "datetime64[D]"), busdaycal=self._days)

    def on_or_after(self, day: date) -> date:
        """Return `day` where it is a study day, else the next one."""
        return self._step(day, 0, "forward")

    def after(self, day: date) -> date:
        """Return the first study day after `day`."""
        return self._step(day, 1, "backward")  # from a rest day, one step on from the one before

    def before(self, day: date) -> date:
        """Return the last study day before `day`."""
        return self._step(day, -1, "forward")

    def first(self, count: int, start: date) -> list[date]:
        """Return the first `count` study days on or after `start`."""
        return self.at(np.arange(count), start)

    def at(self, places: np.ndarray, start: date) -> list[date]:
        """Return the study days at `places` (0, 1, …), counted from the first on or after start."""
        first = np.datetime64(start, "D")
        days: list[date] = np.busday_offset(
            first, places, roll="forward", busdaycal=self._days
        ).tolist()
        return days

    def _step(self, day: date, steps: int, roll: Literal["forward", "backward"]) -> date:
        start = np.array([day], "datetime64[D]")
        day_there: date = np.busday_offset(start, steps, roll=roll, busdaycal=self._days).tolist()[
            0
        ]
        return day_there


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _days_of(span: Range) -> list[date]:
    first, last = span
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
