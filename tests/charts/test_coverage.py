"""Charts of what is covered."""

import pytest

from prep import charts
from prep.charts import palette
from prep.progress import coverage


def test_a_bar_is_as_long_as_its_questions(half_done):
    groups = coverage.counts_by_group(half_done, "category")
    chart = charts.coverage_bars(groups[groups["sheet"] == "behavioral"], palette(False))
    bars = chart.data["bars"]
    of_one = bars[bars["group"] == "Leadership"].sort_values("start")
    assert list(of_one["end"])[-1] == pytest.approx(1)
    assert list(of_one["start"])[1:] == pytest.approx(list(of_one["end"])[:-1])
    assert of_one["status_title"].iloc[0] == "Done", "the furthest is on the left"
