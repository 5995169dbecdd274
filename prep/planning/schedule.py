"""The person's own calendar: which question on which day.

Everything here is a pure function of questions, settings and a day.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from prep.planning import packing
from prep.planning.plan_items import InSequence, PlanItem, in_sequence
from prep.planning.quotas import daily_quotas
from prep.progress.setting_texts import (
    ALTERNATE,
    LEFT_OUT,
    MINUTES,
    ONE_AFTER_THE_OTHER,
    QUESTIONS,
    SIDE_BY_SIDE,
    WEEKS,
    Pace,
)
from prep.progress.settings import Settings

Minutes = Mapping[date, int]

_DAY = itemgetter(0)


class Planned(NamedTuple):
    """A question on its day."""

    date: date
    item: PlanItem


def plan(
    items: Sequence[PlanItem], settings: Settings, today: date, reserved: Minutes | None = None
) -> list[Planned]:
    """Return the days of the questions that are in the plan and not done, in order.

    Nothing lies before `today` or the start, nothing on a day that is no study day, no study
    day between is left empty (but where the sheets' own weeks give it nothing), and each
    question comes once. What was moved by hand stands where it was put, or on the next study
    day; once that day has passed it comes first. What is done today counts towards today.
    With a pace in minutes, `reserved` are the minutes of a day that go to something else; where
    they are no more than half of it, the day still has a question.
    """
    return _placed(lanes(items, settings), settings, today, reserved or {})


def baseline(items: Sequence[PlanItem], settings: Settings, today: date) -> list[Planned]:
    """Return the plan as it was on the day it starts: nothing done since, nothing moved."""
    start = settings.start_on or today
    sequence = in_sequence(items, settings)
    done_before = tuple(
        n for n, item in enumerate(sequence) if item.done_on and item.done_on < start
    )
    by_minutes = settings.pace.unit == MINUTES
    minutes = tuple(item.minutes for item in sequence) if by_minutes else None
    return sequence.latest(
        "baseline",
        (settings, start, _skipped(sequence), done_before, minutes),
        lambda: _placed(_at_start(lanes(sequence, settings), start), settings, start, {}),
    )


def _at_start(lanes: list[list[PlanItem]], start: date) -> list[list[PlanItem]]:
    return [
        [
            item
            if item.moved_to is item.done_on is None
            else replace(item, done_on=None, moved_to=None)
            for item in lane
            if item.done_on is None or item.done_on >= start
        ]
        for lane in lanes
    ]


def in_plan(items: Sequence[PlanItem], settings: Settings) -> list[PlanItem]:
    """Return the questions that the settings include, done ones too, in sequence."""
    sequence = in_sequence(items, settings)
    return [sequence[place] for place in _in_plan(sequence, settings)]


def _in_plan(sequence: InSequence, settings: Settings) -> tuple[int, ...]:
    return sequence.latest(
        "in plan",
        (settings.sheets, settings.level, settings.outside_sequence, _skipped(sequence)),
        lambda: tuple(n for n, item in enumerate(sequence) if why_left_out(item, settings) is None),
    )


def _skipped(sequence: InSequence) -> tuple[int, ...]:
    return tuple(n for n, item in enumerate(sequence) if item.skipped)


def why_left_out(item: PlanItem, settings: Settings) -> str | None:
    """Return in words why a question is not in the plan, None where it is."""
    if item.sheet not in settings.sheets:
        return "its sheet is not in your plan"
    if settings.level == "EM" and item.level == "DIR":
        return "it is asked of directors only"
    if settings.outside_sequence == LEFT_OUT and item.phase_position is None:
        return "the suggested sequence omits it"
    if item.skipped:
        return "you skipped it"
    return None


def lanes(items: Sequence[PlanItem], settings: Settings) -> list[list[PlanItem]]:
    """Return the questions of the plan in order, done ones too, each lane at the pace by itself.

    Side by side, and with the sheets' own weeks, each sheet is a lane; else there is one.
    """
    sequence = in_sequence(items, settings)
    included = _in_plan(sequence, settings)
    apart = settings.interleave == SIDE_BY_SIDE or settings.pace.unit == WEEKS

    def places() -> list[list[int]]:
        sheets = [[n for n in included if sequence[n].sheet == sheet] for sheet in settings.sheets]
        return sheets if apart else [_interleaved(sheets, settings.interleave)]

    inputs = (settings.sheets, settings.interleave, apart, included)
    found = sequence.latest("lanes", inputs, places)
    return [[sequence[place] for place in lane] for lane in found]


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
        [item.minutes for item in lane if item.done_on is None] for lane in lanes(items, settings)
    ]
    if settings.pace.unit == MINUTES:
        capacities = [packing.smallest_capacity(minutes, days) or 0 for minutes in remaining]
        return Pace(max(capacities, default=0), MINUTES)
    most = max((len(minutes) for minutes in remaining), default=0)
    return Pace(ceil(10 * most / days) / 10, QUESTIONS)


def _interleaved(sheets: list[list[int]], how: str) -> list[int]:
    if how == ONE_AFTER_THE_OTHER or len(sheets) < 2:
        return [place for sheet in sheets for place in sheet]
    shares = [1, 1] if how == ALTERNATE else [int(share) for share in how.split(":")]
    rounds = min(ceil(len(sheet) / share) for sheet, share in zip(sheets, shares, strict=True))
    merged = [
        place
        for n in range(rounds)
        for sheet, share in zip(sheets, shares, strict=True)
        for place in sheet[n * share : (n + 1) * share]
    ]
    for sheet, share in zip(sheets, shares, strict=True):
        merged += sheet[rounds * share :]
    return merged


def _placed(
    lanes: list[list[PlanItem]], settings: Settings, today: date, reserved: Minutes
) -> list[Planned]:
    placed = [_place(lane, settings, today, reserved) for lane in lanes]
    return placed[0] if len(placed) == 1 else sorted(chain.from_iterable(placed), key=_DAY)


def _place(
    lane: list[PlanItem], settings: Settings, today: date, reserved: Minutes
) -> list[Planned]:
    """Put what is left of one lane on its days.

    First come those whose day, set by hand, has passed; then the others, around those moved to a
    day that is still to come.
    """
    days = settings.calendar()
    earliest = max(today, settings.start_on or today)
    first = days.on_or_after(earliest)
    left = [item for item in lane if item.done_on is None]
    by_hand = [(item.moved_to, item) for item in left if item.moved_to]
    lapsed = [item for day, item in sorted(by_hand, key=_DAY) if day < earliest]
    moved = [Planned(days.on_or_after(day), item) for day, item in by_hand if day >= earliest]
    queue = lapsed + [item for item in left if item.moved_to is None]
    done_today = [item for item in lane if item.done_on == first]
    if settings.pace.unit == MINUTES:
        free = _by_minutes(queue, moved, done_today, settings, first, reserved)
    else:
        quotas = daily_quotas(lane, settings, today, first)
        free = list(_by_quota(queue, moved, done_today, quotas, first))
    if not moved and not lapsed:
        return free
    in_order = dict.fromkeys(item.id for item in [*lapsed, *lane])
    rank = {question_id: place for place, question_id in enumerate(in_order)}
    return sorted([*moved, *free], key=lambda planned: (planned.date, rank[planned.item.id]))


def _by_quota(
    queue: list[PlanItem],
    moved: list[Planned],
    done_today: list[PlanItem],
    quotas: Iterator[tuple[date, int]],
    first: date,
) -> Iterator[Planned]:
    taken = Counter(planned.date for planned in moved)
    taken[first] += len(done_today)
    waiting = deque(queue)
    for day, quota in quotas:
        if not waiting:
            return
        for _ in range(min(quota - taken[day], len(waiting))):
            yield Planned(day, waiting.popleft())


def _by_minutes(
    queue: list[PlanItem],
    moved: list[Planned],
    done_today: list[PlanItem],
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
    for day, item in [*moved, *(Planned(first, item) for item in done_today)]:
        place = calendar.count(first, day)
        taken[place] += item.minutes
        never_empty.discard(place)
    minutes = [item.minutes for item in queue]
    places = packing.pack(minutes, round(settings.pace.amount), taken, never_empty)
    days = calendar.first(places[-1] + 1, first) if places else []
    return [Planned(days[place], item) for place, item in zip(places, queue, strict=True)]
