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

    `counts` holds all study days, the oldest first, `recent` its last `forecast_weeks`.
    `ahead_from` is the first study day that is still to come, `paused_days` how many study days
    passed since the last of `counts`, 0 where they are too few for a pause.
    """

    counts: np.ndarray
    recent: np.ndarray
    ahead_from: date
    paused_days: int = 0


def record(items: Sequence[PlanItem], settings: Settings, today: date) -> StudyRecord:
    """Return what was finished by `today`.

    It begins with the plan, or with the first question finished where that was earlier (or the
    plan has no start). Today counts once something was finished on it; what was finished on a
    rest day counts for the study day before. Where nothing was finished for as long as `recent`
    looks back, and the plan began after that, only what is since its beginning counts.
    """
    finished = Counter(item.done_on for item in items if item.done_on and item.done_on <= today)
    days = settings.calendar()
    now = today + _DAY if today in finished else today
    start = settings.start_on or now
    last = max([settings.start_on or today, *finished])
    idle = max(days.count(last + _DAY, today), 0)
    paused_days = idle if idle >= PAUSE_WEEKS * days.per_week else 0
    until = last + (_DAY if last in finished else timedelta()) if paused_days else now
    counts = _counts(finished, days, min([*finished, start]), until)
    length = settings.forecast_weeks * days.per_week
    if not counts[-length:].any():
        counts = counts[len(counts) - max(days.count(start, until), 0) :]
    return StudyRecord(counts, counts[-length:], days.on_or_after(max(now, start)), paused_days)


def _counts(finished: Counter[date], days: StudyDays, begins: date, until: date) -> np.ndarray:
    """Return how many were finished on each study day in [begins, until)."""
    counts = np.zeros(max(days.count(begins, until), 0), dtype=int)
    if finished and len(counts):
        places = days.positions([day + _DAY for day in finished], begins) - 1
        np.add.at(counts, np.maximum(places, 0), list(finished.values()))
    return counts
