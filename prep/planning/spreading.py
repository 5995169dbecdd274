"""A fitted plan: its questions spread over the minutes of the study days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter

from prep.planning import packing
from prep.planning.plan_items import PlanItem
from prep.planning.planned import Planned
from prep.progress.settings import Settings

Minutes = Mapping[date, int]


def spread(
    queue: list[PlanItem],
    moved: list[Planned],
    lane: list[PlanItem],
    settings: Settings,
    first: date,
    reserved: Minutes,
) -> list[Planned]:
    """Spread questions over the minutes of the study days from `first` on.

    `moved` have a day of their own, `queue` fills what they leave. `lane` has all, done ones too,
    in sequence. The minutes of what was put off today stay free for what is moved by hand.
    """
    calendar = settings.calendar()
    done_today = sum(item.whole_minutes for item in lane if item.done_on == first)
    used = Counter({0: done_today})
    reviews = {calendar.count(first, day): spent for day, spent in reserved.items() if day >= first}

    def room(place: int) -> int:
        free = settings.minutes_a_day - max(reviews.get(place, 0), _reserve(place, settings))
        return max(free - used[place], 0)

    laid = []
    for planned in sorted(moved, key=attrgetter("date")):
        place = calendar.count(first, planned.date)
        [sittings] = packing.spread([planned.item.minutes], room, place)
        used.update(dict(sittings))
        laid.append((planned.item, sittings))
    by_hand, used[0] = used[0] - done_today, done_today
    before = _in_turn(_before_it_was_put_off(queue, lane, first), room)
    if before:
        stays = [dict(sits).get(0, 0) for item, sits in before if item.put_off_on != first]
        by_hand = max(by_hand, room(0) - sum(stays))
    used[0] += by_hand
    laid += _in_turn(queue, room)
    last = max((sittings[-1][0] for _, sittings in laid), default=0)
    days = calendar.first(last + 1, first)
    return [_planned(item, [(days[place], part) for place, part in parts]) for item, parts in laid]


def _in_turn(
    queue: list[PlanItem], room: Callable[[int], int]
) -> list[tuple[PlanItem, list[tuple[int, int]]]]:
    minutes = [item.minutes for item in queue]
    return list(zip(queue, packing.spread(minutes, room), strict=True))


def _before_it_was_put_off(
    queue: list[PlanItem], lane: list[PlanItem], today: date
) -> list[PlanItem]:
    """Return the queue with what was put off today at its former turn; empty where nothing was."""
    put_off = [item for item in lane if item.put_off_on == today and item.done_on is None]
    if not put_off:
        return []
    turns = {item.id: turn for turn, item in enumerate(lane)}
    lapsed = [item for item in queue if item.moved_to]
    others = sorted(
        [*(item for item in queue if not item.moved_to), *put_off],
        key=lambda item: turns[item.id],
    )
    return sorted([*lapsed, *others], key=lambda item: item.status == "todo")


def _planned(item: PlanItem, sittings: list[tuple[date, int]]) -> Planned:
    last = sittings[-1][0]
    return Planned(last, item, tuple(sittings) if len(sittings) > 1 else ())


def _reserve(place: int, settings: Settings) -> int:
    """Return the minutes kept of a day; of the first, none: what is due then is known."""
    if place == 0:
        return 0
    before, after = (
        round(n * settings.minutes_a_day * settings.reserve) for n in (place, place + 1)
    )
    return after - before
