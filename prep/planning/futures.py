"""Futures drawn from a record of study days: a bootstrap of its weeks, at a pace that drifts.

Half of the futures go on with the weeks of late, half with those of the whole record, since
nobody knows which of them the months to come will be like. Whole weeks are drawn, so that
weekends and bursts keep their shape (block bootstrap, Künsch 1989, "The Jackknife and the
Bootstrap for General Stationary Observations"). A stop of weeks in the record may come again or
not: the weeks of late are drawn without it, those of the whole record with it.

The bootstrap alone takes the pace for what it was, and that of real people drifts. Each future
therefore runs at the record's pace times a factor of its own, with a log-normal distribution
(`Drift`): a change of level that the record cannot show (Harvey 1989, "Forecasting, Structural Time
Series Models and the Kalman Filter"). It is drawn once a future and not added up from week
to week: on the records of tests/bench, where it was fitted, a random walk was too narrow for short
ways and too wide for long ones. How far the pace drifts is seen from the weeks themselves: those of
a steady person vary by chance alone (Poisson), those of real people by more.

In half of the futures a pause goes on. How long is then known only from how long it has been:
with a chance of 1 / (1 + x) it lasts x times as long again (Gott 1993, "Implications of the
Copernican principle for our future prospects").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np
import pandas as pd

from prep.planning.study_record import PAUSE_WEEKS
from prep.progress.study_days import StudyDays

DRAWS = 5000
FEWEST_DRAWS, BLOCKS_OF_ALL_DRAWS = 1000, 100  # far ahead, fewer draws tell as much
SEED = 291
WEEKS_FOR_BLOCKS = 4  # with less record a week's shape cannot be told: days are drawn singly
UNEVEN_WEEKS = 16  # by which it is judged how far the pace drifts
LONGEST_BLOCKS = 800  # how far the future is drawn
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9


@dataclass(frozen=True)
class Drift:
    """How the pace to come differs from the pace of the record.

    The factor between them has a logarithm with a standard deviation of `slope` times the
    `unevenness` of the weeks, from `least` to `most`; with s for that, half of the futures are
    slower than exp(-`slowing` s²) times the record.
    """

    least: float = 0.1
    most: float = 0.65
    slope: float = 3.0
    slowing: float = 1.0

    def spread(self, weeks: np.ndarray) -> float:
        """Return that standard deviation for counts of weeks."""
        return min(max(self.slope * unevenness(weeks), self.least), self.most)


DRIFT = Drift()  # `python -m tests.bench.forecast` chooses `most` and `slowing` anew


def unevenness(weeks: np.ndarray) -> float:
    """Return by how much weeks differ beyond chance, as a share of their mean; 0 of one week.

    Counts that come by chance at a steady pace have a variance as large as their mean (Poisson).
    What is above is taken for change of the pace: its standard deviation over the mean.
    """
    if len(weeks) < 2 or not weeks.any():
        return 0.0
    mean = weeks.mean()
    return float(np.sqrt(max(weeks.var(ddof=1) - mean, 0.0)) / mean)


class Futures:
    """Drawn futures: what is finished on each study day from `first` on, in every draw."""

    def __init__(
        self,
        blocks: np.ndarray,
        chosen: np.ndarray,
        factors: np.ndarray,
        starts_at_once: np.ndarray,
        first: date,
        done_on_it: int = 0,
    ) -> None:
        """`blocks` (blocks × days of a block) hold counts.

        `chosen` (draws × future) holds which block comes when, `factors` (draws) what all counts
        of a draw are multiplied by. `starts_at_once` (draws) is False for a draw that pauses on.
        `done_on_it` are finished on the first day already: what a draw has on it begins with these.
        """
        self.first = first
        self.starts_at_once = starts_at_once
        self._length = blocks.shape[1]
        self._chosen = chosen
        self._factors = factors
        self._within = blocks.cumsum(axis=1)
        self._done = (
            self._within[:, -1].astype(np.int32).take(chosen).cumsum(axis=1, dtype=np.int32)
        )
        self._already = np.minimum(self._within_of(0)[:, 0], done_on_it / factors)

    def places_of(self, count: int) -> np.ndarray:
        """Return for each draw the place (0, 1, …) of the day that finishes `count`; inf: none."""
        most = np.iinfo(np.int32).max
        unscaled = np.ceil((count / self._factors + self._already).round(9))
        needed = np.minimum(unscaled, most).astype(np.int32)
        block = np.count_nonzero(self._done < needed[:, None], axis=1)
        last = self._done.shape[1] - 1
        inside = np.minimum(block, last)
        before = np.where(inside > 0, self._done[self._every, inside - 1], 0)
        day = (self._within_of(inside) < (needed - before)[:, None]).sum(axis=1)
        return np.where(block > last, np.inf, inside * self._length + day)

    def done_after(self, days: int) -> np.ndarray:
        """Return for each draw how many are finished on the first `days` study days, as floats."""
        full, rest = divmod(min(days, self._done.shape[1] * self._length), self._length)
        done = self._done[:, full - 1] if full else np.zeros(len(self._done), dtype=int)
        if rest:
            done = done + self._within_of(full)[:, rest - 1]
        scaled: np.ndarray = np.maximum(done - self._already, 0) * self._factors
        return scaled

    @property
    def _every(self) -> np.ndarray:
        return np.arange(len(self._done))

    def _within_of(self, place: np.ndarray | int) -> np.ndarray:
        """Return for each draw the running counts (draws × days) inside the block at a place."""
        running: np.ndarray = self._within[self._chosen[self._every, place]]
        return running

    def band(self, base: int, scope: int, days: StudyDays) -> pd.DataFrame:
        """Return `day`, `low`, `middle`, `high`: done in all by that day in 10, 50, 90 % of draws.

        It starts from `base` done and ends where nine tenths have reached `scope`, or after twice
        the time in which half have.
        """
        more = self._done - self._already[:, None].astype(np.float32)
        scaled = more * self._factors[:, None].astype(np.float32)
        shares = np.quantile(scaled, (LOW, MIDDLE, HIGH), axis=0, method="lower")
        low, middle, _ = below = shares < scope - base
        length = min(int(low.sum()) + 1, 2 * (int(middle.sum()) + 1), below.shape[1])
        ends = (np.arange(length) + 1) * self._length - 1
        values = np.minimum(np.floor(shares[:, :length]).astype(int) + base, scope)
        frame = pd.DataFrame(values.T, columns=["low", "middle", "high"])
        frame.insert(0, "day", pd.to_datetime(days.at(ends, self.first)))
        today = pd.DataFrame(
            {"day": [pd.Timestamp(self.first)], "low": base, "middle": base, "high": base}
        )
        return pd.concat([today, frame], ignore_index=True)


def draw(
    recent: np.ndarray,
    whole: np.ndarray,
    left: int,
    first: date,
    per_week: int,
    *,
    done_on_it: int = 0,
    paused_days: int = 0,
    draws: int = DRAWS,
    drift: Drift = DRIFT,
) -> Futures:
    """Return futures drawn from a record, long enough to finish `left` in nearly all of them.

    `recent` and `whole` are counts of study days, of which a week has `per_week`. Cut into
    weeks w1, w2, …, each draw chains some of them at random, as w3 w1 w1 …. After a pause of
    `paused_days` study days every second draw waits before it starts. Of `left`, `done_on_it` are
    finished on the first day already, which is no more work for the draws that have as many on it.
    """
    generator = np.random.default_rng(SEED)
    week = per_week if len(recent) >= WEEKS_FOR_BLOCKS * per_week else 1
    calm = _without_stops(recent, per_week)
    pools = [_blocks(calm if len(calm) >= 2 * week else recent, week), _blocks(whole, week)]
    late = _without_stops(whole[-UNEVEN_WEEKS * per_week :], per_week)
    spread = drift.spread(_blocks(late, per_week).sum(axis=1))
    slowest = max(min(pool.sum(axis=1).mean() for pool in pools), 0.01)
    pause = paused_days / week
    slowed = max(np.exp(drift.slowing * spread**2 + 2.6 * spread), 5)  # all but a half percent
    length = min(ceil(slowed * left / slowest + 10 * pause) + 10, LONGEST_BLOCKS)
    far = (
        1 << (length // BLOCKS_OF_ALL_DRAWS).bit_length()
    )  # by halves, so that draws stay the same
    draws = min(draws, max(2 * draws // far, FEWEST_DRAWS)) if far > 1 else draws
    factors = np.exp(spread * generator.standard_normal(draws) - drift.slowing * spread**2)
    chosen = np.empty((draws, length), np.int16)
    halves = [slice(0, draws // 2), slice(draws // 2, draws)]
    for half, pool, offset in zip(halves, pools, (0, len(pools[0])), strict=True):
        shape = (length, half.stop - half.start)  # so, more blocks leave the first what they were
        of_half = np.random.default_rng([SEED, offset > 0])
        chosen[half] = of_half.integers(len(pool), size=shape, dtype=np.int16).T + offset
    nothing = np.zeros((1, week), dtype=int)
    blocks = np.concatenate([*pools, nothing])
    waits = _waits(pause, draws, generator)
    if pause:
        chosen[np.arange(length) < waits[:, None]] = len(blocks) - 1
    return Futures(blocks, chosen, factors, waits == 0, first, done_on_it)


def _waits(pause: float, draws: int, generator: np.random.Generator) -> np.ndarray:
    """Return how long each draw pauses on: every second not at all, the others as Gott says.

    All is in blocks, as `pause` is, the length of the pause until now.
    """
    waits: np.ndarray = pause * (1 / (1 - generator.random(draws)) - 1)
    waits[::2] = 0
    return waits


def _blocks(counts: np.ndarray, length: int) -> np.ndarray:
    """Return the record cut into blocks, the last of them ending with it."""
    whole = len(counts) // length
    return counts[len(counts) - whole * length :].reshape(whole, length)


def _without_stops(counts: np.ndarray, week: int) -> np.ndarray:
    """Return the record without the whole weeks of each stop of PAUSE_WEEKS or more."""
    busy = np.flatnonzero(counts)
    ends = np.append(busy, len(counts))
    starts = np.insert(busy + 1, 0, 0)
    keep = np.ones(len(counts), dtype=bool)
    for start, end in zip(starts, ends, strict=True):
        weeks = (end - start) // week
        if weeks >= PAUSE_WEEKS:
            keep[start : start + weeks * week] = False
    return counts[keep] if keep.any() and len(busy) else counts
