"""When the person will be done, judged by their own record.

The record is how many questions were finished on each study day (`study_record`); the futures
that follow from it are drawn by `futures`. `python -m tests.bench.forecast` shows how often the
range holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import ceil, floor

import numpy as np
import pandas as pd

from prep.planning.futures import DRAWS, DRIFT, HIGH, LOW, MIDDLE, SEED, Drift, Futures, draw
from prep.planning.plan_items import PlanItem
from prep.planning.planned import Planned
from prep.planning.study_record import StudyRecord, record
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
    many study days were judged by.

    Where `paused_weeks` is above 0, nothing was finished for so many weeks. Half of the draws then
    start again today, half pause on; `if_today` is the median of the former, for which
    `pace_needed` and `to_cut` hold as well.
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
    paused_weeks: int = 0
    if_today: date | None = None


def forecast(
    items: Sequence[PlanItem],
    planned: Sequence[Planned],
    settings: Settings,
    today: date,
    *,
    draws: int = DRAWS,
    drift: Drift = DRIFT,
) -> Forecast:
    """Return when `items`, of one sheet or of the whole plan, will be done.

    `planned` is the plan of what is left of them, leant on while the record is short. The draws
    are seeded: the same input gives the same forecast.
    """
    own = record(items, settings, today)
    left = sum(item.done_on is None for item in items)
    days = settings.calendar()
    ahead = _study_days_to(settings.target_on, days, own.ahead_from)
    known = Forecast(left, record_days=len(own.counts))
    if left == 0:
        return replace(known, probability=None if ahead is None else 1.0)
    judged = judged_by(own, planned, settings)
    futures = drawn(judged, left, days.per_week, draws=draws, drift=_seen(drift, own))
    finish = futures.places_of(left)
    p10, median, p90 = (day_at(finish, share, days, futures.first) for share in (LOW, MIDDLE, HIGH))
    free = replace(
        known,
        p10=p10,
        median=median,
        p90=p90,
        pace=float(judged.recent.mean()),
        leans_on_plan=leans_on_plan(own),
    )
    if own.paused_days:
        if_today = day_at(finish[futures.starts_at_once], MIDDLE, days, futures.first)
        weeks = own.paused_days // days.per_week
        free = replace(free, paused_weeks=weeks, if_today=if_today)
    return free if ahead is None else _against_target(free, futures, finish, ahead)


def band(
    items: Sequence[PlanItem], planned: Sequence[Planned], settings: Settings, today: date
) -> pd.DataFrame | None:
    """Return `Futures.band` of what `forecast` draws, None where nothing is left."""
    left = sum(item.done_on is None for item in items)
    if left == 0:
        return None
    own = record(items, settings, today)
    judged = judged_by(own, planned, settings)
    days = settings.calendar()
    futures = drawn(judged, left, days.per_week, drift=_seen(DRIFT, own))
    return futures.band(len(items) - left, len(items), days)


def _seen(drift: Drift, own: StudyRecord) -> Drift:
    """Return the drift to draw with: of a plan that is leant on, unevenness says nothing."""
    return replace(drift, slope=0) if leans_on_plan(own) else drift


def drawn(
    judged: StudyRecord, left: int, per_week: int, *, draws: int = DRAWS, drift: Drift = DRIFT
) -> Futures:
    """Return the futures of a record; those asked for last are kept."""
    recent, whole = (tuple(counts.tolist()) for counts in (judged.recent, judged.counts))
    now = (judged.ahead_from, judged.done_on_it, judged.paused_days)
    return _drawn(recent, whole, left + judged.done_today, now, per_week, draws, drift)


@lru_cache(maxsize=FUTURES_KEPT)
def _drawn(
    recent: tuple[int, ...],
    whole: tuple[int, ...],
    left: int,
    now: tuple[date, int, int],
    per_week: int,
    draws: int,
    drift: Drift,
) -> Futures:
    counts = (np.array(recent, dtype=int), np.array(whole, dtype=int))
    first, done_on_it, paused_days = now
    return draw(
        *counts,
        left,
        first,
        per_week,
        done_on_it=done_on_it,
        paused_days=paused_days,
        draws=draws,
        drift=drift,
    )


def leans_on_plan(own: StudyRecord) -> bool:
    """Whether a record is too short to judge by alone."""
    return len(own.counts) < TRUSTED_DAYS


def judged_by(own: StudyRecord, planned: Sequence[Planned], settings: Settings) -> StudyRecord:
    """Return the record, filled up with days at the planned pace where it is too short to trust.

    Planned days have a Poisson distribution around that pace, their mean as near to it as can
    be: a plan is never kept to the letter.
    """
    if not leans_on_plan(own):
        return own
    days = settings.calendar()
    missing = settings.forecast_weeks * days.per_week - len(own.counts)
    begins = own.ahead_from if own.done_today or not planned else planned[0].date
    span = days.count(begins, planned[-1].date) + 1 if planned else 1
    filled = _poisson((len(planned) + own.done_today) / max(span, 1), missing)
    np.random.default_rng(SEED).shuffle(filled)
    counts = np.concatenate([filled, own.counts])
    return replace(own, counts=counts, recent=counts)


def _poisson(mean: float, count: int) -> np.ndarray:
    """Return so many values, evenly spread over the Poisson distribution of a mean, in order."""
    values = np.arange(ceil(4 * mean) + 30)
    logarithms = np.log(np.maximum(values, 1)).cumsum()  # of the factorials
    shares = np.exp(values * np.log(max(mean, 1e-9)) - mean - logarithms).cumsum()
    return np.searchsorted(shares, (np.arange(count) + 0.5) / count)


def _against_target(free: Forecast, futures: Futures, finish: np.ndarray, ahead: int) -> Forecast:
    """Return a forecast with what the target day adds, `ahead` study days from the first."""
    left = free.remaining
    if ahead == 0:
        return replace(free, probability=0.0, to_cut=left)
    done = futures.done_after(ahead)[futures.starts_at_once]
    sure = floor(np.quantile(done, 1 - CONFIDENT, method="lower"))
    return replace(
        free,
        probability=float(np.mean(finish < ahead)),
        pace_needed=free.pace * left / sure if sure else left / ahead,
        to_cut=max(left - sure, 0),
    )


def _study_days_to(target: date | None, days: StudyDays, first: date) -> int | None:
    """Return the study days from `first` to the target, both included; None if that is past."""
    if target is None or target < first:
        return None
    return days.count(first, target + timedelta(days=1))


def day_at(finish: np.ndarray, share: float, days: StudyDays, first: date) -> date | None:
    """Return the day by which a share of the draws is done; None where that is never drawn.

    `finish` holds places of study days counted from `first`.
    """
    place = np.quantile(finish, share, method="inverted_cdf")
    return None if np.isinf(place) else days.at(np.array([int(place)]), first)[0]
