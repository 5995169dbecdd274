"""How much of each group is done, and how much of it one would recall."""

from __future__ import annotations

from collections import Counter
from functools import cache

import altair as alt
import pandas as pd

from prep.charts.base import (
    ROWS,
    SHARE,
    Chart,
    Palette,
    Spec,
    bars_by_day,
    name_and_count,
    on,
    sheet_color,
    spec_of,
    tall,
)
from prep.content.models import SHEET_TITLES
from prep.progress.tracker import STATUS_TITLES, STATUSES

CLICKED_GROUP = "clicked_group"


def coverage_bars(frame: pd.DataFrame, colors: Palette) -> Chart:
    """Draw one row a group: its name, how many and what share is done, and a bar by status.

    `frame` is `coverage.counts_by_group` of one sheet; with a column `in_scope`, the row says how
    many of its questions are in the scope of the plan. A click selects the group in
    `CLICKED_GROUP`.
    """
    groups, bars = _groups_and_bars(frame)
    if "in_scope" in frame:
        scoped = dict(zip(frame["group"], frame["in_scope"], strict=True))
        marks = groups["group"].map(scoped).astype(str) + " in scope"
        groups = groups.assign(done_text=groups["done_text"] + " · " + marks)
    return Chart(tall(_coverage_bars(colors), len(groups)), {"groups": groups, "bars": bars})


def remembered_bars(frame: pd.DataFrame, colors: Palette) -> Chart:
    """Draw one row a category: how many of its questions one would recall now.

    `frame` is `coverage.remembered` of one sheet. The pale part takes part in reviews.
    """
    shown = zip(frame["remembered"], frame["total"], frame["share"], strict=True)
    data = frame.assign(
        text=[f"{recalled:.0f} of {total} · {share:.0%}" for recalled, total, share in shown],
        taking_part=frame["reviewed"] / frame["total"],
    )
    return Chart(tall(_remembered_bars(colors), len(data)), {"groups": data})


def done_by_week(frame: pd.DataFrame, colors: Palette) -> Chart:
    """Draw the questions done each week as bars, one colour a sheet. `frame`: `done_by_week`."""
    return Chart(_done_by_week(colors), {"weeks": _titled(frame)})


def cumulative(frame: pd.DataFrame, colors: Palette) -> Chart:
    """Draw how many are done in all by the end of each week. `frame`: `coverage.done_by_week`."""
    return Chart(_cumulative(colors), {"weeks": _titled(frame)})


def _titled(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(sheet_title=frame["sheet"].map(SHEET_TITLES))


def _groups_and_bars(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a row for each group, and one for each part of its bar, the furthest status first."""
    groups: dict[str, dict[str, object]] = {}
    bars: list[dict[str, object]] = []
    ends: Counter[str] = Counter()
    counts = zip(frame["group"], frame["status"], frame["count"], frame["total"], strict=True)
    for group, status, count, total in reversed(list(counts)):
        row = groups.setdefault(group, {"group": group, "total": total})
        row[STATUS_TITLES[status]] = count
        if status == "done":
            row["done_text"] = f"{count} of {total} · {count / total:.0%}"
        start = ends[group]
        ends[group] += count
        if count:
            bars.append(
                {
                    "group": group,
                    "status_title": STATUS_TITLES[status],
                    "start": start / total,
                    "end": ends[group] / total,
                }
            )
    return pd.DataFrame(list(groups.values())[::-1]), pd.DataFrame(bars[::-1])


@cache
def _coverage_bars(colors: Palette) -> Spec:
    base = on("groups").encode(y=ROWS)
    click = alt.selection_point(name=CLICKED_GROUP, fields=["group"], empty=False)
    statuses = [f"{STATUS_TITLES[status]}:Q" for status in STATUSES]
    whole_row = (
        base.mark_rect(opacity=0, cursor="pointer")
        .encode(x=alt.value(0), x2=alt.value("width"), tooltip=["group:N", *statuses, "total:Q"])
        .add_params(click)
    )
    bars = (
        on("bars")
        .mark_bar(height=9, yOffset=9)
        .encode(
            x=alt.X("start:Q", axis=None, scale=SHARE),
            x2="end:Q",
            y=ROWS,
            color=_status_color(colors),
        )
    )
    texts = name_and_count(base, "group", "done_text", colors)
    return spec_of(alt.layer(bars, *texts, whole_row))


@cache
def _remembered_bars(colors: Palette) -> Spec:
    base = on("groups").encode(
        y=ROWS,
        tooltip=[
            alt.Tooltip("group:N", title="Category"),
            alt.Tooltip("remembered:Q", title="You would recall", format=".1f"),
            alt.Tooltip("reviewed:Q", title="Take part in reviews"),
            alt.Tooltip("total:Q", title="Questions"),
        ],
    )
    whole = base.mark_bar(color=colors.track, height=9, yOffset=9)
    part = base.mark_bar(color=colors.accent, opacity=0.35, height=9, yOffset=9)
    recalled = base.mark_bar(color=colors.accent, height=9, yOffset=9)
    return spec_of(
        alt.layer(
            whole.encode(x=alt.value(0), x2=alt.value("width")),
            part.encode(x=alt.X("taking_part:Q", axis=None, scale=SHARE)),
            recalled.encode(x=alt.X("share:Q", axis=None, scale=SHARE)),
            *name_and_count(base, "group", "text", colors),
        )
    )


@cache
def _done_by_week(colors: Palette) -> Spec:
    bars = bars_by_day(
        "weeks",
        "week",
        "done",
        "Questions done",
        [
            alt.Tooltip("week:T", title="Week of", format="%d %B %Y"),
            alt.Tooltip("sheet_title:N", title="Sheet"),
            alt.Tooltip("done:Q", title="Done that week"),
        ],
    )
    return spec_of(bars.encode(color=sheet_color(colors)), height=200)


@cache
def _cumulative(colors: Palette) -> Spec:
    line = (
        on("weeks")
        .mark_line(point=True)
        .encode(
            x=alt.X("week:T", title=None, axis=alt.Axis(format="%d %b", labelAngle=0, tickCount=6)),
            y=alt.Y(
                "cumulative:Q",
                title="Questions done in all",
                axis=alt.Axis(tickMinStep=1, tickCount=4),
            ),
            color=sheet_color(colors),
            tooltip=[
                alt.Tooltip("week:T", title="Week of", format="%d %B %Y"),
                alt.Tooltip("sheet_title:N", title="Sheet"),
                alt.Tooltip("cumulative:Q", title="Done in all"),
            ],
        )
    )
    return spec_of(line, height=200)


def _status_color(colors: Palette) -> alt.Color:
    domain = [STATUS_TITLES[status] for status in STATUSES]
    return alt.Color(
        "status_title:N",
        scale=alt.Scale(domain=domain, range=[colors.status[status] for status in STATUSES]),
        legend=None,
    )
