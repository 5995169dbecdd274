"""The colours of both themes can be told apart and read; specs stay as they were made."""

from datetime import date
from itertools import combinations

import pandas as pd
import pytest

from prep.charts import base
from prep.charts.base import DARK, LIGHT, Chart
from prep.content.models import SHEET_TITLES
from prep.progress.tracker import STATUSES

READABLE = 4.5  # what WCAG 2 asks of the contrast of text


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def colors(request):
    return request.param


def luminance(color):
    """Return how bright a colour like #1f1d2b is, from 0 to 1, as WCAG 2 counts it."""
    shares = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, bright = sorted([luminance(one), luminance(other)])
    return (bright + 0.05) / (dark + 0.05)


def test_each_status_and_each_sheet_has_a_colour_of_its_own(colors):
    assert set(colors.status) == set(STATUSES)
    assert set(colors.sheet) == set(SHEET_TITLES)
    for of_one in (colors.status, colors.sheet):
        assert len(set(of_one.values())) == len(of_one)


def test_texts_can_be_read_on_the_background(colors):
    assert contrast(colors.text, colors.background) >= READABLE
    assert contrast(colors.muted, colors.background) >= READABLE


def test_more_is_never_fainter_in_the_heat_map(colors):
    seen = [contrast(color, colors.background) for color in colors.heat]
    assert all(less < more for less, more in combinations(seen, 2))


def test_the_legend_gives_each_sheet_the_colour_it_has_elsewhere(colors):
    scale = base.sheet_color(colors).to_dict()["scale"]
    titled = dict(zip(scale["domain"], scale["range"], strict=True))
    assert titled == {SHEET_TITLES[slug]: color for slug, color in colors.sheet.items()}


def test_a_spec_has_the_height_that_is_asked_for_and_none_of_altairs_looks():
    bars = base.on("days").mark_bar()
    assert "height" not in base.spec_of(bars)
    spec = base.spec_of(bars, height=180)
    assert (spec["height"], spec["config"]) == (180, {"view": {"strokeWidth": 0}})
    assert spec["data"] == {"name": "days"}


def test_a_spec_that_is_kept_is_not_stretched_by_those_who_use_it():
    kept = base.spec_of(base.on("groups").mark_bar())
    assert base.tall(kept, 3)["height"] == 3 * base.ROW_HEIGHT
    assert base.tall(kept, 0, 10)["height"] == 0
    assert "height" not in kept


def test_a_day_that_is_not_there_is_a_frame_of_no_rows_that_still_holds_days():
    """A column of another type would make the axis it shares one of names."""
    none, one = base.marked(None), base.marked(date(2026, 11, 23))
    assert len(none) == 0
    assert pd.api.types.is_datetime64_any_dtype(none["marked"])
    assert list(one["marked"]) == [pd.Timestamp(2026, 11, 23)]


def test_a_chart_as_one_spec_names_its_frames_and_leaves_the_kept_one_alone():
    frame = pd.DataFrame({"day": [1]})
    kept = {"mark": "bar"}
    whole = Chart(kept, {"days": frame}).to_dict()
    assert whole["mark"] == "bar"
    assert whole["datasets"]["days"] is frame
    assert kept == {"mark": "bar"}
