"""What was done on which day, and for how many study days in a row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

import pandas as pd
from sqlite_utils import Database

from prep.clock import Clock
from prep.progress.study_days import StudyDays, monday_of
from prep.store import cache, undo_redo

WEEKS_SHOWN = 53
SECONDS_OF_A_STEP = 60  # spent on a question: who only looked at it has done nothing

# What holds the day of a step, as SQL: a row for each.
_DAYS = [
    *(
        f"SELECT {day} AS day FROM {table} WHERE {day} IS NOT NULL"
        for table in ("progress", "pass_progress")
        for day in ("started_on", "drafted_on", "done_on")
    ),
    "SELECT read_on AS day FROM reading WHERE read_on IS NOT NULL",
    "SELECT done_on AS day FROM attempt_question WHERE NOT removed",
    # Reviews and mock interviews count by themselves, not by the time they took.
    "SELECT DISTINCT day, question_id, kind = 'answering' FROM time_spent"
    f" WHERE kind IN ('reading', 'answering', 'manual') AND seconds >= {SECONDS_OF_A_STEP}",
]
_REVIEWS = "SELECT at FROM review WHERE NOT removed"
_SAVES = (
    "SELECT DISTINCT c.id, c.at FROM history h JOIN change c ON c.id = h.change_id"
    " WHERE h.subject IN ('answer', 'story', 'link') AND c.undoes IS NULL AND c.redoes IS NULL"
)

Activity = dict[date, int]  # how many steps a day has


@dataclass(frozen=True)
class Streak:
    """Study days in a row with something done: the present run, and the longest ever."""

    days: int
    best: int


def by_day(db: Database, clock: Clock) -> Activity:
    """Return for each day how many steps were taken on it, of every kind of work.

    Questions started, drafted or done, those of passes that ended included; answers and stories
    saved; reviews; questions of mock interviews; articles read; questions on which a minute or more
    was spent reading or writing, or entered.
    """
    rows = db.execute(
        "SELECT day, count(*) FROM ("
        + " UNION ALL ".join(f"SELECT day FROM ({sql})" for sql in _DAYS)
        + ") GROUP BY day"
    )
    steps = Counter({date.fromisoformat(day): count for day, count in rows})
    steps.update(_by_day_of_instants(db, clock.zone, clock.day_start))
    return dict(steps)


@cache.kept
def _by_day_of_instants(db: Database, zone: tzinfo | None, day_start: time) -> Counter[date]:
    """Return how many reviews and saves there were on each day of a time zone and day start."""
    clock = Clock(zone, day_start=day_start)
    undone = undo_redo.undone(db)
    saved = [at for change_id, at in db.execute(_SAVES) if change_id not in undone]
    reviewed = [at for (at,) in db.execute(_REVIEWS)]
    return Counter(clock.day_of(datetime.fromisoformat(at)) for at in [*saved, *reviewed])


def streak(active: Activity, days: StudyDays, today: date) -> Streak:
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


def last_year(active: Activity, today: date) -> pd.DataFrame:
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
