"""Where the person stands: what is done against what the plan had by now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter, itemgetter

import pandas as pd
from sqlite_utils import Database

from prep.planning import forecast, lanes, plan_items, plan_tables, schedule, track_record
from prep.planning.forecast import Forecast
from prep.planning.plan_items import PlanItem, in_sequence
from prep.planning.planned import Planned
from prep.planning.spreading import Minutes
from prep.planning.track_record import TrackRecord
from prep.practice import review_queue
from prep.progress import settings
from prep.progress.setting_texts import FIT, MINUTES, Pace
from prep.progress.settings import Settings
from prep.store import cache

_DATE, _SHEET = itemgetter(0), attrgetter("sheet")


@dataclass(frozen=True)
class PlanProgress:
    """What is done of the plan, what was planned by the end of yesterday, and the difference.

    `days_ahead` counts study days: those after today that are finished already, or, below
    zero, those before today whose questions are still open. `ends_on` is the last day of the
    plan as it is now (None where nothing is left), `ended_on` that of the plan at its start.
    """

    done: int
    total: int
    planned: int
    days_ahead: int
    ends_on: date | None
    ended_on: date | None


class PlanStatus:
    """One person's plan on one day: as it was at the start, as it is now, and what lies between.

    What is asked of it is computed once, and must not be changed.
    """

    def __init__(
        self,
        items: Sequence[PlanItem],
        chosen: Settings,
        today: date,
        reserved: Minutes | None = None,
    ) -> None:
        """`reserved` are the minutes of a day that reviews take from a pace in minutes."""
        self.all_items = items
        self._reserved = reserved
        self.settings = chosen
        self.today = today
        self.start = chosen.start_on or today
        self._sequence = in_sequence(items, chosen)
        self.items = lanes.in_plan(self._sequence, chosen)
        self._days = chosen.calendar()
        self._progresses: dict[str | None, PlanProgress] = {}
        self._forecasts: dict[str | None, Forecast] = {}

    @cached_property
    def planned(self) -> list[Planned]:
        """The plan as it is now."""
        return schedule.plan(self._sequence, self.settings, self.today, self._reserved)

    @cached_property
    def baseline(self) -> list[Planned]:
        """The plan as it was on the day it starts."""
        return schedule.baseline(self._sequence, self.settings, self.today)

    def on(self, day: date) -> list[PlanItem]:
        """Return the questions planned for a day, in order, with their minutes on that day."""
        first, last = (side(self.planned, day, key=_DATE) for side in (bisect_left, bisect_right))
        if self.settings.scope == FIT:  # what ends later may begin on that day
            last = len(self.planned)
        on_day = (planned.on(day) for planned in self.planned[first:last])
        return [item for item in on_day if item is not None]

    def done_on(self, day: date) -> list[PlanItem]:
        """Return the questions of the plan that were done on a day."""
        return self._done_by_day.get(day, [])

    @cached_property
    def _done_by_day(self) -> dict[date, list[PlanItem]]:
        by_day: dict[date, list[PlanItem]] = {}
        for item in self.items:
            if item.done_on is not None:
                by_day.setdefault(item.done_on, []).append(item)
        return by_day

    def progress(self, sheet: str | None = None) -> PlanProgress:
        """Return where one sheet, or the whole plan, stands."""
        if sheet not in self._progresses:
            self._progresses[sheet] = self._progress(sheet)
        return self._progresses[sheet]

    def _progress(self, sheet: str | None) -> PlanProgress:
        first_planned = self._first_planned(sheet)
        done, total = (
            counts.total() if sheet is None else counts[sheet] for counts in self._counts
        )
        before_start = total - len(first_planned)
        return PlanProgress(
            done=done,
            total=total,
            planned=before_start + bisect_left(first_planned, self.today),
            days_ahead=self._days_ahead(first_planned, done - before_start),
            ends_on=next(
                (p.date for p in reversed(self.planned) if sheet in (None, p.item.sheet)), None
            ),
            ended_on=first_planned[-1] if first_planned else None,
        )

    def _first_planned(self, sheet: str | None) -> list[date]:
        """Return the days of the plan at its start."""
        return [p.date for p in self.baseline if sheet in (None, p.item.sheet)]

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        """How many questions of each sheet are done, and how many there are."""
        done = Counter(item.sheet for items in self._done_by_day.values() for item in items)
        return done, Counter(map(_SHEET, self.items))

    def _of(self, sheet: str | None) -> list[PlanItem]:
        if sheet is None:
            return self.items
        return [item for item in self.items if item.sheet == sheet]

    @cached_property
    def slipped(self) -> list[Planned]:
        """The open questions that were planned before today, on the day they were."""
        past = self.baseline[: bisect_left(self.baseline, self.today, key=_DATE)]
        still_open = {item.id: item for item in self.items if item.done_on is None}
        return [
            Planned(planned.date, still_open[planned.item.id])
            for planned in past
            if planned.item.id in still_open
        ]

    @cached_property
    def slipped_days(self) -> int:
        """How many study days later the plan ends than it did at its start, 0 or more."""
        now, then = self.progress().ends_on, self.progress().ended_on
        return max(self._days.count(then, now), 0) if now and then else 0

    @cached_property
    def catch_up(self) -> Pace | None:
        """The pace that still ends the plan when it did at its start, None if past."""
        ended_on = self.progress().ended_on
        if ended_on is None:
            return None
        to_end = replace(self.settings, target_on=ended_on)
        return schedule.pace_needed(self._sequence, to_end, self.today)

    def forecast(self, sheet: str | None = None) -> Forecast:
        """Return when one sheet, or the whole plan, will be done."""
        if sheet not in self._forecasts:
            self._forecasts[sheet] = forecast.forecast(*self._judged(sheet), self.today)
        return self._forecasts[sheet]

    @cached_property
    def band(self) -> pd.DataFrame | None:
        """`futures.Futures.band` of the whole plan, None where nothing is left."""
        return forecast.band(*self._judged(None), self.today)

    @cached_property
    def track_record(self) -> TrackRecord:
        """How the forecasts of the last weeks did."""
        return track_record.judge(self.items, self.settings, self.today)

    def _judged(self, sheet: str | None) -> tuple[list[PlanItem], list[Planned], Settings]:
        """Return the questions, the plan and the settings that a forecast judges by.

        A sheet that is not begun, and whose turn comes later, starts on the day it is planned.
        """
        items = self._of(sheet)
        planned = [planned for planned in self.planned if sheet in (None, planned.item.sheet)]
        begun = any(item.done_on and item.done_on >= self.start for item in items)
        turn = self._days.on_or_after(max(self.today, self.start))
        if begun or not planned or planned[0].begins_on <= turn:
            return items, planned, self.settings
        return items, planned, replace(self.settings, start_on=max(self.start, planned[0].date))

    @cached_property
    def left_out(self) -> dict[str, list[PlanItem]]:
        """`{why: questions}` of what the settings or the person leave out of the plan."""
        reasons: dict[str, list[PlanItem]] = {}
        for item in self.all_items:
            why = lanes.why_left_out(item, self.settings)
            if why and item.sheet in self.settings.sheets:
                reasons.setdefault(why, []).append(item)
        return reasons

    @cached_property
    def phases(self) -> pd.DataFrame:
        """`plan_tables.phases` of the plan."""
        return plan_tables.phases(self.items, self.baseline, self.settings.sheets, self.today)

    @cached_property
    def lines(self) -> pd.DataFrame:
        """`plan_tables.lines` of the plan."""
        return plan_tables.lines(
            self.items, self.baseline, self.settings.planned_from(self.today), self.today
        )

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """`plan_tables.weeks` of the plan as it is now."""
        return plan_tables.weeks(self.items, self.planned)

    def _days_ahead(self, first_planned: list[date], done: int) -> int:
        """Return the study days between today and the day on which the next question was due."""
        if not first_planned:
            return 0
        if done >= len(first_planned):
            next_due = first_planned[-1] + timedelta(days=1)
        else:
            next_due = first_planned[max(done, 0)]
        if next_due < self.today:
            return -self._days.count(next_due, self.today)
        return max(self._days.count(self.today + timedelta(days=1), next_due), 0)


@cache.kept
def load(db: Database, today: date) -> PlanStatus:
    """Return the person's plan on a day. Raises InvalidSetting where one cannot be read."""
    chosen = settings.load(db)
    reserved = None
    if chosen.pace.unit == MINUTES:
        items = review_queue.list_items(db, chosen, today)
        reserved = review_queue.minutes_by_day(items, chosen, today)
    return PlanStatus(plan_items.load(db, chosen), chosen, today, reserved)


def minutes(items: Iterable[PlanItem]) -> int:
    """Return the minutes that questions take together."""
    return sum(item.minutes for item in items)
