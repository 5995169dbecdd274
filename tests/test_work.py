"""Counted work: the same each time, and a quadratic blow-up shows in it."""

import sys

import pytest

from .work import megabytes, steps


def once(length):
    return [n + 1 for n in range(length)]


def each_with_each(length):
    return [m for _ in range(length) for m in range(length)]


def in_a_call(length):
    for _ in range(length):
        once(length)


def test_steps_are_the_same_each_time_and_nothing_is_left_behind():
    before = sys.gettrace()
    assert steps(once, 100) == steps(once, 100)
    assert sys.gettrace() is before


@pytest.mark.parametrize(("act", "grows"), [(once, 2), (each_with_each, 4), (in_a_call, 4)])
def test_steps_grow_as_the_work_does(act, grows):
    assert steps(act, 400) / steps(act, 200) == pytest.approx(grows, rel=0.05)


def test_what_fails_is_raised_and_counted_no_further():
    before = sys.gettrace()
    with pytest.raises(ZeroDivisionError):
        steps(lambda: 1 / 0)
    assert sys.gettrace() is before


def test_megabytes_are_the_most_that_is_held_at_a_time():
    assert megabytes(lambda: [bytes(3_000_000) for _ in range(2)]) == pytest.approx(6, rel=0.01)
    assert megabytes(lambda: [len(bytes(3_000_000)) for _ in range(2)]) < 4
