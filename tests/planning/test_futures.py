"""Futures drawn from a record."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from prep.planning import futures
from prep.planning.futures import Drift
from prep.progress.study_days import WEEKDAYS, StudyDays

MONDAY = date(2026, 11, 23)
UNEVEN = np.array([0, 3, 1, 0, 2, 4, 0, 0, 1, 7] * 3)  # weeks of 6 and of 12
NO_DRIFT = Drift(least=0, most=0)
FIXED = Drift(least=0.5, most=0.5)


def draw(counts, left, drift=NO_DRIFT, whole=None, **named):
    whole = counts if whole is None else whole
    return futures.draw(counts, whole, left, MONDAY, 5, drift=drift, **named)


def test_a_record_without_change_has_one_future():
    drawn = draw(np.full(40, 2), left=20)
    assert set(drawn.places_of(20)) == {9}
    assert set(drawn.done_after(3)) == {6}


def test_what_is_never_finished_is_infinitely_far():
    assert np.isinf(draw(np.full(40, 1), left=20).places_of(10**6)).all()


def test_the_same_record_is_drawn_the_same_way():
    first, second = (draw(UNEVEN, 50, FIXED).places_of(50) for _ in range(2))
    assert (first == second).all()
    assert first.min() < first.max()


@given(
    st.lists(st.integers(0, 9), min_size=5, max_size=80),
    st.integers(0, 30),
    st.integers(1, 200),
    st.integers(1, 200),
)
@limits(max_examples=40)
def test_more_is_never_finished_earlier(counts, paused_days, some, more):
    drawn = draw(np.array(counts), some + more, Drift(), paused_days=paused_days)
    assert (drawn.places_of(some) <= drawn.places_of(some + more)).all()


def test_half_of_the_futures_go_on_as_of_late():
    drawn = draw(np.full(40, 4), 40, whole=np.full(100, 1)).places_of(40)
    lately, as_ever = np.split(drawn, 2)
    assert (set(lately), set(as_ever)) == ({9}, {39})


def test_half_of_the_futures_leave_a_stop_of_weeks_out():
    drawn = draw(np.array([2] * 20 + [0] * 15 + [2] * 20), left=40).places_of(40)
    without, with_stop = np.split(drawn, 2)
    assert set(without) == {19}
    assert with_stop.mean() > 19


def test_the_pace_drifts_by_a_log_normal_factor():
    speeds = draw(np.full(40, 10), 1000, FIXED, draws=20_000).done_after(5) / 50
    logs = np.log(speeds)
    assert logs.mean() == pytest.approx(-0.25, abs=0.02)
    assert logs.std() == pytest.approx(0.5, abs=0.02)


def test_every_second_future_pauses_on_and_half_of_those_as_long_again():
    drawn = draw(np.full(40, 1), 10, paused_days=50)
    waits = drawn.places_of(10) - 9
    assert (waits[drawn.starts_at_once] == 0).all()
    assert drawn.starts_at_once.mean() == 0.5
    assert np.mean(waits[~drawn.starts_at_once] <= 50) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("weeks", "found"),
    [([6], 0), ([0, 0], 0), ([6, 6, 6], 0), ([5, 10], 0.3), ([0, 20], np.sqrt(1.9))],
)
def test_weeks_are_uneven_as_far_as_chance_does_not_explain_it(weeks, found):
    assert futures.unevenness(np.array(weeks)) == pytest.approx(found, abs=0.05)


def test_drift_is_seen_from_the_weeks_within_bounds():
    drift = Drift(least=0.1, most=0.6, slope=2)
    assert drift.spread(np.array([6, 6])) == 0.1
    assert drift.spread(np.array([0, 20])) == 0.6
    assert 0.1 < drift.spread(np.array([10, 20, 12])) < 0.6


@pytest.mark.parametrize("base", [0, 30])
@pytest.mark.parametrize("drift", [NO_DRIFT, FIXED])
def test_a_band_starts_from_what_is_done_and_widens_up_to_the_scope(base, drift):
    frame = draw(UNEVEN, 50, drift).band(base, 50, StudyDays(WEEKDAYS[:5]))
    assert frame.loc[0, ["low", "middle", "high"]].tolist() == [base] * 3
    assert frame["middle"].iloc[-1] == 50
    assert (frame["low"] <= frame["middle"]).all() and (frame["middle"] <= frame["high"]).all()


def test_a_band_ends_after_twice_the_time_that_half_of_the_futures_take():
    drawn = draw(UNEVEN, 100, Drift(least=2, most=2, slowing=0))
    frame = drawn.band(0, 100, StudyDays(WEEKDAYS[:5]))
    weeks = (frame["middle"] < 100).sum()
    assert len(frame) == 1 + 2 * weeks
    assert frame["low"].iloc[-1] < 100
