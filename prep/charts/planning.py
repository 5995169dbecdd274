"""The plan against what was done: phases, burn-up, a year of days."""

from __future__ import annotations

from datetime import date
from functools import cache

import altair as alt
import numpy as np
import pandas as pd

from prep.charts.base import (
    DAY,
    MONTHS,
    Chart,
    Palette,
    Spec,
    day_line,
    day_name,
    marked,
    on,
    spec_of,
    tall,
)
from prep.content.models import SHEET_TITLES

BURN_UP_LINES = ("Done", "Plan", "Forecast", "Scope")
HEAT_LEVELS = 4  # steps on one day from which the colour is full
_PHASE_HEIGHT = 44
_ROOM = 0.14  # of what is shown: for the words on the right
_DAYS_TOLD_APART = 1000  # of all lines of a chart together
_STATE_WORDS = {
    "finished": "finished",
    "ahead": "not due yet",
    "now": "on track",
    "behind": "{} behind",
}


def gantt(frame: pd.DataFrame, today: date, colors: Palette) -> Chart:
    """Draw one row a phase: its days in the plan, what is done, what was planned by now, today.

    `frame` is `PlanStatus.phases`. The phases of a sheet stand below its name; those without a
    day of their own (done before the plan began) are left out.
    """
    data = frame[frame["first_day"].notna()].copy()
    is_first = data["sheet"] != data["sheet"].shift()
    data["row"] = np.arange(len(data)) + is_first.cumsum()  # a sheet's name has a row of its own
    sheets = data.loc[is_first, ["sheet", "row", "first_day"]]
    sheets = sheets.assign(row=sheets["row"] - 1, name=sheets["sheet"].map(SHEET_TITLES))
    data["first_day"] = pd.to_datetime(data["first_day"])
    # A bar ends where its last day does, so neighbours meet.
    data["end"] = pd.to_datetime(data["last_day"]) + pd.Timedelta(days=1)
    length = data["end"] - data["first_day"]
    data["done_until"] = data["first_day"] + length * data["share"]
    data["planned_until"] = data["first_day"] + length * (data["planned"] / data["total"])
    texts = zip(data["done"], data["total"], data["state"], data["behind"], strict=True)
    data["state_text"] = [
        f"{done} of {total} · {_STATE_WORDS[state].format(behind)}"
        for done, total, state, behind in texts
    ]
    span = data["end"].max() - data["first_day"].min()
    is_near = data["first_day"].min() - span <= pd.Timestamp(today) <= data["end"].max() + span
    frames = {
        "room": marked(data["end"].max() + _ROOM * span if len(data) else None),
        "sheets": sheets,
        "phases": data,
        "planned": data[(data["planned"] > 0) & (data["state"] != "finished")],
        "today": marked(today if is_near else None),  # far away, it would crowd the bars
    }
    return Chart(tall(_gantt(colors), len(data) + len(sheets), _PHASE_HEIGHT), frames)


def burn_up(
    lines: pd.DataFrame,
    band: pd.DataFrame | None,
    scope: int,
    today: date,
    target: date | None,
    colors: Palette,
) -> Chart:
    """Draw questions done in all by day: what is done, the plan, the scope, the forecast.

    `lines` is `PlanStatus.lines`, `band` is `PlanStatus.band`.
    """
    if band is None:
        band = pd.DataFrame({"day": pd.to_datetime([]), "low": [], "middle": [], "high": []})
    middle = pd.DataFrame({"day": band["day"], "line": "Forecast", "count": band["middle"]})
    ends = [lines["day"].min(), max([lines["day"].max(), *band["day"].tail(1)])]
    whole = pd.DataFrame({"day": ends, "line": "Scope", "count": scope})
    frames = {
        "band": band,
        "lines": pd.concat(
            [_thinned(lines), middle, whole] if len(band) else [_thinned(lines), whole]
        ),
        "today": marked(today),
        "target": marked(target),
    }
    return Chart(_burn_up(colors), frames)


def _thinned(lines: pd.DataFrame) -> pd.DataFrame:
    """Return each line with as many days as can be told apart, its last one among them."""
    every = -(-len(lines) // _DAYS_TOLD_APART)
    from_last = lines.groupby("line").cumcount(ascending=False)
    return lines[from_last % every == 0]


def heat_map(frame: pd.DataFrame, colors: Palette) -> Chart:
    """Draw a year of days, a column a week: the more done on a day, the stronger its colour.

    `frame` is `activity.last_year`.
    """
    return Chart(_heat_map(colors), {"days": frame})


@cache
def _gantt(colors: Palette) -> Spec:
    x = alt.X("first_day:T", title=None, scale=alt.Scale(nice=False), axis=MONTHS)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    tooltip = [
        alt.Tooltip("title:N", title="Phase"),
        alt.Tooltip("first_day:T", title="From", format=DAY),
        alt.Tooltip("last_day:T", title="To", format=DAY),
        alt.Tooltip("done:Q", title="Done"),
        alt.Tooltip("planned:Q", title="Planned by now"),
        alt.Tooltip("total:Q", title="Questions"),
    ]
    base = on("phases").encode(x=x, y=y, tooltip=tooltip)
    track = base.mark_bar(height=12, yOffset=9, color=colors.track).encode(x2="end:T")
    done = base.mark_bar(height=12, yOffset=9, color=colors.status["done"])
    planned = on("planned").mark_tick(
        orient="vertical", thickness=3, size=20, yOffset=9, color=colors.text
    )
    name = base.mark_text(align="left", baseline="bottom", dy=2, fontSize=13, color=colors.text)
    state = base.mark_text(align="right", baseline="bottom", dy=2, fontSize=12, color=colors.muted)
    sheet = on("sheets").mark_text(
        align="left", baseline="top", dy=4, fontSize=14, fontWeight="bold", color=colors.text
    )
    return spec_of(
        alt.layer(
            track,
            done.encode(x2="done_until:T"),
            planned.encode(x=alt.X("planned_until:T", title=None), y=y, tooltip=tooltip),
            day_line("today", "Today", colors.accent),
            name.encode(x=alt.value(0), text="title:N"),
            state.encode(x=alt.value("width"), text="state_text:N"),
            sheet.encode(x=alt.value(0), y=y, text="name:N"),
            on("room").mark_point(opacity=0).encode(x=alt.X("marked:T", title=None)),
        )
    )


@cache
def _burn_up(colors: Palette) -> Spec:
    x = alt.X("day:T", title=None, axis=MONTHS, scale=alt.Scale(nice=False))
    axis = alt.Axis(tickCount=5, tickMinStep=1, domain=False)
    title = "Questions done"
    names = list(BURN_UP_LINES)
    color = alt.Color(
        "line:N",
        scale=alt.Scale(
            domain=names,
            range=[colors.status["done"], colors.muted, colors.accent, colors.text],
        ),
        legend=alt.Legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=3),
    )
    dash = alt.StrokeDash(
        "line:N",
        scale=alt.Scale(domain=names, range=[[1, 0], [1, 0], [1, 0], [4, 4]]),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("day:T", title="By the end of", format=DAY),
        alt.Tooltip("line:N", title="Line"),
        alt.Tooltip("count:Q", title="Questions"),
    ]
    area = on("band").mark_area(opacity=0.25, color=colors.accent)
    lines = on("lines").mark_line(strokeWidth=2.5)
    return spec_of(
        alt.layer(
            area.encode(x=x, y=alt.Y("low:Q", title=title, axis=axis), y2="high:Q"),
            lines.encode(
                x=x,
                y=alt.Y("count:Q", title=title, axis=axis),
                color=color,
                strokeDash=dash,
                tooltip=tooltip,
            ),
            day_line("today", "Today", colors.accent),
            day_line("target", "Interview", colors.text),
            day_name("target", "Interview", colors.text),
        ),
        height=300,
    )


@cache
def _heat_map(colors: Palette) -> Spec:
    x = alt.X(
        "yearmonthdate(week):O",
        title=None,
        axis=alt.Axis(
            labelExpr="date(datum.value) <= 7 ? timeFormat(datum.value, '%b') : ''",
            labelAngle=0,
            labelOverlap=False,
            ticks=False,
            domain=False,
            labelAlign="left",
        ),
        scale=alt.Scale(padding=0),
    )
    y = alt.Y(
        "day(day):O",
        title=None,
        sort=[1, 2, 3, 4, 5, 6, 0],
        axis=alt.Axis(
            labelExpr="{1:'Mon',3:'Wed',5:'Fri'}[day(datum.value)] || ''",
            ticks=False,
            domain=False,
        ),
        scale=alt.Scale(padding=0),
    )
    color = alt.Color(
        "level:O",
        scale=alt.Scale(domain=list(range(HEAT_LEVELS + 1)), range=colors.heat),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("day:T", title="Day", format=DAY),
        alt.Tooltip("count:Q", title="Steps"),
    ]
    return spec_of(
        on("days")
        .transform_calculate(level=f"min(datum.count, {HEAT_LEVELS})")
        .mark_rect(cornerRadius=2, stroke=colors.background, strokeWidth=1.5)
        .encode(x=x, y=y, color=color, tooltip=tooltip),
        height=130,
    )
