"""A question on its day, or its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from prep.planning.plan_items import PlanItem

Day = date  # where a field of that name hides it


class Planned(NamedTuple):
    """A question on the day on which it is to be done.

    In a fitted plan it may be spread over several days: `sittings` are its days with their minutes,
    the last of them `date`. Empty where it is done in one.
    """

    date: Day
    item: PlanItem
    sittings: tuple[tuple[Day, int], ...] = ()

    @property
    def begins_on(self) -> Day:
        """The day on which it is begun."""
        return self.sittings[0][0] if self.sittings else self.date

    def on(self, day: Day) -> PlanItem | None:
        """Return the question with the minutes that it takes on a day, None where it takes none."""
        if not self.sittings:
            return self.item if day == self.date else None
        minutes = dict(self.sittings).get(day)
        return None if minutes is None else replace(self.item, minutes=minutes)
