"""Minutes packed into days, in order: whole and evenly, or spread over the days they need."""

from hypothesis import given
from hypothesis import strategies as st

from prep.planning import packing

# The minutes that Grind 75 gives its 75 problems, in its order, its weeks apart.
GRIND_75 = [
    [15, 20, 20, 20, 15, 15, 15, 15, 20, 20, 15, 20],
    [20, 20, 15, 20, 20, 20, 20, 15, 30, 20, 15, 15],
    [20, 20, 25, 30, 30, 30, 30, 20, 25, 30],
    [30, 35, 25, 30, 20, 25, 30, 30],
    [30, 30, 30, 25, 35, 30, 25, 30],
    [30, 25, 25, 30, 20, 25, 20, 25, 35],
    [30, 30, 30, 30, 35, 30, 25, 30],
    [40, 35, 30, 45, 40, 45, 30, 35],
]
MINUTES = st.lists(st.integers(1, 120), min_size=1, max_size=60)


def loads(minutes, places, taken=None):
    total = dict(taken or {})
    for length, place in zip(minutes, places, strict=True):
        total[place] = total.get(place, 0) + length
    return total


def test_eight_even_weeks_of_grind_75_are_at_most_255_minutes():
    minutes = [length for week in GRIND_75 for length in week]
    assert max(sum(week) for week in GRIND_75) == 300
    assert packing.smallest_capacity(minutes, 8) == 255
    places = packing.pack(minutes, 255, {})
    assert max(loads(minutes, places).values()) == 255
    assert places[-1] == 7


@given(MINUTES, st.integers(1, 12))
def test_no_split_in_order_is_lighter_than_the_smallest_capacity(minutes, days):
    found = packing.smallest_capacity(minutes, days)
    best = lightest(tuple(minutes), days)
    assert found == best


def lightest(minutes, days):
    """Return the same by dynamic programming, slowly."""
    infinity = sum(minutes) + 1
    best = [0] + [infinity] * len(minutes)
    for _ in range(days):
        best = [
            min(
                (max(best[cut], sum(minutes[cut:end])) for cut in range(end + 1)),
                default=infinity,
            )
            for end in range(len(minutes) + 1)
        ]
    return best[-1]


@given(MINUTES, st.integers(5, 240), st.dictionaries(st.integers(0, 10), st.integers(1, 240)))
def test_packing_keeps_the_order_and_the_capacity(minutes, capacity, taken):
    places = packing.pack(minutes, capacity, taken)
    assert places == sorted(places)
    own = loads([min(length, capacity) for length in minutes], places)
    for place, load in own.items():
        assert load + taken.get(place, 0) <= capacity
    for place in range(places[-1]):
        assert own.get(place, 0) or taken.get(place, 0), "a day was left empty"


def test_what_exceeds_the_capacity_has_a_day_to_itself():
    assert packing.pack([30, 200, 30], 60, {}) == [0, 1, 2]


def test_nothing_to_pack():
    assert packing.pack([], 60, {}) == []
    assert packing.smallest_capacity([], 5) == 0
    assert packing.smallest_capacity([30], 0) is None


def test_a_day_that_may_not_be_empty_has_one_however_long():
    assert packing.pack([50, 50, 20], 60, {0: 20, 1: 20}) == [2, 3, 4]
    assert packing.pack([50, 50, 20], 60, {0: 20, 1: 20}, {0, 1}) == [0, 1, 2]
    assert packing.pack([30, 50, 20], 60, {0: 20, 1: 60}, {0}) == [0, 2, 3]


@given(MINUTES, st.integers(5, 240), st.dictionaries(st.integers(0, 10), st.integers(1, 240)))
def test_no_day_that_may_not_be_empty_is(minutes, capacity, taken):
    places = packing.pack(minutes, capacity, taken, set(taken))
    assert places == sorted(places)
    assert set(places) == set(range(places[-1] + 1))


def spread(minutes, room, first=0):
    return list(packing.spread(minutes, room, first))


def test_what_does_not_fit_goes_on_the_next_day():
    assert spread([40, 40, 30], lambda _: 60) == [[(0, 40)], [(0, 20), (1, 20)], [(1, 30)]]


def test_minutes_too_few_to_begin_with_are_left_for_the_next_day():
    assert spread([57, 30], lambda _: 60) == [[(0, 57)], [(1, 30)]]
    assert spread([30, 62], lambda place: 60 * (place > 0), 1) == [[(1, 30)], [(1, 30), (2, 32)]]


def test_no_sitting_is_too_short_to_be_worth_it():
    assert spread([62], lambda _: 60) == [[(0, 57), (1, 5)]]


@given(MINUTES, st.lists(st.integers(0, 90), min_size=1, max_size=9), st.integers(0, 3))
def test_each_is_done_whole_in_order_and_no_day_gives_more_than_there_was_by_then(
    minutes, rooms, first
):
    def room(place):
        return [*rooms, 30][min(place, len(rooms))]

    sittings = spread(minutes, room, first)
    assert [sum(part for _, part in parts) for parts in sittings] == minutes
    places = [place for parts in sittings for place, _ in parts]
    assert places == sorted(places)
    used = loads([part for parts in sittings for _, part in parts], places)
    for last in range(first, places[-1] + 1):
        days = range(first, last + 1)
        assert sum(used.get(place, 0) for place in days) <= sum(map(room, days))
    for parts in sittings:
        if len(parts) > 1:
            assert min(part for _, part in parts) >= packing.SHORTEST_SITTING
