"""What was done on which day, and for how many study days in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from sqlite_utils import Database

from prep.study_days import StudyDays, monday_of

WEEKS_SHOWN = 53

# Each table and column that holds the day of a step.
_DAYS = [
    *((table, day) for table in ("progress", "pass_progress")
      for day in ("started_on", "drafted_on", "done_on")),
    ("reading", "read_on"),
]  # fmt: skip


@dataclass(frozen=True)
class Streak:
    """Study days in a row with something done: the present run, and the longest ever."""

    days: int
    best: int


def by_day(db: Database) -> dict[date, int]:
    """Return for each day how many questions were started, drafted or done, and articles read.

    Passes that ended count with what was done in them.
    """
    counted = " UNION ALL ".join(
        f"SELECT {day} AS day, count(*) AS steps FROM {table} WHERE {day} IS NOT NULL GROUP BY 1"
        for table, day in _DAYS
    )
    rows = db.execute(f"SELECT day, sum(steps) FROM ({counted}) GROUP BY day")
    return {date.fromisoformat(day): count for day, count in rows}


def streak(active: dict[date, int], days: StudyDays, today: date) -> Streak:
    """Return the streak: a study day without anything ends it, but today is not over yet.

    Rest days and days off neither end a streak nor lengthen it.
    """
    if not active:
        return Streak(0, 0)
    first = min(active)
    run = best = 0
    for day in days.first(max(days.count(first, today + timedelta(days=1)), 0), first):
        if day in active:
            run += 1
        elif day != today:
            run = 0
        best = max(best, run)
    return Streak(run, best)


def last_year(active: dict[date, int], today: date) -> pd.DataFrame:
    """Return a row for each day of the last 53 weeks: `day`, `week` (its Monday), `count`."""
    first = monday_of(today) - timedelta(weeks=WEEKS_SHOWN - 1)
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    return pd.DataFrame(
        {
            "day": pd.to_datetime(days),
            "week": pd.to_datetime([monday_of(day) for day in days]),
            "count": [active.get(day, 0) for day in days],
        }
    )
