"""A fitted plan day by day: what it keeps free, and what putting off a question leaves of today."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from prep.planning import spreading
from prep.planning.planned import Planned
from tests.sample_plans import MONDAY, chosen, done, item

TUESDAY = MONDAY + timedelta(days=1)


def spread(queue, moved=(), lane=None, reserved=None, **fields):
    lane = list(queue) if lane is None else lane
    return spreading.spread(
        list(queue), list(moved), lane, chosen(**fields), MONDAY, reserved or {}
    )


def on(planned, day):
    found = [entry.on(day) for entry in planned]
    return {one.id: one.minutes for one in found if one}


def test_what_is_done_today_and_reviews_take_of_today():
    lane = [done(item(1, minutes=20), MONDAY), item(2)]
    planned = spread(lane[1:], lane=lane, reserved={MONDAY: 10}, reserve=0)
    assert on(planned, MONDAY) == {"S-002": 30}
    assert on(planned, TUESDAY) == {"S-002": 30}


def test_days_to_come_keep_their_reserve_or_what_reviews_are_known_to_take():
    wednesday = TUESDAY + timedelta(days=1)
    planned = spread([item(1, minutes=240)], reserved={wednesday: 50}, reserve=0.2)
    totals = [sum(on(planned, day).values()) for day in (MONDAY, TUESDAY, wednesday)]
    assert totals == [60, 48, 10]


@given(st.lists(st.integers(1, 90), min_size=2, max_size=8), st.data())
def test_putting_off_a_question_leaves_the_rest_of_today_as_it_was(minutes, data):
    lane = [item(n, minutes=length) for n, length in enumerate(minutes)]
    before = on(spread(lane), MONDAY)
    gone = data.draw(st.sampled_from(sorted(before)))
    moved = [
        Planned(TUESDAY, replace(one, moved_to=TUESDAY, put_off_on=MONDAY))
        for one in lane
        if one.id == gone
    ]
    lane = [next((p.item for p in moved if p.item.id == one.id), one) for one in lane]
    after = spread([one for one in lane if one.id != gone], moved, lane)
    assert on(after, MONDAY) == {name: part for name, part in before.items() if name != gone}
    assert next(entry for entry in after if entry.item.id == gone).begins_on >= TUESDAY


def test_also_minutes_that_were_too_few_to_begin_with_stay_free():
    put_off = replace(item(1, minutes=61), moved_to=TUESDAY, put_off_on=MONDAY)
    other = item(2, minutes=1)
    assert on(spread([item(1, minutes=61), other]), MONDAY) == {"S-001": 56}
    planned = spread([other], [Planned(TUESDAY, put_off)], [put_off, other])
    assert on(planned, MONDAY) == {}


def test_what_is_brought_forward_takes_the_minutes_of_what_was_put_off():
    put_off = replace(item(1), moved_to=TUESDAY, put_off_on=MONDAY)
    forward = replace(item(3), moved_to=MONDAY)
    lane = [put_off, item(2), forward]
    planned = spread([item(2)], [Planned(TUESDAY, put_off), Planned(MONDAY, forward)], lane)
    assert on(planned, MONDAY) == {"S-003": 60}
