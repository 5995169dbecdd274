"""Figures of a benchmark: what was measured beside what, the goal, and whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass
class Figure:
    """One thing measured, `ours` beside the `floor` turn by turn, in `unit`.

    `goal` is the most that the ratio of the medians may be, `p95_goal` that of our 95th
    percentile to the floor's median. Without a floor, the goals are for `ours` itself.
    """

    name: str
    goal: float
    unit: str = "ms"
    p95_goal: float | None = None
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    @property
    def measured(self) -> float:
        """The figure that the goal is for: the ratio of the medians, or our median."""
        return median(self.ours) / (median(self.floor) if self.floor else 1)

    @property
    def p95(self) -> float:
        """Our 95th percentile."""
        return _p95(self.ours)

    @property
    def holds(self) -> bool:
        """Whether every goal is met."""
        in_time = self.p95_goal is None or self.p95 <= self.p95_goal * median(self.floor)
        return self.measured <= self.goal and in_time

    def row(self) -> str:
        """Return the figure as a row of the table."""
        goal = f"≤ {self.goal:g} ×" if self.floor else f"≤ {self.goal:g} {self.unit}"
        if self.p95_goal:
            goal += f", p95 ≤ {self.p95_goal:g} ×"
        floor = f"{median(self.floor):,.1f}" if self.floor else "–"
        measured = f"{self.measured:.2f}" if self.floor else "–"
        cells = [
            self.name,
            goal,
            f"{median(self.ours):,.1f} {self.unit}",
            f"{self.p95:,.1f}",
            floor,
            measured,
            "holds" if self.holds else "**does not**",
        ]
        return "| " + " | ".join(cells) + " |"


HEAD = """| figure | goal | median | p95 | floor | ratio | |
| --- | --- | --: | --: | --: | --: | --- |"""


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as one Markdown table."""
    return "\n".join([HEAD, *(figure.row() for figure in figures)])


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
