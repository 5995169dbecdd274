"""Minutes packed into days, in order and evenly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    return _smallest_capacity(minutes, days, {}, sum(minutes))


def pack(minutes: Sequence[int], capacity: int, taken: Loads) -> list[int]:
    """Return for each of `minutes`, in order, the place (0, 1, …) of its day.

    As few days as `capacity` minutes a day allow, and on those days the heaviest as light as
    can be. What alone exceeds the capacity has a day to itself.
    """
    if not minutes:
        return []
    fitting = [min(length, capacity) for length in minutes]
    days = _fill(fitting, capacity, taken)[-1] + 1
    return _fill(fitting, _smallest_capacity(fitting, days, taken, capacity), taken)


def _smallest_capacity(minutes: Sequence[int], days: int, taken: Loads, enough: int) -> int:
    low, high = max(minutes), enough
    while low < high:
        middle = (low + high) // 2
        if _fill(minutes, middle, taken)[-1] < days:
            high = middle
        else:
            low = middle + 1
    return high


def _fill(minutes: Sequence[int], capacity: int, taken: Loads) -> list[int]:
    day, load = 0, taken.get(0, 0)
    places = []
    for length in minutes:
        while load + length > capacity and load > 0:
            day += 1
            load = taken.get(day, 0)
        load += length
        places.append(day)
    return places
