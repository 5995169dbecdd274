"""A spec is made once for each theme; what it names is what it is given."""

from datetime import date

import pandas as pd
import pytest

from prep import charts
from prep.charts import palette
from prep.progress import activity, coverage

TODAY = date(2026, 11, 23)


def names(spec):
    """Return every name of data in a spec."""
    if isinstance(spec, dict):
        own = {spec["name"]} if set(spec) == {"name"} else set()
        return own.union(*(names(value) for value in spec.values()))
    return set().union(*(names(value) for value in spec)) if isinstance(spec, list) else set()


def made(db, dark):
    colors = palette(dark)
    groups = coverage.counts_by_group(db, "category")
    weeks = coverage.done_by_week(db, TODAY)
    lines = pd.DataFrame({"day": pd.to_datetime([TODAY]), "line": ["Done"], "count": [1]})
    phases = pd.DataFrame(
        [
            {
                "sheet": "behavioral",
                "title": "Foundation",
                "first_day": TODAY,
                "last_day": TODAY,
                "done": 1,
                "planned": 1,
                "total": 2,
                "behind": 0,
                "share": 0.5,
                "state": "now",
            }
        ]
    )
    cells = pd.DataFrame({"story": ["A"], "category": ["C"], "questions": [1]})
    scores = pd.DataFrame(
        {
            "position": [1],
            "category": ["C"],
            "day": pd.to_datetime([TODAY]),
            "score": [0.5],
            "answers": [1],
        }
    )
    scoped = pd.DataFrame({"category": ["C"], "chosen": [1], "total": [2], "minutes": [40]})
    return {
        "coverage": charts.coverage_bars(groups[groups["sheet"] == "behavioral"], colors),
        "remembered": charts.remembered_bars(coverage.remembered(db, {}), colors),
        "weeks": charts.done_by_week(weeks, colors),
        "cumulative": charts.cumulative(weeks, colors),
        "gantt": charts.gantt(phases, TODAY, colors),
        "burn-up": charts.burn_up(lines, None, 2, TODAY, None, colors),
        "heat map": charts.heat_map(activity.last_year({}, TODAY), colors),
        "due": charts.due_by_day(pd.DataFrame({"day": [TODAY], "due": [1]}), colors),
        "matrix": charts.story_matrix(cells, colors),
        "trends": charts.score_trends(scores, colors),
        "scope": charts.scope_bars(scoped, colors),
    }


@pytest.fixture
def both_themes(half_done):
    return made(half_done, dark=False), made(half_done, dark=True)


def test_each_chart_is_given_all_the_data_that_it_names(both_themes):
    for name, chart in both_themes[0].items():
        assert names(dict(chart.spec)) == set(chart.data), name


def test_a_theme_has_its_own_colours(both_themes):
    light, dark = both_themes
    for name in light:
        assert light[name].spec != dark[name].spec, name


def test_no_data_stands_in_a_spec(both_themes):
    for name, chart in both_themes[0].items():
        assert "datasets" not in chart.spec, name
        assert "values" not in str(chart.spec.get("data")), name


def test_a_spec_is_made_once(half_done):
    first, second = made(half_done, dark=False), made(half_done, dark=False)
    for name in first:
        one, two = (dict(chart[name].spec) for chart in (first, second))
        assert one.get("layer", one["config"]) is two.get("layer", two["config"]), name
