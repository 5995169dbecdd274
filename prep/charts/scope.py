"""What is in the scope of the plan, by category."""

from __future__ import annotations

from functools import cache

import altair as alt
import pandas as pd

from prep.charts.base import Chart, Palette, Spec, on, spec_of, tall

_ROW_HEIGHT = 19


def scope_bars(frame: pd.DataFrame, colors: Palette) -> Chart:
    """Draw a small bar a category: how many of its questions are in the scope, of how many.

    `frame` is `plan_tables.scope` of one sheet.
    """
    counts = zip(frame["chosen"], frame["total"], strict=True)
    data = frame.assign(text=[f"{chosen} of {total}" for chosen, total in counts])
    return Chart(tall(_scope_bars(colors), len(data), _ROW_HEIGHT), {"categories": data})


@cache
def _scope_bars(colors: Palette) -> Spec:
    base = on("categories").encode(
        y=alt.Y(
            "category:N",
            sort=None,
            title=None,
            axis=alt.Axis(
                domain=False,
                ticks=False,
                labelLimit=190,
                labelColor=colors.text,
                labelOverlap=False,
            ),
        ),
        tooltip=[
            alt.Tooltip("category:N", title="Category"),
            alt.Tooltip("chosen:Q", title="Questions that fit"),
            alt.Tooltip("total:Q", title="Questions in all"),
            alt.Tooltip("minutes:Q", title="Minutes"),
        ],
    )
    whole = base.mark_bar(color=colors.track, height=7).encode(x=alt.X("total:Q", axis=None))
    chosen = base.mark_bar(color=colors.accent, height=7).encode(x=alt.X("chosen:Q", axis=None))
    texts = base.mark_text(align="left", dx=5, fontSize=11, color=colors.muted)
    return spec_of(alt.layer(whole, chosen, texts.encode(x="total:Q", text="text:N")))
