"""Futures drawn from a record."""

from datetime import date

import numpy as np
import pytest

from prep.planning import futures
from prep.progress.study_days import WEEKDAYS, StudyDays

MONDAY = date(2026, 11, 23)
UNEVEN = np.array([0, 3, 1, 0, 2, 4, 0, 0, 1, 7] * 3)  # weeks of 6 and of 12


def test_a_record_without_change_has_one_future():
    drawn = futures.draw(np.full(40, 2), left=20, first=MONDAY, per_week=5)
    assert set(drawn.places_of(20)) == {9}
    assert set(drawn.done_after(3)) == {6}


def test_what_is_never_finished_is_infinitely_far():
    drawn = futures.draw(np.full(40, 1), left=20, first=MONDAY, per_week=5)
    assert np.isinf(drawn.places_of(10**6)).all()


def test_the_same_record_is_drawn_the_same_way():
    first, second = (futures.draw(UNEVEN, 50, MONDAY, 5).places_of(50) for _ in range(2))
    assert (first == second).all()
    assert first.min() < first.max()


def test_half_of_the_futures_leave_a_stop_of_weeks_out():
    counts = np.array([2] * 20 + [0] * 15 + [2] * 20)
    drawn = futures.draw(counts, left=40, first=MONDAY, per_week=5).places_of(40)
    with_stop, without = np.split(drawn, 2)
    assert set(without) == {19}
    assert with_stop.mean() > 19


@pytest.mark.parametrize("base", [0, 30])
def test_a_band_starts_from_what_is_done_and_ends_at_the_scope(base):
    drawn = futures.draw(UNEVEN, 50, MONDAY, 5)
    frame = drawn.band(base, 50, StudyDays(WEEKDAYS[:5]))
    assert frame.loc[0, ["low", "middle", "high"]].tolist() == [base] * 3
    assert frame["low"].iloc[-1] == 50
    assert (frame["low"] <= frame["middle"]).all() and (frame["middle"] <= frame["high"]).all()
