"""When a question comes again: FSRS's schedule, by its own library.

What is kept is its card, as its `to_dict` writes it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from fsrs import Card, Rating, ReviewLog, Scheduler
from fsrs.scheduler import FUZZ_RANGES

from prep.clock import Clock
from prep.progress.settings import Settings

RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}
AGAIN = 1
LAST_WEEKS = timedelta(weeks=2)  # before the interview, in which everything is seen once more
CARDS_KEPT = 2**15
_SHORTER_THAN_A_DAY = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Steps:
    """When a question comes again before its first interval of days: FSRS's steps of minutes."""

    learning: tuple[timedelta, ...] = ()
    relearning: tuple[timedelta, ...] = ()


NO_STEPS = Steps()  # a question takes forty minutes: the first interval is a day at least
FSRS_STEPS = Steps((timedelta(minutes=1), timedelta(minutes=10)), (timedelta(minutes=10),))


@lru_cache(maxsize=CARDS_KEPT)
def card_of(stored: str) -> Card:
    """Return the card that is kept as text; FSRS copies a card before it changes it."""
    return Card.from_dict(json.loads(stored))


def new_card(question_id: str, now: datetime) -> Card:
    """Return the card of a question before its first review."""
    return Card(card_id=zlib.crc32(question_id.encode()), due=now)


def scheduler(chosen: Settings, steps: Steps = NO_STEPS) -> Scheduler:
    """Return FSRS with the person's desired retention.

    Its random fuzz is off: `least_busy_interval` chooses within the same range instead. A card
    that stands at a step which is not among `steps` goes on without it.
    """
    return Scheduler(
        desired_retention=chosen.desired_retention,
        learning_steps=steps.learning,
        relearning_steps=steps.relearning,
        enable_fuzzing=False,
    )


def due_day(due: datetime, clock: Clock) -> date:
    """Return the day on which a question rated now, or a moment ago, is due.

    FSRS's intervals are whole days, or minutes where it has steps. Days are counted on the
    calendar, since one on which the clocks change has 23 or 25 hours.
    """
    interval = due - clock.now()
    if interval < _SHORTER_THAN_A_DAY:
        return clock.day_of(due)
    return clock.today() + timedelta(days=round(interval / timedelta(days=1)))


def answered(
    card: Card,
    rating: int,
    busy: Mapping[date, int],
    clock: Clock,
    chosen: Settings,
    seconds: int | None = None,
    steps: Steps = NO_STEPS,
) -> tuple[Card, ReviewLog]:
    """Return the card as a rating makes it, and the log of the review; `busy` as in `due_dates`."""
    now = clock.now()
    milliseconds = None if seconds is None else 1000 * seconds
    new, log = scheduler(chosen, steps).review_card(card, Rating(rating), now, milliseconds)
    new.due = now + least_busy_interval(new.due - now, clock.day_of(now), busy)
    return new, log


def due_dates(
    card: Card, busy: Mapping[date, int], clock: Clock, chosen: Settings
) -> dict[int, datetime]:
    """Return for each rating when a card would be due, where so many others are on each day."""
    return {rating: answered(card, rating, busy, clock, chosen)[0].due for rating in RATINGS}


def waits_for_interview(due_on: date, seen_on: date | None, chosen: Settings) -> bool:
    """Whether a question comes again in the two weeks before the interview, not when it is due."""
    target = chosen.target_on
    if target is None or due_on < target:
        return False
    return seen_on is None or seen_on < target - LAST_WEEKS


def least_busy_interval(interval: timedelta, today: date, due_on: Mapping[date, int]) -> timedelta:
    """Return the interval moved to the least busy day of FSRS's own fuzz range.

    Of days as busy as each other, the one nearest to the interval itself.
    """
    if interval.days < 2.5:
        return interval
    lowest, highest = fuzz_range(interval.days)

    def busy(days: int) -> tuple[int, int]:
        return due_on.get(today + timedelta(days=days), 0), abs(days - interval.days)

    return timedelta(days=min(range(lowest, highest + 1), key=busy))


def fuzz_range(days: int) -> tuple[int, int]:
    """Return the least and the most days that FSRS's fuzz makes of an interval.

    The formula is that of `Scheduler._get_fuzzed_interval` in py-fsrs 6.
    """
    delta = 1.0 + sum(
        part["factor"] * max(min(float(days), part["end"]) - part["start"], 0.0)
        for part in FUZZ_RANGES
    )
    return max(2, round(days - delta)), round(days + delta)
