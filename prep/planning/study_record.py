"""What the person finished on each study day, and whether they have paused since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from prep.planning.plan_items import PlanItem
from prep.progress.settings import Settings
from prep.progress.study_days import StudyDays

PAUSE_WEEKS = 2  # without anything finished, from which on it is a pause
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StudyRecord:
    """The questions finished on each study day, up to a pause where there is one.

    `counts` holds all study days before today, the oldest first, `recent` its last
    `forecast_weeks`. `done_today` are finished today, `done_on_it` of them on `ahead_from`, the
    first study day that is not over: all, or none on a rest day. `paused_days` is how many study
    days passed since the last of `counts`, 0 where they are too few for a pause.
    """

    counts: np.ndarray
    recent: np.ndarray
    ahead_from: date
    done_today: int = 0
    done_on_it: int = 0
    paused_days: int = 0


def record(items: Sequence[PlanItem], settings: Settings, today: date) -> StudyRecord:
    """Return what was finished before `today`, which is not over yet.

    It begins with the plan, or with the first question finished where that was earlier (or the
    plan has no start). What was finished on a rest day counts for the study day before. Where
    nothing was finished for as long as `recent` looks back, and the plan began after that, only
    what is since its beginning counts. One question finished today ends a pause.
    """
    by_day = Counter(item.done_on for item in items if item.done_on and item.done_on <= today)
    done_today = by_day.pop(today, 0)
    days = settings.calendar()
    start = settings.start_on or today
    last = max([start, *by_day])
    idle = 0 if done_today else max(days.count(last + _DAY, today), 0)
    paused_days = idle if idle >= PAUSE_WEEKS * days.per_week else 0
    until = last + (_DAY if last in by_day else timedelta()) if paused_days else today
    counts = _counts(by_day, days, min([*by_day, start]), until)
    length = settings.forecast_weeks * days.per_week
    if not counts[-length:].any():
        counts = counts[len(counts) - max(days.count(start, until), 0) :]
    ahead_from = days.on_or_after(max(today, start))
    done_on_it = done_today if ahead_from == today else 0
    return StudyRecord(counts, counts[-length:], ahead_from, done_today, done_on_it, paused_days)


def _counts(finished: Counter[date], days: StudyDays, begins: date, until: date) -> np.ndarray:
    """Return how many were finished on each study day in [begins, until)."""
    counts = np.zeros(max(days.count(begins, until), 0), dtype=int)
    if finished and len(counts):
        places = days.positions([day + _DAY for day in finished], begins) - 1
        np.add.at(counts, np.maximum(places, 0), list(finished.values()))
    return counts
