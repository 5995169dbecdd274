"""How often the forecast's 80 % range holds the day on which people really finish.

    python -m tests.bench.forecast

prints the tables of docs/plan.md: simulated people whose pace is known, each asked about
after a record of some weeks with 200 questions left.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from prep.content.models import BEHAVIORAL
from prep.planning.forecast import forecast
from prep.planning.plan_items import PlanItem
from prep.progress.settings import Settings
from prep.progress.study_days import WEEKDAYS

RUNS = 200
LEFT = 200
LIFE = 3000  # study days simulated
START = date(2026, 1, 5)  # a Monday
HOLDS = (0.70, 0.90)  # of the runs with a record of eight weeks

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
    if found.idle_weeks:
        return None
    finish = calendar[known + int(np.argmax(life[known:].cumsum() >= LEFT))]
    return (found.p10 or date.max) <= finish <= (found.p90 or date.max)


def item(n: int, done_on: date | None) -> PlanItem:
    status = "done" if done_on else "todo"
    return PlanItem(
        id=f"Q-{n}",
        sheet=BEHAVIORAL,
        title="",
        phase_position=1,
        phase="",
        first_week=1,
        last_week=1,
        category_position=1,
        position=n,
        level="EM",
        difficulty="High",
        status=status,
        done_on=done_on,
        moved_to=None,
        skipped=False,
        minutes=60,
        whole_minutes=60,
    )


def main() -> int:
    """Print how often the range held, by person and length of the record.

    Return 1 where that is too seldom or too often after eight weeks, else 0.
    """
    lengths = (4, 6, 8, 12)
    is_right = True
    print("| person | " + " | ".join(f"{weeks} weeks" for weeks in lengths) + " |")
    print("| --- |" + " --- |" * len(lengths))
    for person in PEOPLE:
        found = [held(person, weeks) for weeks in lengths]
        cells = [f"{share:.0%}" + (f" of {n}" if n < RUNS else "") for share, n in found]
        print(f"| {person.name} | " + " | ".join(cells) + " |")
        share, asked = found[lengths.index(8)]
        is_right = is_right and HOLDS[0] <= share <= HOLDS[1] and asked >= 0.9 * RUNS
    print(f"\n{RUNS} runs each; the column of 8 weeks {'holds' if is_right else '**does not**'}")
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
