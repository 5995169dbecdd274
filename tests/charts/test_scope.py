"""The chart of what is in the scope."""

import pandas as pd

from prep import charts
from prep.charts import palette


def test_a_category_has_a_bar_of_its_own_with_both_counts():
    frame = pd.DataFrame(
        {"category": ["Caching", "Queues"], "chosen": [2, 0], "total": [9, 4], "minutes": [80, 0]}
    )
    chart = charts.scope_bars(frame, palette(False))
    assert list(chart.data["categories"]["text"]) == ["2 of 9", "0 of 4"]
    assert chart.spec["height"] == 38
