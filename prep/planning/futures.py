"""Futures drawn from a record of study days, by a bootstrap of its weeks."""

from __future__ import annotations

from datetime import date
from math import ceil

import numpy as np
import pandas as pd

from prep.progress.study_days import StudyDays

DRAWS = 5000
FEWEST_DRAWS, BLOCKS_OF_ALL_DRAWS = 1000, 100  # far ahead, fewer draws tell as much
SEED = 291
IDLE_WEEKS = 2  # after so many without anything finished, nothing is foretold
WEEKS_FOR_BLOCKS = 4  # with less record a week's shape cannot be told: days are drawn singly
LONGEST_BLOCKS = 800  # how far the future is drawn
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9


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
        running: np.ndarray = self._within[
            self._resampled[self._every, self._chosen[self._every, place]]
        ]
        return running

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


def draw(counts: np.ndarray, left: int, first: date, per_week: int, draws: int = DRAWS) -> Futures:
    """Return futures drawn from a record, long enough to finish `left` in nearly all of them.

    `per_week` are the study days of a week. With five of them and the counts of four weeks,
    `counts` is cut into four blocks, w1 to w4. Each draw first takes two of these (two fewer than
    there are) at random, as w3 w1: its own record. Then it chains weeks out of that, as w1 w1 w3 …,
    until `left` are nearly sure to be finished.
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
