"""Charts of the plan."""

from datetime import date, timedelta

import pandas as pd

from prep import charts
from prep.charts import palette

TODAY = date(2026, 11, 23)


def test_a_line_of_years_is_thinned_and_keeps_its_end():
    days = [TODAY + timedelta(days=n) for n in range(5000)]
    lines = pd.DataFrame({"day": pd.to_datetime(days), "line": "Plan", "count": range(5000)})
    drawn = charts.burn_up(lines, None, 5000, TODAY, None, palette(False)).data["lines"]
    assert len(drawn) <= 1002
    assert drawn[drawn["line"] == "Plan"]["count"].max() == 4999
