"""How long plan, forecast and the choice of stories take, without database and page.

    python -m tests.bench.computed

The tests count their steps; here they are timed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace

from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.planning import fitting, forecast, schedule
from prep.practice import story_selection
from prep.progress.setting_texts import MINUTES, QUESTIONS, WEEKS, Pace
from prep.progress.settings import Settings
from tests.bench.measured import Figure, table
from tests.bench.questions import START, item

TURNS = 5
QUESTIONS_HELD, STORIES = 291, 60


def figures(turns: int = TURNS) -> list[Figure]:
    """Return each figure, measured `turns` times."""
    return [*_plans(turns), _fit(turns), _forecast(turns), _stories(turns)]


def _fit(turns: int) -> Figure:
    made = [
        replace(
            item(n, None), sheet=(BEHAVIORAL, SYSTEM_DESIGN)[n % 2], category_position=1 + n % 16
        )
        for n in range(100 * QUESTIONS_HELD)
    ]
    far = Settings(start_on=START, target_on=START.replace(year=START.year + 30))
    name = f"what of {len(made):,} questions fits thirty years"
    return _timed(name, 1000, turns, lambda: fitting.fit(made, far, START))


def _plans(turns: int) -> list[Figure]:
    found = []
    for times, goal in ((1, 20), (100, 2000)):
        count = QUESTIONS_HELD * times
        made = [
            replace(item(n, None), sheet=(BEHAVIORAL, SYSTEM_DESIGN)[n % 2]) for n in range(count)
        ]
        for pace in (Pace(2, QUESTIONS), Pace(60, MINUTES), Pace(0, WEEKS)):
            wanted = Settings(start_on=START, pace=pace)
            name = f"plan of {count:,} questions, {pace}"
            found.append(
                _timed(name, goal, turns, lambda m=made, w=wanted: schedule.plan(m, w, START))
            )
    return found


def _forecast(turns: int) -> Figure:
    wanted = Settings(start_on=START)
    *days, today = wanted.calendar().first(41, START)
    made = [item(n, day) for n, day in enumerate(days)]
    made += [item(1000 + n, None) for n in range(QUESTIONS_HELD - len(days))]

    def run() -> None:
        forecast._drawn.cache_clear()
        forecast.forecast(made, [], wanted, today)

    return _timed(f"forecast of {QUESTIONS_HELD} questions", 50, turns, run)


def _stories(turns: int) -> Figure:
    """Return the longest of stories that answer few, some and many questions each."""
    questions = [f"Q{n}" for n in range(171)]

    def run(share: float) -> None:
        chance = random.Random(1)
        covers = {
            f"S{n}": frozenset(q for q in questions if chance.random() < share)
            for n in range(STORIES)
        }
        story_selection.smallest_cover(covers, questions)

    name = f"fewest of {STORIES} stories"
    shares = (0.02, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5)
    return max(
        (_timed(name, 100, turns, lambda share=share: run(share)) for share in shares),
        key=lambda figure: figure.measured,
    )


def _timed(name: str, goal: float, turns: int, act: Callable[[], object]) -> Figure:
    figure = Figure(name, goal)
    for _ in range(turns):
        began = time.perf_counter()
        act()
        figure.ours.append(1000 * (time.perf_counter() - began))
    return figure


if __name__ == "__main__":
    print(table(figures()))
