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
from math import ceil

import numpy as np
import pandas as pd

from prep.planning.plan_items import PlanItem
from prep.planning.schedule import Planned
from prep.progress.settings import Settings
from prep.progress.study_days import StudyDays

DRAWS = 5000
FUTURES_KEPT = 4  # drawn for the last records: a few megabytes each
FEWEST_DRAWS, BLOCKS_OF_ALL_DRAWS = 1000, 100  # far ahead, fewer draws tell as much
SEED = 291
TRUSTED_DAYS = 10  # study days of record; with fewer the plan is leant on
IDLE_WEEKS = 2  # after so many without anything finished, nothing is foretold
WEEKS_FOR_BLOCKS = 4  # with less record a week's shape cannot be told: days are drawn singly
LONGEST_BLOCKS = 800  # how far the future is drawn
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
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


class Futures:
    """Drawn futures: what is finished on each study day from `first` on, in every draw."""

    def __init__(
        self, blocks: np.ndarray, resampled: np.ndarray, chosen: np.ndarray, first: date
    ) -> None:
        """`blocks` (blocks × days of a block) hold counts.

        `resampled` (draws × record) holds places of blocks, `chosen` (draws × future) places in
        that row of `resampled`: which block comes when.
        """
        self.first = first
        self._length = blocks.shape[1]
        self._resampled = resampled
        self._chosen = chosen
        self._within = blocks.cumsum(axis=1)
        row_starts = np.arange(len(resampled), dtype=np.int32)[:, None] * resampled.shape[1]
        sums = self._within[:, -1].astype(np.int16)[resampled]
        self._done = sums.ravel().take(chosen + row_starts).cumsum(axis=1, dtype=np.int32)

    def places_of(self, count: int) -> np.ndarray:
        """Return for each draw the place (0, 1, …) of the day that finishes `count`; inf: none."""
        block = np.count_nonzero(self._done < count, axis=1)
        last = self._done.shape[1] - 1
        inside = np.minimum(block, last)
        before = np.where(inside > 0, self._done[self._every, inside - 1], 0)
        day = (self._within_of(inside) < (count - before)[:, None]).sum(axis=1)
        return np.where(block > last, np.inf, inside * self._length + day)

    def done_after(self, days: int) -> np.ndarray:
        """Return for each draw how many are finished on the first `days` study days."""
        full, rest = divmod(min(days, self._done.shape[1] * self._length), self._length)
        done = self._done[:, full - 1] if full else np.zeros(len(self._done), dtype=int)
        return done + self._within_of(full)[:, rest - 1] if rest else done

    @property
    def _every(self) -> np.ndarray:
        return np.arange(len(self._done))

    def _within_of(self, place: np.ndarray | int) -> np.ndarray:
        """Return for each draw the running counts (draws × days) inside the block at a place."""
        found: np.ndarray = self._within[
            self._resampled[self._every, self._chosen[self._every, place]]
        ]
        return found

    def band(self, base: int, scope: int, days: StudyDays) -> pd.DataFrame:
        """Return `day`, `low`, `middle`, `high`: done in all by that day in 10, 50, 90 % of draws.

        It starts from `base` done and ends where nine tenths have reached `scope`.
        """
        low, middle, high = np.quantile(self._done, (LOW, MIDDLE, HIGH), axis=0, method="lower")
        needed = scope - base
        length = min(int((low < needed).sum()) + 1, len(low))
        ends = (np.arange(length) + 1) * self._length - 1
        values = np.minimum(np.stack([low, middle, high])[:, :length] + base, scope)
        frame = pd.DataFrame(values.T, columns=["low", "middle", "high"])
        frame.insert(0, "day", pd.to_datetime(days.at(ends, self.first)))
        today = pd.DataFrame(
            {"day": [pd.Timestamp(self.first)], "low": base, "middle": base, "high": base}
        )
        return pd.concat([today, frame], ignore_index=True)


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


def draw(counts: np.ndarray, left: int, first: date, per_week: int, draws: int = DRAWS) -> Futures:
    """Return futures drawn from a record, long enough to finish `left` in nearly all of them.

    `per_week` are the study days of a week.
    """
    generator = np.random.default_rng(SEED)
    week = per_week if len(counts) >= WEEKS_FOR_BLOCKS * per_week else 1
    calm = _without_stops(counts, per_week)
    versions = [_blocks(counts, week), _blocks(calm if len(calm) >= 2 * week else counts, week)]
    slowest = max(min(blocks.sum(axis=1).mean() for blocks in versions), 0.01)
    length = min(ceil(5 * left / slowest) + 10, LONGEST_BLOCKS)
    draws = min(draws, max(draws * BLOCKS_OF_ALL_DRAWS // length, FEWEST_DRAWS))
    resampled = np.zeros((draws, max(_resample_size(blocks) for blocks in versions)), np.int16)
    chosen = np.empty((draws, length), np.int16)
    halves = [slice(0, draws // 2), slice(draws // 2, draws)]
    for half, blocks, offset in zip(halves, versions, (0, len(versions[0])), strict=True):
        rows, size = half.stop - half.start, _resample_size(blocks)
        resampled[half, :size] = generator.integers(len(blocks), size=(rows, size)) + offset
        chosen[half] = generator.integers(size, size=(rows, length), dtype=np.int16)
    return Futures(np.concatenate(versions), resampled, chosen, first)


def _resample_size(blocks: np.ndarray) -> int:
    return max(len(blocks) - 2, 1)


def _blocks(counts: np.ndarray, length: int) -> np.ndarray:
    """Return the record cut into blocks, the last of them ending with it."""
    whole = len(counts) // length
    return counts[len(counts) - whole * length :].reshape(whole, length)


def _without_stops(counts: np.ndarray, week: int) -> np.ndarray:
    """Return the record without the whole weeks of each stop of two weeks or more."""
    busy = np.flatnonzero(counts)
    ends = np.append(busy, len(counts))
    starts = np.insert(busy + 1, 0, 0)
    keep = np.ones(len(counts), dtype=bool)
    for start, end in zip(starts, ends, strict=True):
        weeks = (end - start) // week
        if weeks >= IDLE_WEEKS:
            keep[start : start + weeks * week] = False
    return counts[keep] if keep.any() and len(busy) else counts


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
