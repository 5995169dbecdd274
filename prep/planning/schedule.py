"""The person's own calendar: which question on which day.

Everything here is a pure function of questions, settings and a day.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from math import ceil
from operator import itemgetter

from prep.planning import packing, spreading
from prep.planning.lanes import by_hand, list_lanes
from prep.planning.plan_items import PlanItem, in_sequence
from prep.planning.planned import Planned
from prep.planning.quotas import daily_quotas
from prep.planning.spreading import Minutes
from prep.progress.setting_texts import FIT, MINUTES, QUESTIONS, Pace
from prep.progress.settings import Settings

_DAY = itemgetter(0)


def plan(
    items: Sequence[PlanItem], settings: Settings, today: date, reserved: Minutes | None = None
) -> list[Planned]:
    """Return the days of the questions that are in the plan and not done, in order.

    Nothing lies before `today` or the start, nothing on a day that is no study day, no study
    day between is left empty (but where the sheets' own weeks give it nothing), and each
    question comes once. What was moved by hand stands where it was put, or on the next study
    day; once that day has passed it comes first. What is done today, or put off today, counts
    towards today, so that nothing else moves in but what is moved there by hand.
    With a pace in minutes, `reserved` are the minutes of a day that go to something else; where
    they are no more than half of it, the day still has a question. A fitted plan fills each day to
    its last minute, what is begun first, and keeps the reserve of the days to come.
    """
    return _placed(list_lanes(items, settings), settings, today, reserved or {})


def baseline(items: Sequence[PlanItem], settings: Settings, today: date) -> list[Planned]:
    """Return the plan as it was on the day it starts: nothing done since, nothing moved.

    A fitted plan starts anew when it is fitted.
    """
    start = settings.planned_from(today)
    sequence = in_sequence(items, settings)
    done_before = tuple(
        n for n, item in enumerate(sequence) if item.done_on and item.done_on < start
    )
    by_minutes = settings.pace.unit == MINUTES
    minutes = tuple(map(_minutes_at_start, sequence)) if by_minutes else None
    return sequence.latest(
        "baseline",
        (settings, start, by_hand(sequence, settings), done_before, minutes),
        lambda: _placed(_at_start(list_lanes(sequence, settings), start), settings, start, {}),
    )


def _at_start(by_lane: list[list[PlanItem]], start: date) -> list[list[PlanItem]]:
    return [
        [_not_begun(item) for item in lane if item.done_on is None or item.done_on >= start]
        for lane in by_lane
    ]


def _not_begun(item: PlanItem) -> PlanItem:
    if item.status == "todo" and item.moved_to is item.done_on is None:
        return item
    minutes = _minutes_at_start(item)
    return replace(item, status="todo", done_on=None, moved_to=None, minutes=minutes)


def _minutes_at_start(item: PlanItem) -> int:
    return item.minutes if item.status == "todo" else item.whole_minutes


def pace_needed(items: Sequence[PlanItem], settings: Settings, today: date) -> Pace | None:
    """Return the least pace that ends by the target date, None without one or past it.

    Questions are rounded up to a tenth of one a study day; minutes are exact.
    """
    if settings.target_on is None:
        return None
    first = max(today, settings.start_on or today)
    days = settings.calendar().count(first, settings.target_on + timedelta(days=1))
    if days < 1:
        return None
    remaining = [
        [item.minutes for item in lane if item.done_on is None]
        for lane in list_lanes(items, settings)
    ]
    if settings.pace.unit == MINUTES:
        capacities = [packing.smallest_capacity(minutes, days) or 0 for minutes in remaining]
        return Pace(max(capacities, default=0), MINUTES)
    most = max((len(minutes) for minutes in remaining), default=0)
    return Pace(ceil(10 * most / days) / 10, QUESTIONS)


def _placed(
    by_lane: list[list[PlanItem]], settings: Settings, today: date, reserved: Minutes
) -> list[Planned]:
    placed = [_place(lane, settings, today, reserved) for lane in by_lane]
    return placed[0] if len(placed) == 1 else sorted(chain.from_iterable(placed), key=_DAY)


def _place(
    lane: list[PlanItem], settings: Settings, today: date, reserved: Minutes
) -> list[Planned]:
    """Put what is left of one lane on its days.

    First come those that are begun, then those whose day, set by hand, has passed; then the others,
    around those moved to a day that is still to come.
    """
    days = settings.calendar()
    earliest = max(today, settings.start_on or today)
    first = days.on_or_after(earliest)
    left = [item for item in lane if item.done_on is None]
    dated = [(item.moved_to, item) for item in left if item.moved_to]
    lapsed = [item for day, item in sorted(dated, key=_DAY) if day < earliest]
    moved = [Planned(days.on_or_after(day), item) for day, item in dated if day >= earliest]
    others = [item for item in left if item.moved_to is None]
    queue = sorted([*lapsed, *others], key=lambda item: item.status == "todo")
    put_off = [item for item in left if item.moved_to and item.put_off_on == first]
    brought_forward = sum(planned.date == first for planned in moved)
    settled = [item for item in lane if item.done_on == first] + put_off[brought_forward:]
    if settings.scope == FIT:
        placed = spreading.spread(queue, moved, lane, settings, first, reserved)
    elif settings.pace.unit == MINUTES:
        placed = moved + _by_minutes(queue, moved, settled, settings, first, reserved)
    else:
        quotas = daily_quotas(lane, settings, today, first)
        placed = moved + list(_by_quota(queue, moved, settled, quotas, first))
    if not moved and not lapsed:
        return placed
    in_order = dict.fromkeys(item.id for item in [*queue, *lane])
    rank = {question_id: place for place, question_id in enumerate(in_order)}
    return sorted(placed, key=lambda planned: (planned.date, rank[planned.item.id]))


def _by_quota(
    queue: list[PlanItem],
    moved: list[Planned],
    settled: list[PlanItem],
    quotas: Iterator[tuple[date, int]],
    first: date,
) -> Iterator[Planned]:
    taken = Counter(planned.date for planned in moved)
    taken[first] += len(settled)
    waiting = deque(queue)
    for day, quota in quotas:
        if not waiting:
            return
        for _ in range(min(quota - taken[day], len(waiting))):
            yield Planned(day, waiting.popleft())


def _by_minutes(
    queue: list[PlanItem],
    moved: list[Planned],
    settled: list[PlanItem],
    settings: Settings,
    first: date,
    reserved: Minutes,
) -> list[Planned]:
    calendar = settings.calendar()
    taken: Counter[int] = Counter()
    for day, spent in reserved.items():
        if day in calendar and day >= first:
            taken[calendar.count(first, day)] += min(spent, round(settings.pace.amount))
    never_empty = {place for place, spent in taken.items() if 2 * spent <= settings.pace.amount}
    for planned in [*moved, *(Planned(first, item) for item in settled)]:
        item, place = planned.item, calendar.count(first, planned.date)
        taken[place] += item.minutes if item.done_on is None else item.whole_minutes
        never_empty.discard(place)
    minutes = [item.minutes for item in queue]
    places = packing.pack(minutes, round(settings.pace.amount), taken, never_empty)
    days = calendar.first(places[-1] + 1, first) if places else []
    return [Planned(days[place], item) for place, item in zip(places, queue, strict=True)]
