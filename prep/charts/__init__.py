"""Data frames → Vega-Lite, through Altair. Nothing here reads the database."""

from prep.charts.base import Chart, Palette, palette
from prep.charts.coverage import (
    CLICKED_GROUP,
    coverage_bars,
    cumulative,
    done_by_week,
    remembered_bars,
)
from prep.charts.planning import burn_up, gantt, heat_map
from prep.charts.preparing import MATRIX_ROW, due_by_day, score_trends, story_matrix
from prep.charts.scope import scope_bars

__all__ = [
    "CLICKED_GROUP",
    "MATRIX_ROW",
    "Chart",
    "Palette",
    "burn_up",
    "coverage_bars",
    "cumulative",
    "done_by_week",
    "due_by_day",
    "gantt",
    "heat_map",
    "palette",
    "remembered_bars",
    "scope_bars",
    "score_trends",
    "story_matrix",
]
