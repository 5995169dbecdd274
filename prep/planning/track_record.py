"""How the forecasts of the last weeks did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor

import numpy as np

from prep.planning.forecast import drawn, leans_on_plan
from prep.planning.futures import FEWEST_DRAWS, HIGH, LOW, Futures
from prep.planning.plan_items import PlanItem
from prep.planning.study_record import record
from prep.progress.settings import Settings

WEEKS = 12


@dataclass(frozen=True)
class TrackRecord:
    """How many weekly forecasts could be judged, and how many of their ranges held."""

    judged: int
    held: int


def judge(items: Sequence[PlanItem], settings: Settings, today: date) -> TrackRecord:
    """Return how the forecasts of the last WEEKS weeks did, a week apart, up to a week ago.

    None of them was stored: each is drawn anew from what was done before its day, with the
    settings of today. One that leant on the plan is not judged, since what the plan was then is
    not known, nor one after which no study day has passed.

    A range holds where the finish lay in it. While questions are left, a range is not over, and
    the same futures are asked how many questions are done until today: it holds so far where the
    real number lies between their 10 and 90 %.
    """
    verdicts = [
        _holds(items, settings, today - timedelta(weeks=weeks), today)
        for weeks in range(WEEKS, 0, -1)
    ]
    judged = [verdict for verdict in verdicts if verdict is not None]
    return TrackRecord(len(judged), sum(judged))


def _holds(
    items: Sequence[PlanItem], settings: Settings, asked_on: date, today: date
) -> bool | None:
    """Return whether what was foretold on a day holds, None where it cannot be judged."""
    if settings.start_on and settings.start_on > asked_on:
        settings = replace(settings, start_on=None)  # this plan was not made then
    known = [item for item in items if item.done_on and item.done_on < asked_on]
    own = record(known, settings, asked_on)
    left = len(items) - len(known)
    days = settings.calendar()
    if left == 0 or leans_on_plan(own) or days.count(own.ahead_from, today) <= 0:
        return None
    futures = drawn(own, left, days.per_week, draws=FEWEST_DRAWS)
    since = [item.done_on for item in items if item.done_on and asked_on <= item.done_on < today]
    if len(since) < left:
        return _holds_so_far(futures, days.count(own.ahead_from, today), len(since))
    low, high = np.quantile(futures.places_of(left), (LOW, HIGH), method="inverted_cdf")
    finish = max(days.count(own.ahead_from, max(since) + timedelta(days=1)) - 1, 0)
    return bool(low <= finish <= high)


def _holds_so_far(futures: Futures, days: int, done: int) -> bool:
    low, high = np.quantile(futures.done_after(days), (LOW, HIGH), method="inverted_cdf")
    return bool(floor(low) <= done <= ceil(high))
