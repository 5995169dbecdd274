"""Which question of a sheet is next, so that its categories stay in balance."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from prep.content.models import DIFFICULTIES
from prep.planning.plan_items import PlanItem
from prep.progress.settings import Settings

Category = tuple[str, int]  # sheet, position
category_of = attrgetter("sheet", "category_position")


def weights_of(items: Iterable[PlanItem], settings: Settings) -> dict[Category, Fraction]:
    """Return for each category how many of the questions are its, times the person's focus."""
    focus = {(sheet, position): weight for sheet, position, weight in settings.focus}
    counts = Counter(map(category_of, items))
    return {
        category: count * Fraction(str(focus.get(category, 1)))
        for category, count in counts.items()
    }


def apportioned(
    items: Iterable[PlanItem],
    weights: Mapping[Category, Fraction],
    taken: Mapping[Category, int],
    settings: Settings,
) -> Iterator[PlanItem]:
    """Yield the questions of one sheet as they are chosen, of each category the best first.

    Next is always the category with the greatest weight / (2 · taken + 1), of equals the first on
    the sheet: the method of Webster and Sainte-Laguë (Balinski & Young, "Fair Representation",
    2nd ed. 2001), by which more seats never take one away from anybody. So more time never takes
    a question out. A category without weight has none.
    """
    waiting = {
        category: sorted(group, key=lambda item: _preference(item, settings), reverse=True)
        for category, group in groupby(sorted(items, key=category_of), key=category_of)
        if weights[category]
    }
    queue = [_turn(category, weights, taken.get(category, 0)) for category in waiting]
    heapq.heapify(queue)
    while queue:
        _, category, count = heapq.heappop(queue)
        yield waiting[category].pop()
        if waiting[category]:
            heapq.heappush(queue, _turn(category, weights, count + 1))


def _turn(
    category: Category, weights: Mapping[Category, Fraction], taken: int
) -> tuple[Fraction, Category, int]:
    """Return what sorts a category by its turn, the next first."""
    return -weights[category] / (2 * taken + 1), category, taken


def _preference(item: PlanItem, settings: Settings) -> tuple[bool, int, bool, int]:
    """Return what sorts the questions of a category, the best first."""
    return (
        settings.level == "DIR" and item.level == "EM",
        len(DIFFICULTIES) if item.difficulty is None else DIFFICULTIES.index(item.difficulty),
        not item.has_article,
        item.position,
    )
