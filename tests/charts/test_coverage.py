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


def test_a_row_says_how_many_are_in_scope_where_that_is_given(half_done):
    groups = coverage.counts_by_group(half_done, "category")
    behavioral = groups[groups["sheet"] == "behavioral"]
    chart = charts.coverage_bars(behavioral.assign(in_scope=3), palette(False))
    texts = list(chart.data["groups"]["done_text"])
    assert all(text.endswith("% · 3 in scope") for text in texts)
