"""When the person will be done, judged by their own record.

The record is how many questions were finished on each study day of late. Futures are drawn out
of it by a bootstrap in two stages. The first resamples the record itself, so that a short record
gives a wide range: two blocks fewer than it has (one makes the variance of the mean unbiased,
Rao & Wu 1988, "Resampling Inference with Complex Survey Data"; the other allows for the variance
being estimated as well). The second draws the future from that. A block is a week of study days,
so that weekends and bursts keep their shape (block bootstrap, Künsch 1989). A stop of two weeks
or more may come again or not: half of the draws take it for part of the pace, half leave it out.
`python -m tests.bench.forecast` shows how often the range holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

import numpy as np
import pandas as pd

from prep.planning.futures import DRAWS, HIGH, IDLE_WEEKS, LOW, MIDDLE, SEED, Futures, draw
from prep.planning.plan_items import PlanItem
from prep.planning.planned import Planned
from prep.progress.settings import Settings
from prep.progress.study_days import StudyDays

FUTURES_KEPT = 4  # drawn for the last records: a few megabytes each
TRUSTED_DAYS = 10  # study days of record; with fewer the plan is leant on
CONFIDENT = 0.9


@dataclass(frozen=True)
class Forecast:
    """When what is left will be done.

    `p10`, `median` and `p90` are the days by which it is done in a tenth, half and nine tenths
    of the draws; None where that lies too far ahead to draw, or there is nothing to judge by.
    `probability` (0 to 1) is to be done on the target day or before. `pace_needed` (questions a
    study day) makes that nine in ten, and so does dropping `to_cut` questions at the present
    `pace`; all three are None without a target day that is still ahead. `record_days` is how
    many study days were judged by. Where `idle_weeks` is above 0, nothing was finished for so
    many weeks that there is no forecast.
    """

    remaining: int
    p10: date | None = None
    median: date | None = None
    p90: date | None = None
    probability: float | None = None
    pace: float = 0.0
    pace_needed: float | None = None
    to_cut: int | None = None
    record_days: int = 0
    leans_on_plan: bool = False
    idle_weeks: int = 0


@dataclass(frozen=True)
class Record:
    """Questions finished on each study day, the oldest first, up to `until` (not included)."""

    counts: np.ndarray
    until: date


def forecast(
    items: Sequence[PlanItem],
    planned: Sequence[Planned],
    settings: Settings,
    today: date,
    *,
    draws: int = DRAWS,
) -> Forecast:
    """Return when `items`, of one sheet or of the whole plan, will be done.

    `planned` is the plan of what is left of them, leant on while the record is short. The draws
    are seeded: the same input gives the same forecast.
    """
    own = record(items, settings, today)
    left = sum(item.done_on is None for item in items)
    days = settings.calendar()
    first = _first_day(own, settings)
    ahead = _study_days_to(settings.target_on, days, first)
    known = Forecast(left, record_days=len(own.counts))
    if left == 0:
        return replace(known, probability=None if ahead is None else 1.0)
    idle_weeks = _idle_weeks(items, settings, today)
    if idle_weeks >= IDLE_WEEKS:
        return replace(known, idle_weeks=idle_weeks, pace_needed=left / ahead if ahead else None)
    counts = _judged_by(own, planned, settings)
    futures = _drawn(tuple(counts.tolist()), left, first, days.per_week, draws)
    finish = futures.places_of(left)
    p10, median, p90 = (_day_at(finish, share, days, first) for share in (LOW, MIDDLE, HIGH))
    free = replace(
        known,
        p10=p10,
        median=median,
        p90=p90,
        pace=float(counts.mean()),
        leans_on_plan=len(own.counts) < TRUSTED_DAYS,
    )
    return free if ahead is None else _against_target(free, futures, finish, ahead)


def band(
    items: Sequence[PlanItem], planned: Sequence[Planned], settings: Settings, today: date
) -> pd.DataFrame | None:
    """Return `Futures.band` of what `forecast` draws, None where there is no forecast."""
    left = sum(item.done_on is None for item in items)
    if left == 0 or _idle_weeks(items, settings, today) >= IDLE_WEEKS:
        return None
    own = record(items, settings, today)
    days = settings.calendar()
    counts = _judged_by(own, planned, settings)
    first = _first_day(own, settings)
    futures = _drawn(tuple(counts.tolist()), left, first, days.per_week, DRAWS)
    return futures.band(len(items) - left, len(items), days)


def record(items: Sequence[PlanItem], settings: Settings, today: date) -> Record:
    """Return what was finished on each of the last study days.

    It begins with the plan, or with the first question finished where that was earlier (or the
    plan has no start), and is `forecast_weeks` long at most. Today counts once something was
    finished on it; what was finished on a rest day counts for the study day before.
    """
    finished = Counter(item.done_on for item in items if item.done_on and item.done_on <= today)
    days = settings.calendar()
    until = today + timedelta(days=1) if today in finished else today
    begins = min([*finished, settings.start_on or until], default=until)
    length = max(days.count(begins, until), 0)
    if not finished or length == 0:
        return Record(np.zeros(length, dtype=int), until)
    places = days.positions([day + timedelta(days=1) for day in finished], begins) - 1
    counts = np.zeros(length, dtype=int)
    np.add.at(counts, np.maximum(places, 0), list(finished.values()))
    counts = counts[-settings.forecast_weeks * days.per_week :]
    if not counts.any():  # the plan was begun anew after a long time without any
        counts = counts[len(counts) - max(days.count(settings.start_on or until, until), 0) :]
    return Record(counts, until)


@lru_cache(maxsize=FUTURES_KEPT)
def _drawn(counts: tuple[int, ...], left: int, first: date, per_week: int, draws: int) -> Futures:
    return draw(np.array(counts, dtype=int), left, first, per_week, draws)


def _judged_by(own: Record, planned: Sequence[Planned], settings: Settings) -> np.ndarray:
    """Return the record, filled up with days at the planned pace where it is too short to trust.

    Planned days have a Poisson distribution around that pace, their mean as near to it as can
    be: a plan is never kept to the letter.
    """
    if len(own.counts) >= TRUSTED_DAYS:
        return own.counts
    days = settings.calendar()
    missing = settings.forecast_weeks * days.per_week - len(own.counts)
    span = days.count(planned[0].date, planned[-1].date) + 1 if planned else 1
    generator = np.random.default_rng(SEED)
    many = generator.poisson(len(planned) / max(span, 1), 100 * missing)
    filled = np.sort(many)[50::100]  # evenly spread over the distribution
    generator.shuffle(filled)
    return np.concatenate([filled, own.counts])


def _against_target(free: Forecast, futures: Futures, finish: np.ndarray, ahead: int) -> Forecast:
    """Return a forecast with what the target day adds, `ahead` study days from the first."""
    left = free.remaining
    if ahead == 0:
        return replace(free, probability=0.0, to_cut=left)
    sure = int(np.quantile(futures.done_after(ahead), 1 - CONFIDENT, method="lower"))
    return replace(
        free,
        probability=float(np.mean(finish < ahead)),
        pace_needed=free.pace * left / sure if sure else left / ahead,
        to_cut=max(left - sure, 0),
    )


def _idle_weeks(items: Sequence[PlanItem], settings: Settings, today: date) -> int:
    """Return for how many weeks of study days nothing was finished; 0 before the plan starts."""
    finished = (item.done_on for item in items if item.done_on and item.done_on <= today)
    since = max(chain([settings.start_on or today], finished))
    days = settings.calendar()
    return max(days.count(since + timedelta(days=1), today), 0) // days.per_week


def _first_day(own: Record, settings: Settings) -> date:
    """Return the first study day of the future."""
    return settings.calendar().on_or_after(max(own.until, settings.start_on or own.until))


def _study_days_to(target: date | None, days: StudyDays, first: date) -> int | None:
    """Return the study days from `first` to the target, both included; None if that is past."""
    if target is None or target < first:
        return None
    return days.count(first, target + timedelta(days=1))


def _day_at(finish: np.ndarray, share: float, days: StudyDays, first: date) -> date | None:
    place = np.quantile(finish, share, method="inverted_cdf")
    return None if np.isinf(place) else days.at(np.array([int(place)]), first)[0]
