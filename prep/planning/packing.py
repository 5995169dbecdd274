"""Minutes packed into days, in order: whole and evenly, or spread over the days they need."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence

SHORTEST_SITTING = 5  # minutes: with less at a day's end, nothing is begun

Loads = Mapping[int, int]  # minutes of a day, by its place, that something else takes


def smallest_capacity(minutes: Sequence[int], days: int) -> int | None:
    """Return the least minutes a day that let `minutes`, kept in order, fit into `days` days.

    None where there are questions and no day. This is the linear partition problem, which asks
    for the lightest heaviest part (Skiena, The Algorithm Design Manual, 2nd ed., 8.5), solved
    by bisection on the capacity.
    """
    if not minutes:
        return 0
    if days < 1:
        return None
    return _smallest_capacity(minutes, days, {}, (), sum(minutes))


def pack(
    minutes: Sequence[int], capacity: int, taken: Loads, never_empty: Container[int] = ()
) -> list[int]:
    """Return for each of `minutes`, in order, the place (0, 1, …) of its day.

    As few days as `capacity` minutes a day allow, and on those days the heaviest as light as
    can be. What alone exceeds the capacity has a day to itself; a day of `never_empty` has one,
    however long it is.
    """
    if not minutes:
        return []
    fitting = [min(length, capacity) for length in minutes]
    days = _fill(fitting, capacity, taken, never_empty)[-1] + 1
    smallest = _smallest_capacity(fitting, days, taken, never_empty, capacity)
    return _fill(fitting, smallest, taken, never_empty)


def _smallest_capacity(
    minutes: Sequence[int], days: int, taken: Loads, never_empty: Container[int], enough: int
) -> int:
    low, high = max(minutes), enough
    while low < high:
        middle = (low + high) // 2
        if _fill(minutes, middle, taken, never_empty)[-1] < days:
            high = middle
        else:
            low = middle + 1
    return high


def _fill(
    minutes: Sequence[int], capacity: int, taken: Loads, never_empty: Container[int]
) -> list[int]:
    day, load, waits = 0, taken.get(0, 0), 0 in never_empty
    places = []
    for length in minutes:
        while load + length > capacity and load > 0 and not waits:
            day += 1
            load, waits = taken.get(day, 0), day in never_empty
        load, waits = load + length, False
        places.append(day)
    return places


def spread(
    minutes: Sequence[int], room: Callable[[int], int], first: int = 0
) -> Iterator[list[tuple[int, int]]]:
    """Yield for each of `minutes`, in order, its sittings: the place of a day, minutes on it.

    `room` gives the minutes of the day at a place; from place `first` on, day after day is filled.
    What does not fit goes on the next day, and so do minutes of a day's end that are too few.
    """
    place, free = first, room(first)
    for length in minutes:
        sittings, left = [], length
        while left:
            part = _sitting(left, free)
            if part:
                sittings.append((place, part))
            left, free = left - part, free - part
            if left:
                place += 1
                free += room(place)
        yield sittings


def _sitting(length: int, free: int) -> int:
    """Return how much of a length is done in the free minutes: all, or some that leaves some."""
    if length <= free:
        return length
    part = min(free, length - SHORTEST_SITTING)
    return part if part >= SHORTEST_SITTING else 0
