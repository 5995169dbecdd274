"""Data frames → Altair charts. Nothing here reads the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from prep.sheets import BEHAVIORAL, SHEET_TITLES, SYSTEM_DESIGN
from prep.tracker import STATUS_TITLES, STATUSES

ROW_HEIGHT = 38
MATRIX_ROW = 26
_STATE_WORDS = {
    "finished": "finished",
    "ahead": "not begun",
    "now": "on track",
    "behind": "{} behind",
}
CLICKED_GROUP = "clicked_group"
BURN_UP_LINES = ("Done", "Plan", "Forecast", "Scope")
HEAT_LEVELS = 4  # steps on one day from which the colour is full
# Within a row of `score_trends`, 1 high: where a score of 0 stands, and how far 100 % is above it.
_ROW_FOOT, _ROW_RISE = 0.9, 0.5
_DAY = "%a %d %b %Y"
_MONTHS = alt.Axis(
    format="%b %Y", tickCount="month", labelOverlap=True, grid=True, gridOpacity=0.4, domain=False
)


@dataclass(frozen=True)
class Palette:
    """The colours of one theme. Statuses are from the Okabe–Ito set, safe for colour blindness."""

    status: dict[str, str]
    sheet: dict[str, str]
    text: str
    muted: str
    track: str
    accent: str
    background: str
    heat: list[str]


LIGHT = Palette(
    status={"todo": "#dfdee6", "in_progress": "#0072B2", "drafted": "#E69F00", "done": "#009E73"},
    sheet={SYSTEM_DESIGN: "#5548b5", BEHAVIORAL: "#CC79A7"},
    text="#1f1d2b",
    muted="#62606e",
    track="#d6d3e2",
    accent="#5548b5",
    background="#ffffff",
    heat=["#e9e7f0", "#b5dfd1", "#6cc3a8", "#1fa47e", "#00734f"],
)
DARK = Palette(
    status={"todo": "#3a3846", "in_progress": "#56B4E9", "drafted": "#F0B840", "done": "#3CC79B"},
    sheet={SYSTEM_DESIGN: "#a99cf5", BEHAVIORAL: "#E3A3C6"},
    text="#eceaf4",
    muted="#a9a6b8",
    track="#403d4d",
    accent="#a99cf5",
    background="#14131b",
    heat=["#2a2836", "#1c4a3c", "#23775f", "#2fa380", "#56dab0"],
)


def palette(dark: bool) -> Palette:
    """Return the colours for the dark or the light theme."""
    return DARK if dark else LIGHT


def coverage_bars(frame: pd.DataFrame, colors: Palette) -> alt.LayerChart:
    """Draw one row a group: its name, how many and what share is done, and a bar by status.

    `frame` is `coverage.by` of one sheet. A click selects the group in `CLICKED_GROUP`.
    """
    groups = _groups_with_counts(frame)
    y = alt.Y("group:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    name = (
        alt.Chart(groups)
        .mark_text(align="left", baseline="bottom", dy=1, fontSize=13, color=colors.text, limit=285)
        .encode(x=alt.value(0), y=y, text="group:N")
    )
    done = (
        alt.Chart(groups)
        .mark_text(align="right", baseline="bottom", dy=1, fontSize=12, color=colors.muted)
        .encode(x=alt.value("width"), y=y, text="done_text:N")
    )
    click = alt.selection_point(name=CLICKED_GROUP, fields=["group"], empty=False)
    whole_row = (
        alt.Chart(groups)
        .mark_rect(opacity=0, cursor="pointer")
        .encode(
            x=alt.value(0),
            x2=alt.value("width"),
            y=y,
            tooltip=["group:N", *[f"{STATUS_TITLES[status]}:Q" for status in STATUSES], "total:Q"],
        )
        .add_params(click)
    )
    bars = _status_bars(frame, y, colors)
    return _plain_view(alt.layer(bars, name, done, whole_row), len(groups))


def remembered_bars(frame: pd.DataFrame, colors: Palette) -> alt.LayerChart:
    """Draw one row a category: how many of its questions one would recall now.

    `frame` is `coverage.remembered` of one sheet. The pale part takes part in reviews.
    """
    data = frame.assign(
        text=[
            f"{remembered:.0f} of {total} · {share:.0%}"
            for remembered, total, share in zip(
                frame["remembered"], frame["total"], frame["share"], strict=True
            )
        ],
        taking_part=frame["reviewed"] / frame["total"],
    )
    y = alt.Y("group:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    scale = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(data).encode(
        y=y,
        tooltip=[
            alt.Tooltip("group:N", title="Category"),
            alt.Tooltip("remembered:Q", title="You would recall", format=".1f"),
            alt.Tooltip("reviewed:Q", title="Take part in reviews"),
            alt.Tooltip("total:Q", title="Questions"),
        ],
    )
    whole = base.mark_bar(color=colors.track, height=9, yOffset=9).encode(
        x=alt.value(0), x2=alt.value("width")
    )
    taking_part = base.mark_bar(color=colors.accent, opacity=0.35, height=9, yOffset=9).encode(
        x=alt.X("taking_part:Q", axis=None, scale=scale)
    )
    recalled = base.mark_bar(color=colors.accent, height=9, yOffset=9).encode(
        x=alt.X("share:Q", axis=None, scale=scale)
    )
    name = base.mark_text(
        align="left", baseline="bottom", dy=1, fontSize=13, color=colors.text, limit=285
    ).encode(x=alt.value(0), text="group:N")
    count = base.mark_text(
        align="right", baseline="bottom", dy=1, fontSize=12, color=colors.muted
    ).encode(x=alt.value("width"), text="text:N")
    return _plain_view(alt.layer(whole, taking_part, recalled, name, count), len(data))


def _groups_with_counts(frame: pd.DataFrame) -> pd.DataFrame:
    wide = frame.pivot(index=["position", "group", "total"], columns="status", values="count")
    groups = wide.rename(columns=STATUS_TITLES).reset_index()
    groups["done_text"] = [
        f"{done} of {total} · {done / total:.0%}"
        for done, total in zip(groups[STATUS_TITLES["done"]], groups["total"], strict=True)
    ]
    return groups


def _status_bars(frame: pd.DataFrame, y: alt.Y, colors: Palette) -> alt.Chart:
    """Draw each group's shares from the furthest status on the left to the nearest."""
    data = frame.iloc[::-1].copy()
    data["end"] = data.groupby("position")["share"].cumsum()
    data["start"] = data["end"] - data["share"]
    data["status_title"] = data["status"].map(STATUS_TITLES)
    return (
        alt.Chart(data[data["count"] > 0].iloc[::-1])
        .mark_bar(height=9, yOffset=9)
        .encode(
            x=alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False)),
            x2="end:Q",
            y=y,
            color=_status_color(colors),
        )
    )


def done_by_week(frame: pd.DataFrame, colors: Palette) -> alt.Chart:
    """Draw the questions done each week as bars, one colour a sheet. `frame`: `done_by_week`."""
    data = frame.assign(sheet_title=frame["sheet"].map(SHEET_TITLES))
    return (
        alt.Chart(data)
        .mark_bar(cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
        .encode(
            x=alt.X(
                "yearmonthdate(week):O",
                title=None,
                axis=alt.Axis(format="%d %b", labelAngle=0, labelOverlap=True),
            ),
            y=alt.Y("done:Q", title="Questions done", axis=alt.Axis(tickMinStep=1, tickCount=4)),
            color=_sheet_color(colors),
            tooltip=[
                alt.Tooltip("week:T", title="Week of", format="%d %B %Y"),
                alt.Tooltip("sheet_title:N", title="Sheet"),
                alt.Tooltip("done:Q", title="Done that week"),
            ],
        )
        .properties(height=200)
        .configure_view(strokeWidth=0)
    )


def cumulative(frame: pd.DataFrame, colors: Palette) -> alt.Chart:
    """Draw how many are done in all by the end of each week. `frame`: `coverage.done_by_week`."""
    data = frame.assign(sheet_title=frame["sheet"].map(SHEET_TITLES))
    return (
        alt.Chart(data)
        .mark_line(point=True)
        .encode(
            x=alt.X("week:T", title=None, axis=alt.Axis(format="%d %b", labelAngle=0, tickCount=6)),
            y=alt.Y(
                "cumulative:Q",
                title="Questions done in all",
                axis=alt.Axis(tickMinStep=1, tickCount=4),
            ),
            color=_sheet_color(colors),
            tooltip=[
                alt.Tooltip("week:T", title="Week of", format="%d %B %Y"),
                alt.Tooltip("sheet_title:N", title="Sheet"),
                alt.Tooltip("cumulative:Q", title="Done in all"),
            ],
        )
        .properties(height=200)
        .configure_view(strokeWidth=0)
    )


def gantt(frame: pd.DataFrame, today: date, colors: Palette) -> alt.LayerChart:
    """Draw one row a phase: its days in the plan, what is done, what was planned by now, today.

    `frame` is `Outlook.phases` of one sheet. Phases without a day of their own (done before
    the plan began) are left out.
    """
    data = frame[frame["first_day"].notna()].copy()
    data["first_day"] = pd.to_datetime(data["first_day"])
    # A bar ends where its last day does, so neighbours meet.
    data["end"] = pd.to_datetime(data["last_day"]) + pd.Timedelta(days=1)
    length = data["end"] - data["first_day"]
    data["done_until"] = data["first_day"] + length * data["share"]
    data["planned_until"] = data["first_day"] + length * (data["planned"] / data["total"])
    data["state_text"] = [
        f"{done} of {total} · {_STATE_WORDS[state].format(behind)}"
        for done, total, state, behind in zip(
            data["done"], data["total"], data["state"], data["behind"], strict=True
        )
    ]
    x = alt.X("first_day:T", title=None, scale=alt.Scale(nice=False), axis=_MONTHS)
    y = alt.Y("title:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    tooltip = [
        alt.Tooltip("title:N", title="Phase"),
        alt.Tooltip("first_day:T", title="From", format=_DAY),
        alt.Tooltip("last_day:T", title="To", format=_DAY),
        alt.Tooltip("done:Q", title="Done"),
        alt.Tooltip("planned:Q", title="Planned by now"),
        alt.Tooltip("total:Q", title="Questions"),
    ]
    base = alt.Chart(data).encode(x=x, y=y, tooltip=tooltip)
    track = base.mark_bar(height=12, yOffset=9, color=colors.track).encode(x2="end:T")
    done = base.mark_bar(height=12, yOffset=9, color=colors.status["done"]).encode(
        x2="done_until:T"
    )
    planned = (
        alt.Chart(data[(data["planned"] > 0) & (data["state"] != "finished")])
        .mark_tick(orient="vertical", thickness=3, size=20, yOffset=9, color=colors.text)
        .encode(x="planned_until:T", y=y, tooltip=tooltip)
    )
    name = base.mark_text(
        align="left", baseline="bottom", dy=2, fontSize=13, color=colors.text
    ).encode(x=alt.value(0), text="title:N")
    state = base.mark_text(
        align="right", baseline="bottom", dy=2, fontSize=12, color=colors.muted
    ).encode(x=alt.value("width"), text="state_text:N")
    span = data["end"].max() - data["first_day"].min()
    is_near = data["first_day"].min() - span <= pd.Timestamp(today) <= data["end"].max() + span
    lines = [_today_line(today, colors)] if is_near else []  # far away, it would crowd the bars
    layers = alt.layer(track, done, planned, *lines, name, state)
    return _plain_view(layers, len(data), row_height=44)


def burn_up(
    lines: pd.DataFrame,
    band: pd.DataFrame | None,
    scope: int,
    today: date,
    target: date | None,
    colors: Palette,
) -> alt.LayerChart:
    """Draw questions done in all by day: what is done, the plan, the scope, the forecast.

    `lines` is `Outlook.lines`, `band` is `Outlook.band`.
    """
    x = alt.X("day:T", title=None, axis=_MONTHS, scale=alt.Scale(nice=False))
    axis = alt.Axis(tickCount=5, tickMinStep=1, domain=False)
    y = alt.Y("count:Q", title="Questions done", axis=axis)
    color = alt.Color(
        "line:N",
        scale=alt.Scale(
            domain=list(BURN_UP_LINES),
            range=[colors.status["done"], colors.muted, colors.accent, colors.text],
        ),
        legend=alt.Legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=3),
    )
    tooltip = [
        alt.Tooltip("day:T", title="By the end of", format=_DAY),
        alt.Tooltip("line:N", title="Line"),
        alt.Tooltip("count:Q", title="Questions"),
    ]
    ends = [
        lines["day"].min(),
        max([lines["day"].max()] + ([] if band is None else [band["day"].max()])),
    ]
    parts = []
    if band is not None:
        parts.append(
            alt.Chart(band)
            .mark_area(opacity=0.25, color=colors.accent)
            .encode(x=x, y=alt.Y("low:Q", title="Questions done", axis=axis), y2="high:Q")
        )
        middle = band.rename(columns={"middle": "count"}).assign(line="Forecast")
        lines = pd.concat([lines, middle[["day", "line", "count"]]], ignore_index=True)
    whole = pd.DataFrame({"day": ends, "count": scope, "line": "Scope"})
    lines = pd.concat([lines, whole], ignore_index=True)
    parts.append(
        alt.Chart(lines)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=x,
            y=y,
            color=color,
            strokeDash=alt.StrokeDash(
                "line:N",
                scale=alt.Scale(domain=list(BURN_UP_LINES), range=[[1, 0], [1, 0], [1, 0], [4, 4]]),
                legend=None,
            ),
            tooltip=tooltip,
        )
    )
    parts.append(_today_line(today, colors))
    if target is not None:
        parts.append(_day_line(target, "Interview", colors.text))
        parts.append(_day_name(target, "Interview", colors.text))
    return alt.layer(*parts).properties(height=300).configure_view(strokeWidth=0)


def due_by_day(frame: pd.DataFrame, colors: Palette) -> alt.Chart:
    """Draw how many questions are due on each day. `frame` has `day` and `due`."""
    return (
        alt.Chart(frame)
        .mark_bar(color=colors.accent, cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
        .encode(
            x=alt.X(
                "yearmonthdate(day):O",
                title=None,
                axis=alt.Axis(format="%d %b", labelAngle=0, labelOverlap=True),
            ),
            y=alt.Y("due:Q", title="Questions due", axis=alt.Axis(tickMinStep=1, tickCount=4)),
            tooltip=[
                alt.Tooltip("day:T", title="Day", format=_DAY),
                alt.Tooltip("due:Q", title="Due"),
            ],
        )
        .properties(height=180)
        .configure_view(strokeWidth=0)
    )


def story_matrix(frame: pd.DataFrame, colors: Palette) -> alt.LayerChart:
    """Draw stories × categories: how many questions each story answers. `frame`: stories.matrix."""
    base = alt.Chart(frame).encode(
        x=alt.X(
            "category:N",
            sort=None,
            title=None,
            axis=alt.Axis(
                labelAngle=-40,
                labelLimit=150,
                labelOverlap=False,
                orient="top",
                ticks=False,
                domain=False,
            ),
        ),
        y=alt.Y(
            "story:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelLimit=190, labelFlush=False, ticks=False, domain=False),
        ),
        tooltip=[
            alt.Tooltip("story:N", title="Story"),
            alt.Tooltip("category:N", title="Category"),
            alt.Tooltip("questions:Q", title="Questions answered"),
        ],
    )
    cells = base.mark_rect(cornerRadius=3, stroke=colors.background, strokeWidth=2).encode(
        color=alt.Color(
            "questions:Q", scale=alt.Scale(range=colors.heat, type="linear"), legend=None
        )
    )
    numbers = (
        base.transform_filter("datum.questions > 0")
        .mark_text(fontSize=12)
        .encode(
            text="questions:Q",
            color=alt.when(f"datum.questions > {frame['questions'].max() / 2}")
            .then(alt.value(colors.background))
            .otherwise(alt.value(colors.text)),
        )
    )
    matrix = alt.layer(cells, numbers).properties(width=alt.Step(42), height=alt.Step(MATRIX_ROW))
    return matrix.configure_view(strokeWidth=0)


def score_trends(frame: pd.DataFrame, colors: Palette) -> alt.LayerChart:
    """Draw one row a category: its name, its last score and the change since its first, a line.

    `frame` is `mock.by_category` of one sheet. In its row, a line runs from 0 at the foot to 100 %.
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
    scale = alt.Scale(domain=[0, len(groups)], reverse=True, nice=False, zero=False)
    margin = max((data["day"].max() - data["day"].min()) * 0.02, pd.Timedelta(days=1))
    days = [data["day"].min() - margin, data["day"].max() + margin]
    x = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(domain=[f"{day:%Y-%m-%d}" for day in days], nice=False),
        axis=alt.Axis(
            format="%d %b",
            tickCount="day" if days[1] - days[0] < pd.Timedelta(days=8) else 5,
            labelOverlap=True,
            grid=False,
            domain=False,
        ),
    )
    line = alt.Chart(data).encode(
        x=x, y=alt.Y("height:Q", axis=None, scale=scale), detail="category:N"
    )
    tooltip = [
        alt.Tooltip("category:N", title="Category"),
        alt.Tooltip("day:T", title="Day", format=_DAY),
        alt.Tooltip("score:Q", title="Score", format=".0%"),
        alt.Tooltip("answers:Q", title="Answers"),
    ]
    base = alt.Chart(groups)
    head = alt.Y("head:Q", axis=None, scale=scale)
    layers = alt.layer(
        base.mark_rule(color=colors.track).encode(y=alt.Y("foot:Q", axis=None, scale=scale)),
        line.mark_line(strokeWidth=2, color=colors.accent),
        line.mark_circle(size=45, opacity=1, color=colors.accent).encode(tooltip=tooltip),
        base.mark_text(
            align="left", baseline="bottom", fontSize=13, color=colors.text, limit=230
        ).encode(x=alt.value(0), y=head, text="category:N"),
        base.mark_text(align="right", baseline="bottom", fontSize=12, color=colors.muted).encode(
            x=alt.value("width"), y=head, text="last_text:N"
        ),
    )
    return layers.properties(height=64 * len(groups) + 30).configure_view(strokeWidth=0)


def heat_map(frame: pd.DataFrame, colors: Palette) -> alt.Chart:
    """Draw a year of days, a column a week: the more done on a day, the stronger its colour.

    `frame` is `activity.last_year`.
    """
    data = frame.assign(level=frame["count"].clip(upper=HEAT_LEVELS))
    return (
        alt.Chart(data)
        .mark_rect(cornerRadius=2, stroke=colors.background, strokeWidth=1.5)
        .encode(
            x=alt.X(
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
            ),
            y=alt.Y(
                "day(day):O",
                title=None,
                sort=[1, 2, 3, 4, 5, 6, 0],
                axis=alt.Axis(
                    labelExpr="{1:'Mon',3:'Wed',5:'Fri'}[day(datum.value)] || ''",
                    ticks=False,
                    domain=False,
                ),
                scale=alt.Scale(padding=0),
            ),
            color=alt.Color(
                "level:O",
                scale=alt.Scale(domain=list(range(HEAT_LEVELS + 1)), range=colors.heat),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("day:T", title="Day", format=_DAY),
                alt.Tooltip("count:Q", title="Steps"),
            ],
        )
        .properties(height=130)
        .configure_view(strokeWidth=0)
    )


def _today_line(today: date, colors: Palette) -> alt.Chart:
    return _day_line(today, "Today", colors.accent)


def _day_line(day: date, title: str, color: str) -> alt.Chart:
    return (
        alt.Chart(pd.DataFrame({"marked": [pd.Timestamp(day)]}))
        .mark_rule(strokeWidth=2, color=color)
        .encode(x="marked:T", tooltip=alt.Tooltip("marked:T", title=title, format=_DAY))
    )


def _day_name(day: date, title: str, color: str) -> alt.Chart:
    """Draw a day line's name at the foot of the chart."""
    return (
        alt.Chart(pd.DataFrame({"marked": [pd.Timestamp(day)], "name": [title]}))
        .mark_text(align="right", dx=-6, dy=-8, fontSize=12, fontWeight="bold", color=color)
        .encode(x="marked:T", y=alt.value("height"), text="name:N")
    )


def _status_color(colors: Palette) -> alt.Color:
    domain = [STATUS_TITLES[status] for status in STATUSES]
    return alt.Color(
        "status_title:N",
        scale=alt.Scale(domain=domain, range=[colors.status[status] for status in STATUSES]),
        legend=None,
    )


def _sheet_color(colors: Palette) -> alt.Color:
    return alt.Color(
        "sheet_title:N",
        scale=alt.Scale(
            domain=list(SHEET_TITLES.values()), range=[colors.sheet[slug] for slug in SHEET_TITLES]
        ),
        legend=alt.Legend(title=None, orient="top"),
    )


def _plain_view(
    chart: alt.LayerChart | alt.FacetChart, rows: int, row_height: int = ROW_HEIGHT
) -> alt.LayerChart:
    return chart.properties(height=rows * row_height).configure_view(strokeWidth=0)
