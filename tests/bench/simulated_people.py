"""How often the forecast's range holds for people whose pace is known, because it is drawn.

Each is asked about after a record of some weeks with LEFT questions left, and then lives on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from prep.planning.forecast import forecast
from prep.progress.settings import Settings
from prep.progress.study_days import WEEKDAYS
from tests.bench.questions import START, item

RUNS = 200
LEFT = 200
LIFE = 3000  # study days simulated

Random = np.random.Generator


@dataclass(frozen=True)
class Person:
    """Someone whose pace is known: questions finished on each study day of a life."""

    name: str
    live: Callable[[Random], np.ndarray]
    settings: Settings


def steady(random: Random) -> np.ndarray:
    return random.poisson(1.5, LIFE)


def on_weekends_only(random: Random) -> np.ndarray:
    counts = random.poisson(3, LIFE)
    counts[np.arange(LIFE) % 7 < 5] = 0
    return counts


def in_bursts(random: Random) -> np.ndarray:
    weeks = random.random(LIFE // 5) < 0.5
    return random.poisson(np.repeat(np.where(weeks, 3, 0.3), 5))


def stopping_now_and_then(random: Random) -> np.ndarray:
    counts = random.poisson(2, LIFE)
    for stop in range(random.integers(50), LIFE, 50):
        counts[stop : stop + 10] = 0
    return counts


def stopping_once(random: Random) -> np.ndarray:
    counts = random.poisson(2, LIFE)
    stop = random.integers(5, 25)
    counts[stop : stop + 10] = 0
    return counts


WEEKDAYS_ONLY = Settings(start_on=START)
EVERY_DAY = Settings(start_on=START, study_days=WEEKDAYS)
PEOPLE = (
    Person("steady, about 1.5 a day", steady, WEEKDAYS_ONLY),
    Person("weekends only, about 6 a weekend", on_weekends_only, EVERY_DAY),
    Person("in bursts: busy weeks and idle ones", in_bursts, WEEKDAYS_ONLY),
    Person("stops for two weeks in every ten", stopping_now_and_then, WEEKDAYS_ONLY),
    Person("stopped once for two weeks", stopping_once, WEEKDAYS_ONLY),
)


def held(person: Person, weeks: int, runs: int = RUNS) -> tuple[float, int]:
    """Return the share of runs whose range held the true finish, and how many had a forecast."""
    hits = asked = 0
    for run in range(runs):
        found = _one_run(person, weeks, np.random.default_rng(run))
        if found is not None:
            asked += 1
            hits += found
    return hits / asked, asked


def _one_run(person: Person, weeks: int, random: Random) -> bool | None:
    days = person.settings.calendar()
    life = person.live(random)
    known = weeks * days.per_week
    calendar = days.first(LIFE, START)
    done = np.repeat(np.arange(known), life[:known])
    items = [item(n, calendar[place]) for n, place in enumerate(done)]
    items += [item(len(done) + n, None) for n in range(LEFT)]
    found = forecast(items, [], person.settings, calendar[known])
    if found.p10 is None and found.p90 is None:
        return None
    finish = calendar[known + int(np.argmax(life[known:].cumsum() >= LEFT))]
    return (found.p10 or date.max) <= finish <= (found.p90 or date.max)
