"""How much is covered: counts by category, level, difficulty, phase and week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
from sqlite_utils import Database

from prep.questions import OUTSIDE_SEQUENCE
from prep.tracker import STATUSES

_GROUPS = {
    "category": ("section", "category_position"),
    "level": ("level", "CASE level WHEN 'EM' THEN 1 WHEN 'EM+DIR' THEN 2 ELSE 3 END"),
    "difficulty": (
        "difficulty",
        "CASE difficulty WHEN 'High' THEN 1 WHEN 'Medium' THEN 2 ELSE 3 END",
    ),
    "phase": (f"coalesce(phase, '{OUTSIDE_SEQUENCE}')", "coalesce(phase_position, 999)"),
}


def by(db: Database, dimension: str) -> pd.DataFrame:
    """Return the count of questions by sheet × group × status.

    `dimension` is `category`, `level`, `difficulty` or `phase`. Columns: `sheet`, `group`,
    `position` (the group's place in its sheet), `status`, `count`, `total` (of the group),
    `share` (count / total, 0 to 1). Each group has a row for every status, zeros included.
    """
    group, position = _GROUPS[dimension]
    counted = pd.DataFrame(
        db.query(
            f'SELECT sheet, {group} AS "group", {position} AS position, status, count(*) AS count'
            f" FROM tracker WHERE NOT retired AND {group} IS NOT NULL GROUP BY 1, 2, 3, 4"
        ),
        columns=["sheet", "group", "position", "status", "count"],
    )
    wide = counted.pivot_table(
        index=["sheet", "position", "group"], columns="status", values="count", fill_value=0
    ).reindex(columns=list(STATUSES), fill_value=0)
    long = wide.stack().rename("count").reset_index()
    long["count"] = long["count"].astype(int)
    long["total"] = long.groupby(["sheet", "position", "group"])["count"].transform("sum")
    long["share"] = long["count"] / long["total"]
    order = {status: place for place, status in enumerate(STATUSES)}
    long = long.sort_values(
        ["sheet", "position", "status"],
        key=lambda column: column.map(order) if column.name == "status" else column,
        ascending=[False, True, True],
    )
    columns = ["sheet", "group", "position", "status", "count", "total", "share"]
    return long[columns].reset_index(drop=True)


def totals(db: Database) -> dict[str, dict[str, int]]:
    """Return `{sheet: {status: count, "total": count}}`."""
    counts: dict[str, dict[str, int]] = {}
    for sheet, status, count in db.execute(
        "SELECT sheet, status, count(*) FROM tracker WHERE NOT retired"
        " GROUP BY sheet, status ORDER BY sheet DESC"
    ):
        counts.setdefault(sheet, dict.fromkeys(STATUSES, 0))[status] = count
    return {
        sheet: by_status | {"total": sum(by_status.values())} for sheet, by_status in counts.items()
    }


def articles_published(db: Database) -> dict[str, tuple[int, int]]:
    """Return `{sheet: (questions whose article the site has published, all questions)}`."""
    rows = db.execute(
        "SELECT sheet, sum(article_status = 'published'), count(*) FROM question"
        " WHERE NOT retired GROUP BY sheet ORDER BY sheet DESC"
    )
    return {sheet: (published, total) for sheet, published, total in rows}


def done_by_week(db: Database, today: date) -> pd.DataFrame:
    """Return what was done each week, from the first with anything done to this one.

    Columns: `week` (its Monday), `sheet`, `done` (that week), `cumulative`. Empty where
    nothing is done.
    """
    days = pd.DataFrame(
        db.query(
            "SELECT sheet, done_on, count(*) AS done FROM tracker"
            " WHERE done_on IS NOT NULL AND NOT retired GROUP BY sheet, done_on"
        ),
        columns=["sheet", "done_on", "done"],
    )
    if days.empty:
        return pd.DataFrame(columns=["week", "sheet", "done", "cumulative"])
    day = pd.to_datetime(days["done_on"])
    days["week"] = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
    this_week = pd.Timestamp(today - timedelta(days=today.weekday()))
    weeks = pd.date_range(days["week"].min(), max(this_week, days["week"].max()), freq="7D")
    wide = days.pivot_table(index="week", columns="sheet", values="done", aggfunc="sum")
    wide = wide.reindex(weeks).fillna(0).astype(int).rename_axis("week")
    long = wide.melt(ignore_index=False, value_name="done").reset_index()
    long["cumulative"] = long.groupby("sheet")["done"].cumsum()
    return long[["week", "sheet", "done", "cumulative"]]


def phase_progress(db: Database) -> pd.DataFrame:
    """Return each phase with `done` and `total`: `sheet`, `position`, `title`, weeks, `advice`.

    The questions outside the sequence are a last row of their sheet with no weeks.
    """
    return pd.DataFrame(
        db.query(
            "SELECT t.sheet, t.phase_position AS position, coalesce(t.phase, ?) AS title,"
            " p.first_week, p.last_week, p.advice, sum(t.status = 'done') AS done,"
            " count(*) AS total FROM tracker t"
            " LEFT JOIN phase p ON p.sheet = t.sheet AND p.position = t.phase_position"
            " WHERE NOT t.retired GROUP BY t.sheet, t.phase_position"
            " ORDER BY t.sheet DESC, t.phase_position IS NULL, t.phase_position",
            [OUTSIDE_SEQUENCE],
        )
    )


def remembered(db: Database, known: Mapping[str, float]) -> pd.DataFrame:
    """Return by category how many questions one would recall now.

    `known` is `review.retrievability`. Columns: `sheet`, `group`, `position`, `total`,
    `reviewed` (those that take part), `remembered` (the sum of their retrievability, so the
    number one expects to recall), `share` (remembered / total, 0 to 1).
    """
    rows = db.query(
        'SELECT id, sheet, section AS "group", category_position AS position FROM tracker'
        " WHERE NOT retired"
    )
    frame = pd.DataFrame(rows, columns=["id", "sheet", "group", "position"])
    frame["remembered"] = frame["id"].map(known).fillna(0.0).astype(float)
    frame["reviewed"] = frame["id"].isin(list(known))
    grouped = frame.groupby(["sheet", "group", "position"], as_index=False).agg(
        total=("id", "count"), reviewed=("reviewed", "sum"), remembered=("remembered", "sum")
    )
    grouped["share"] = grouped["remembered"] / grouped["total"]
    return grouped.sort_values(["sheet", "position"], ascending=[False, True], ignore_index=True)
