"""The plan as tables: by phase, by week, and as lines that grow day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate

import numpy as np
import pandas as pd

from prep.content.phases import OUTSIDE_SEQUENCE
from prep.planning.fitting import CategoryShare
from prep.planning.plan_items import UNPLACED, PlanItem
from prep.planning.planned import Planned
from prep.progress.study_days import monday_of

_PHASE_COLUMNS = ["sheet", "position", "title", "first_day", "last_day", "done", "planned"]
_PHASE_COLUMNS += ["total", "behind", "share", "state"]


def phases(
    items: Iterable[PlanItem], baseline: Iterable[Planned], sheets: Sequence[str], today: date
) -> pd.DataFrame:
    """Return each phase: planned against actual, by sheets in their order.

    `baseline` is the plan at its start. Columns: `sheet`, `position`, `title`, `first_day` and
    `last_day` (of the baseline), `done`, `planned` (by the end of yesterday), `total`, `behind`
    (0 or more), `share` done (0 to 1), `state`: `finished`, `behind`, `now` or `ahead`. Questions
    outside the sequence are the last of their sheet.
    """
    days = {planned.item.id: planned.date for planned in baseline}
    members: dict[tuple[int, int], list[PlanItem]] = {}
    for item in items:
        position = UNPLACED if item.phase_position is None else item.phase_position
        members.setdefault((sheets.index(item.sheet), position), []).append(item)
    rows = [
        {"sheet": sheets[sheet], "position": position, **_phase(of_phase, days, today)}
        for (sheet, position), of_phase in sorted(members.items(), key=lambda group: group[0])
    ]
    return pd.DataFrame(rows, columns=_PHASE_COLUMNS)


def _phase(members: list[PlanItem], days: Mapping[str, date], today: date) -> dict[str, object]:
    own_days = [days[item.id] for item in members if item.id in days]
    done = sum(item.done_on is not None for item in members)
    planned = len(members) - len(own_days) + sum(day < today for day in own_days)
    first_day = min(own_days, default=None)
    return {
        "title": members[0].phase or OUTSIDE_SEQUENCE,
        "first_day": first_day,
        "last_day": max(own_days, default=None),
        "done": done,
        "planned": planned,
        "total": len(members),
        "behind": max(planned - done, 0),
        "share": done / len(members),
        "state": _state(done, planned, len(members), first_day, today),
    }


def _state(done: int, planned: int, total: int, first: date | None, today: date) -> str:
    if done >= total:
        return "finished"
    if done < planned:
        return "behind"
    return "ahead" if first and today < first else "now"


def lines(
    items: Sequence[PlanItem], baseline: Sequence[Planned], start: date, today: date
) -> pd.DataFrame:
    """Return `day`, `line` (`Done` or `Plan`), `count`: done in all by the end of each day.

    `Done` runs from the first question done, or the start, to today; `Plan` is `baseline`, the
    plan at its start, to its end.
    """
    done_by_day = dict(sorted(Counter(item.done_on for item in items if item.done_on).items()))
    planned = Counter(planned.date for planned in baseline)
    eve = start - timedelta(days=1)
    rows = _running(done_by_day, "Done", 0, min([*done_by_day, start]) - timedelta(days=1))
    if rows[-1][0] < today:
        rows.append((today, "Done", rows[-1][2]))
    rows += _running(planned, "Plan", len(items) - len(baseline), eve)
    frame = pd.DataFrame(rows, columns=["day", "line", "count"])
    frame["day"] = np.array(frame["day"], "datetime64[s]")
    return frame


def scope(shares: Iterable[CategoryShare], titles: Mapping[tuple[str, int], str]) -> pd.DataFrame:
    """Return how much of each category is in the scope, in the sheets' order.

    `titles` are those of categories, by sheet and position. Columns: `sheet`, `category`, `chosen`,
    `total`, `minutes`, `weight`.
    """
    rows = [
        (
            share.sheet,
            titles[share.sheet, share.position],
            share.chosen,
            share.total,
            share.minutes,
            share.weight,
        )
        for share in shares
    ]
    columns = ["sheet", "category", "chosen", "total", "minutes", "weight"]
    return pd.DataFrame(rows, columns=columns)


def _running(
    counts: Mapping[date, int], line: str, base: int, eve: date
) -> list[tuple[date, str, int]]:
    """Return how many there are in all by the end of each day, from `base` on the eve."""
    totals = accumulate(counts.values(), initial=base)
    return [(day, line, count) for day, count in zip([eve, *counts], totals, strict=True)]


def weeks(items: Iterable[PlanItem], planned: Iterable[Planned]) -> pd.DataFrame:
    """Return the plan by week: `week` (its Monday), `planned`, `minutes`, `done`, to the end.

    `planned` and `minutes` are of the plan as it is now; `done` is what was done that week.
    """
    rows = [(monday_of(p.date), 1, p.item.minutes, 0) for p in planned]
    rows += [(monday_of(item.done_on), 0, 0, 1) for item in items if item.done_on]
    frame = pd.DataFrame(rows, columns=["week", "planned", "minutes", "done"])
    return frame.groupby("week", as_index=False).sum().sort_values("week", ignore_index=True)
