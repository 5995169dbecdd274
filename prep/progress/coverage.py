"""How much is covered: counts by category, level, difficulty, phase and week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd
from sqlite_utils import Database

from prep.content.models import DIFFICULTIES
from prep.content.phases import OUTSIDE_SEQUENCE
from prep.progress.study_days import monday_of
from prep.progress.tracker import STATUSES
from prep.store import cache

# The column of `question` that each dimension counts by.
_COLUMNS = {
    "category": "category_position",
    "phase": "phase_position",
    "level": "level",
    "difficulty": "difficulty",
}
_ORDERED = {"level": ("EM", "EM+DIR", "DIR"), "difficulty": DIFFICULTIES}
_OUTSIDE = 999  # the position of what has no phase


class _Group(NamedTuple):
    """A group of one sheet: what its column holds."""

    sheet: str
    value: Any


@cache.kept
def counts_by_group(db: Database, dimension: str) -> pd.DataFrame:
    """Return the count of questions by sheet × group × status.

    `dimension` is `category`, `level`, `difficulty` or `phase`. Columns: `sheet`, `group`,
    `position` (the group's place in its sheet), `status`, `count`, `total` (of the group),
    `share` (count / total, 0 to 1). Each group has a row for every status, zeros included.
    """
    titles = _titles(db, dimension)
    rows = [
        (group.sheet, *titles(group), status, counts[status], counts.total())
        for group, counts in _counts(db, _COLUMNS[dimension]).items()
        if group.value is not None or dimension == "phase"
        for status in STATUSES
    ]
    columns = ["sheet", "group", "position", "status", "count", "total"]
    rows.sort(key=lambda row: row[2])
    rows.sort(key=lambda row: row[0], reverse=True)
    frame = pd.DataFrame(rows, columns=columns)
    frame["share"] = frame["count"] / frame["total"]
    return frame


@cache.kept
def in_scope_by_group(db: Database, dimension: str) -> dict[tuple[str, int], int]:
    """Return how many questions are in the scope of a fitted plan, by sheet and group's position.

    What is begun is in it. A group without any is missing.
    """
    titles = _titles(db, dimension)
    rows = db.execute(
        f"SELECT q.sheet, q.{_COLUMNS[dimension]}, count(*) FROM progress p"
        " JOIN question q ON q.id = p.question_id AND NOT q.retired"
        " WHERE NOT p.skipped AND (p.in_scope OR p.pinned OR p.status <> 'todo') GROUP BY 1, 2"
    )
    return {
        (sheet, titles(_Group(sheet, value))[1]): count
        for sheet, value, count in rows
        if value is not None or dimension == "phase"
    }


@cache.kept
def totals(db: Database) -> dict[str, dict[str, int]]:
    """Return `{sheet: {status: count, "total": count}}`."""
    sheets: dict[str, Counter[str]] = {}
    for group, counts in _counts(db, _COLUMNS["category"]).items():
        sheets.setdefault(group.sheet, Counter()).update(counts)
    return {
        sheet: {status: counts[status] for status in STATUSES} | {"total": counts.total()}
        for sheet, counts in sorted(sheets.items(), reverse=True)
    }


@cache.kept
def articles_published(db: Database) -> dict[str, tuple[int, int]]:
    """Return `{sheet: (questions whose article the site has published, all questions)}`."""
    rows = db.execute(
        "SELECT sheet, sum(article_status = 'published'), count(*) FROM question"
        " WHERE NOT retired GROUP BY sheet ORDER BY sheet DESC"
    )
    return {sheet: (published, total) for sheet, published, total in rows}


@cache.kept
def done_by_week(db: Database, today: date) -> pd.DataFrame:
    """Return what was done each week, from the first with anything done to this one.

    Columns: `week` (its Monday), `sheet`, `done` (that week), `cumulative`. Empty where
    nothing is done.
    """
    done: Counter[tuple[date, str]] = Counter()
    for sheet, day, count in db.execute(
        "SELECT q.sheet, p.done_on, count(*) FROM progress p"
        " JOIN question q ON q.id = p.question_id"
        " WHERE p.done_on IS NOT NULL AND NOT q.retired GROUP BY 1, 2"
    ):
        done[monday_of(date.fromisoformat(day)), sheet] += count
    rows = list(_weeks(done, monday_of(today))) if done else []
    frame = pd.DataFrame(rows, columns=["week", "sheet", "done", "cumulative"])
    frame["week"] = pd.to_datetime(frame["week"])
    return frame


def remembered(db: Database, known: Mapping[str, float]) -> pd.DataFrame:
    """Return by category how many questions one would recall now.

    `known` is `review_queue.retrievability`. Columns: `sheet`, `group`, `position`, `total`,
    `reviewed` (those that take part), `remembered` (the sum of their retrievability, so the
    number one expects to recall), `share` (remembered / total, 0 to 1).
    """
    recalled: Counter[_Group] = Counter()
    reviewed: Counter[_Group] = Counter()
    for sheet, position, question_id in db.execute(
        "SELECT q.sheet, q.category_position, q.id FROM progress p"
        " JOIN question q ON q.id = p.question_id"
        " WHERE p.status IN ('drafted', 'done') AND NOT q.retired"
    ):
        if question_id in known:
            recalled[_Group(sheet, position)] += known[question_id]  # type: ignore[assignment]
            reviewed[_Group(sheet, position)] += 1
    titles = _titles(db, "category")
    rows = [
        (group.sheet, *titles(group), counts.total(), reviewed[group], float(recalled[group]))
        for group, counts in _counts(db, _COLUMNS["category"]).items()
    ]
    columns = ["sheet", "group", "position", "total", "reviewed", "remembered"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["share"] = frame["remembered"] / frame["total"]
    return frame.sort_values(["sheet", "position"], ascending=[False, True], ignore_index=True)


def _counts(db: Database, column: str) -> dict[_Group, Counter[str]]:
    """Return the count of each status in each group of a column of `question`.

    What was reached is counted from progress, and all from an index; the rest is to do.
    """
    counts: dict[_Group, Counter[str]] = {}
    for sheet, value, count in db.execute(
        f"SELECT sheet, {column}, count(*) FROM question WHERE NOT retired GROUP BY 1, 2"
    ):
        counts[_Group(sheet, value)] = Counter(todo=count)
    for sheet, value, status, count in db.execute(
        f"SELECT q.sheet, q.{column}, p.status, count(*) FROM progress p"
        " JOIN question q ON q.id = p.question_id"
        " WHERE p.status IN ('in_progress', 'drafted', 'done') AND NOT q.retired GROUP BY 1, 2, 3"
    ):
        counts[_Group(sheet, value)][status] += count
        counts[_Group(sheet, value)]["todo"] -= count
    return counts


def _titles(db: Database, dimension: str) -> Callable[[_Group], tuple[str, int]]:
    """Return a function that gives a group's title and its position in its sheet."""
    if dimension in _ORDERED:
        order = _ORDERED[dimension]
        return lambda group: (group.value, 1 + order.index(group.value))
    known = {
        _Group(sheet, position): title
        for sheet, position, title in db.execute(f"SELECT sheet, position, title FROM {dimension}")
    }
    return lambda group: (
        known.get(group, OUTSIDE_SEQUENCE),
        _OUTSIDE if group.value is None else group.value,
    )


def _weeks(
    done: Mapping[tuple[date, str], int], this_week: date
) -> Iterator[tuple[date, str, int, int]]:
    """Yield week, sheet, done and cumulative, each sheet from the first week of all to the last."""
    weeks = [week for week, _ in done]
    for sheet in sorted({sheet for _, sheet in done}):
        week, cumulative = min(weeks), 0
        while week <= max(this_week, *weeks):
            count = done.get((week, sheet), 0)
            cumulative += count
            yield week, sheet, count, cumulative
            week += timedelta(weeks=1)
