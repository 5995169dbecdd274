"""What every chart shares: the colours of a theme, and a spec apart from its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from prep.content.models import BEHAVIORAL, SHEET_TITLES, SYSTEM_DESIGN

Spec = Mapping[str, Any]

ROW_HEIGHT = 38
DAY = "%a %d %b %Y"
MONTHS = alt.Axis(
    format="%b %Y", tickCount="month", labelOverlap=True, grid=True, gridOpacity=0.4, domain=False
)
# One row a group, its bar below its name.
ROWS = alt.Y("group:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
SHARE = alt.Scale(domain=[0, 1], nice=False)


@dataclass(frozen=True, eq=False)
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


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite spec, made once for each theme, and the frames that it names as its data.

    Altair checks each part of a spec against a schema: that took longer than all else on a page.
    """

    spec: Spec
    data: Mapping[str, pd.DataFrame]

    def to_dict(self) -> dict[str, object]:
        """Return the whole as one spec, its `datasets` as frames."""
        return {**self.spec, "datasets": dict(self.data)}


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


def on(name: str) -> alt.Chart:
    """Return a chart to be drawn of the frame that `Chart.data` has under a name."""
    return alt.Chart(alt.NamedData(name))


def spec_of(chart: alt.Chart | alt.LayerChart | alt.FacetChart, height: int | None = None) -> Spec:
    """Return a chart's spec without Altair's own looks; `height` in pixels."""
    sized = chart if height is None else chart.properties(height=height)
    return sized.to_dict() | {"config": {"view": {"strokeWidth": 0}}}


def tall(spec: Spec, rows: int, row_height: int = ROW_HEIGHT) -> Spec:
    """Return the spec as high as its rows need."""
    return {**spec, "height": rows * row_height}


def name_and_count(base: alt.Chart, name: str, count: str, colors: Palette) -> list[alt.Chart]:
    """Draw a row's name on the left and its count on the right, both above its bar."""
    named = base.mark_text(
        align="left", baseline="bottom", dy=1, fontSize=13, color=colors.text, limit=285
    )
    counted = base.mark_text(
        align="right", baseline="bottom", dy=1, fontSize=12, color=colors.muted
    )
    return [
        named.encode(x=alt.value(0), text=f"{name}:N"),
        counted.encode(x=alt.value("width"), text=f"{count}:N"),
    ]


def bars_by_day(name: str, day: str, count: str, title: str, tooltip: list[Any]) -> alt.Chart:
    """Draw a bar for each day of the frame `name`."""
    x = alt.X(
        f"yearmonthdate({day}):O",
        title=None,
        axis=alt.Axis(format="%d %b", labelAngle=0, labelOverlap=True),
    )
    y = alt.Y(f"{count}:Q", title=title, axis=alt.Axis(tickMinStep=1, tickCount=4))
    bars = on(name).mark_bar(cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
    drawn: alt.Chart = bars.encode(x=x, y=y, tooltip=tooltip)
    return drawn


def sheet_color(colors: Palette) -> alt.Color:
    """Return the encoding that gives each sheet its colour and a legend."""
    return alt.Color(
        "sheet_title:N",
        scale=alt.Scale(
            domain=list(SHEET_TITLES.values()), range=[colors.sheet[slug] for slug in SHEET_TITLES]
        ),
        legend=alt.Legend(title=None, orient="top"),
    )


def day_line(name: str, title: str, color: str) -> alt.Chart:
    """Draw a line on the day that the frame `name` holds, if any."""
    tooltip = alt.Tooltip("marked:T", title=title, format=DAY)
    drawn: alt.Chart = (
        on(name)
        .mark_rule(strokeWidth=2, color=color)
        .encode(x=alt.X("marked:T", title=None), tooltip=tooltip)
    )
    return drawn


def day_name(name: str, title: str, color: str) -> alt.Chart:
    """Draw the name of that day at the foot of its line."""
    text = on(name).mark_text(
        align="right", dx=-6, dy=-8, fontSize=12, fontWeight="bold", color=color
    )
    drawn: alt.Chart = text.encode(
        x=alt.X("marked:T", title=None), y=alt.value("height"), text=alt.value(title)
    )
    return drawn


def marked(day: date | None) -> pd.DataFrame:
    """Return the frame of a day to be marked; empty where there is none."""
    return pd.DataFrame({"marked": pd.to_datetime([] if day is None else [day])})
