"""Reviews that are due, what the stories answer, how mock interviews went."""

from __future__ import annotations

from functools import cache, lru_cache
from textwrap import fill

import altair as alt
import pandas as pd

from prep.charts.base import DAY, Chart, Palette, Spec, bars_by_day, on, spec_of

# Within a row of `score_trends`, 1 high: where a score of 0 stands, and how far 100 % is above it.
_ROW_FOOT, _ROW_RISE = 0.9, 0.5
_TREND_HEIGHT = 64
MATRIX_ROW, _MATRIX_COLUMN = 28, 36
_ROW_LETTERS = 26  # of a category on a line
_KEPT = 64  # specs of score_trends: each has its own days


def due_by_day(frame: pd.DataFrame, colors: Palette) -> Chart:
    """Draw how many questions are due on each day. `frame` has `day` and `due`."""
    return Chart(_due_by_day(colors), {"days": frame})


def story_matrix(frame: pd.DataFrame, colors: Palette) -> Chart:
    """Draw categories × stories: how many questions of each category each story answers.

    `frame` is `story_coverage.matrix`. A long category takes two lines, so that it is whole.
    """
    rows = {title: fill(title, _ROW_LETTERS) for title in frame["category"].unique()}
    is_strong = frame["questions"] > frame["questions"].max() / 2
    data = frame.assign(is_strong=is_strong, row=frame["category"].map(rows))
    return Chart(_story_matrix(colors), {"cells": data})


def score_trends(frame: pd.DataFrame, colors: Palette) -> Chart:
    """Draw one row a category: its name, its last score and the change since its first, a line.

    `frame` is `past_attempts.by_category` of one sheet. In its row, a line runs from 0 at the
    foot to 100 %.
    """
    data = frame.sort_values(["position", "day"]).copy()
    data["row"] = data["position"].rank(method="dense") - 1
    data["height"] = data["row"] + _ROW_FOOT - data["score"] * _ROW_RISE
    groups = data.groupby(["row", "category"])["score"].agg(["first", "last", "size"]).reset_index()
    groups["foot"], groups["head"] = groups["row"] + _ROW_FOOT, groups["row"] + 0.3
    changes = (100 * (groups["last"] - groups["first"])).round().astype(int)
    groups["last_text"] = [
        f"{last:.0%}"
        + (f" · {change:+d} points".replace("-", "−").replace("+0", "±0") if size > 1 else "")
        for last, size, change in zip(groups["last"], groups["size"], changes, strict=True)
    ]
    margin = max((data["day"].max() - data["day"].min()) * 0.02, pd.Timedelta(days=1))
    days = [data["day"].min() - margin, data["day"].max() + margin]
    is_short = days[1] - days[0] < pd.Timedelta(days=8)
    domain = tuple(f"{day:%Y-%m-%d}" for day in days)
    spec = _score_trends(colors, len(groups), domain, is_short)
    return Chart(spec, {"scores": data, "categories": groups})


@cache
def _due_by_day(colors: Palette) -> Spec:
    tooltip = [
        alt.Tooltip("day:T", title="Day", format=DAY),
        alt.Tooltip("due:Q", title="Due"),
    ]
    bars = bars_by_day("days", "day", "due", "Questions due", tooltip)
    return spec_of(bars.encode(color=alt.value(colors.accent)), height=180)


@cache
def _story_matrix(colors: Palette) -> Spec:
    x = alt.X(
        "story:N",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelAngle=-40,
            labelLimit=190,
            labelOverlap=False,
            orient="top",
            ticks=False,
            domain=False,
        ),
    )
    y = alt.Y(
        "row:N",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.label, '\\n')",
            labelLimit=0,
            labelLineHeight=12,
            labelOverlap=False,
            labelFlush=False,
            ticks=False,
            domain=False,
        ),
    )
    tooltip = [
        alt.Tooltip("story:N", title="Story"),
        alt.Tooltip("category:N", title="Category"),
        alt.Tooltip("questions:Q", title="Questions answered"),
    ]
    base = on("cells").encode(x=x, y=y, tooltip=tooltip)
    cells = base.mark_rect(cornerRadius=3, stroke=colors.background, strokeWidth=2)
    number_color = (
        alt.when("datum.is_strong")
        .then(alt.value(colors.background))
        .otherwise(alt.value(colors.text))
    )
    numbers = base.transform_filter("datum.questions > 0").mark_text(fontSize=12)
    scale = alt.Scale(range=colors.heat, type="linear")
    layers = alt.layer(
        cells.encode(color=alt.Color("questions:Q", scale=scale, legend=None)),
        numbers.encode(text="questions:Q", color=number_color),
    )
    return spec_of(layers.properties(width=alt.Step(_MATRIX_COLUMN), height=alt.Step(MATRIX_ROW)))


@lru_cache(maxsize=_KEPT)
def _score_trends(colors: Palette, rows: int, days: tuple[str, ...], is_short: bool) -> Spec:
    scale = alt.Scale(domain=[0, rows], reverse=True, nice=False, zero=False)
    x = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(domain=list(days), nice=False),
        axis=alt.Axis(
            format="%d %b",
            tickCount="day" if is_short else 5,
            labelOverlap=True,
            grid=False,
            domain=False,
        ),
    )
    tooltip = [
        alt.Tooltip("category:N", title="Category"),
        alt.Tooltip("day:T", title="Day", format=DAY),
        alt.Tooltip("score:Q", title="Score", format=".0%"),
        alt.Tooltip("answers:Q", title="Answers"),
    ]
    height = alt.Y("height:Q", axis=None, scale=scale)
    head = alt.Y("head:Q", axis=None, scale=scale)
    line = on("scores").encode(x=x, y=height, detail="category:N")
    base = on("categories")
    name = base.mark_text(
        align="left", baseline="bottom", fontSize=13, color=colors.text, limit=230
    )
    last = base.mark_text(align="right", baseline="bottom", fontSize=12, color=colors.muted)
    layers = alt.layer(
        base.mark_rule(color=colors.track).encode(y=alt.Y("foot:Q", axis=None, scale=scale)),
        line.mark_line(strokeWidth=2, color=colors.accent),
        line.mark_circle(size=45, opacity=1, color=colors.accent).encode(tooltip=tooltip),
        name.encode(x=alt.value(0), y=head, text="category:N"),
        last.encode(x=alt.value("width"), y=head, text="last_text:N"),
    )
    return spec_of(layers, height=_TREND_HEIGHT * rows + 30)
