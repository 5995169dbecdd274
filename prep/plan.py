"""The suggested study sequence laid on a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd


@dataclass(frozen=True)
class PhaseState:
    """Where a phase stands on a day: `ahead`, `now`, `finished` or `behind`, and by how much."""

    word: str
    questions_behind: int


def phase_days(first_week: int, last_week: int, start: date) -> tuple[date, date]:
    """Return a phase's first and last day when week 1 begins on `start`."""
    return start + timedelta(weeks=first_week - 1), start + timedelta(weeks=last_week, days=-1)


def phase_state(first: date, last: date, done: int, total: int, today: date) -> PhaseState:
    """Return how a phase stands: what an even pace from `first` to `last` expects by `today`.

    `questions_behind` is how many fewer are done than were due by the end of yesterday.
    """
    days = (last - first).days + 1
    elapsed = min(max((today - first).days, 0), days)
    due = total * elapsed // days
    behind = max(due - done, 0)
    if done >= total:
        return PhaseState("finished", 0)
    if behind:
        return PhaseState("behind", behind)
    return PhaseState("ahead" if today < first else "now", 0)


def timeline(phases: pd.DataFrame, start: date, today: date) -> pd.DataFrame:
    """Lay phases on the calendar; those without weeks are left out.

    `phases` is what `coverage.phase_progress` returns. Adds `first_day`, `last_day`, `state`
    (PhaseState's words), `behind` (questions), `share` done (0 to 1).
    """
    placed = phases[phases["first_week"].notna()].copy()
    spans = [
        phase_days(int(row.first_week), int(row.last_week), start) for row in placed.itertuples()
    ]
    states = [
        phase_state(first, last, int(row.done), int(row.total), today)
        for row, (first, last) in zip(placed.itertuples(), spans, strict=True)
    ]
    placed["first_day"] = pd.to_datetime([first for first, _ in spans])
    placed["last_day"] = pd.to_datetime([last for _, last in spans])
    placed["state"] = [state.word for state in states]
    placed["behind"] = [state.questions_behind for state in states]
    placed["share"] = placed["done"] / placed["total"]
    return placed
