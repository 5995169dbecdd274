"""The forecast: what it says, after a pause too, and how often it is right."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from prep.planning import wording
from prep.planning.forecast import _drawn, band, forecast
from prep.planning.futures import Drift, draw
from prep.planning.plan_status import PlanStatus
from prep.planning.planned import Planned
from prep.progress.setting_texts import Pace
from tests.bench.forecast import HOLDS
from tests.bench.simulated_people import PEOPLE, held
from tests.sample_plans import MONDAY, chosen, done, item, items
from tests.work import megabytes, steps

SETTINGS = chosen()
NO_DRIFT = Drift(least=0, most=0)


def studied(days, a_day=2, left=60, settings=SETTINGS):
    """Return questions of which `a_day` were done on each of the first study days."""
    calendar = settings.calendar().first(days, MONDAY)
    finished = [
        done(item(1000 + n), day) for n, day in enumerate(np.repeat(calendar, a_day).tolist())
    ]
    return finished + items(left)


def after(days, settings=SETTINGS):
    """Return the study day that follows the first `days`."""
    return settings.calendar().first(days + 1, MONDAY)[-1]


def test_a_constant_pace_ends_on_the_day_that_arithmetic_says():
    found = forecast(studied(20), [], SETTINGS, after(20), drift=NO_DRIFT)
    thirty_days_on = SETTINGS.calendar().first(50, MONDAY)[-1]
    assert (found.p10, found.median, found.p90) == (thirty_days_on,) * 3
    assert (found.pace, found.record_days, found.leans_on_plan) == (2.0, 20, False)


def test_nobody_is_as_constant_as_their_record():
    found = forecast(studied(20), [], SETTINGS, after(20))
    assert found.p10 < SETTINGS.calendar().first(50, MONDAY)[-1] < found.p90


@pytest.mark.parametrize(("margin", "probability"), [(-1, 0.0), (0, 1.0), (30, 1.0)])
def test_the_probability_is_to_be_done_on_the_target_day_or_before(margin, probability):
    end = SETTINGS.calendar().first(50, MONDAY)[-1]
    wanted = replace(SETTINGS, target_on=end + timedelta(days=margin))
    found = forecast(studied(20), [], wanted, after(20), drift=NO_DRIFT)
    assert found.probability == probability
    if margin <= 0:
        needed = 60 / (30 + margin)
        assert found.pace_needed == pytest.approx(needed)
        assert found.to_cut == -2 * margin


def test_an_uneven_record_gives_a_range():
    random = np.random.default_rng(7)
    calendar = SETTINGS.calendar().first(40, MONDAY)
    days = np.repeat(calendar, random.poisson(2, 40)).tolist()
    made = [done(item(1000 + n), day) for n, day in enumerate(days)] + items(100)
    found = forecast(made, [], SETTINGS, after(40))
    assert found.p10 < found.median < found.p90
    assert found == forecast(list(made), [], SETTINGS, after(40)), "seeded"


def test_a_short_record_leans_on_the_plan():
    calendar = SETTINGS.calendar().first(100, MONDAY)
    planned = [Planned(day, item(n)) for n, day in enumerate(calendar)]
    found = forecast(items(100), planned, SETTINGS, MONDAY)
    assert found.leans_on_plan
    assert found.record_days == 0
    assert abs((found.median - calendar[-1]).days) <= 7
    assert found.p10 < found.median < found.p90
    assert forecast(studied(9), planned, SETTINGS, after(9)).leans_on_plan
    assert not forecast(studied(10), planned, SETTINGS, after(10)).leans_on_plan


def test_after_weeks_without_progress_it_says_what_starting_again_today_gives():
    target = replace(SETTINGS, target_on=MONDAY + timedelta(days=365))
    silent = after(20) + timedelta(weeks=3)
    found = forecast(studied(20), [], target, silent)
    at_work = forecast(studied(20), [], SETTINGS, after(20))
    assert (found.paused_weeks, found.pace, found.record_days) == (3, 2.0, 20)
    assert found.if_today - silent == at_work.median - after(20)
    assert found.p10 < found.if_today < found.median < found.p90
    assert found.p90 - found.p10 > 2 * (at_work.p90 - at_work.p10)
    assert 0.5 < found.probability < 1


def test_the_longer_the_pause_the_later_the_end():
    ends = [
        forecast(studied(20), [], SETTINGS, after(20) + timedelta(weeks=weeks)).p90
        - timedelta(weeks=weeks)
        for weeks in (0, 2, 8, 30)
    ]
    assert ends == sorted(set(ends))


def test_nothing_done_since_the_start_is_a_pause_too():
    assert forecast(items(5), [], SETTINGS, MONDAY + timedelta(weeks=2)).paused_weeks == 0
    assert forecast(items(5), [], SETTINGS, MONDAY + timedelta(days=15)).paused_weeks == 2


def test_days_off_are_no_pause():
    away = replace(SETTINGS, days_off=((after(20), after(20) + timedelta(weeks=4)),))
    found = forecast(studied(20), [], away, after(20) + timedelta(weeks=4, days=1))
    assert found.paused_weeks == 0
    assert found.pace == 2.0


def test_a_plan_begun_anew_after_a_long_silence_leans_on_itself():
    anew = after(20) + timedelta(weeks=20)
    restarted = replace(SETTINGS, start_on=anew)
    planned = [Planned(day, item(n)) for n, day in enumerate(restarted.calendar().first(60, anew))]
    found = forecast(studied(20), planned, restarted, anew)
    assert (found.paused_weeks, found.leans_on_plan, found.record_days) == (0, True, 0)


def test_all_done_is_certain():
    found = forecast([done(item(1), MONDAY)], [], replace(SETTINGS, target_on=after(9)), after(1))
    assert (found.remaining, found.probability, found.median) == (0, 1.0, None)


def test_a_target_that_has_passed_has_no_probability():
    past = replace(SETTINGS, target_on=after(19))
    found = forecast(studied(20), [], past, after(20))
    assert found.probability is None
    assert "is past: set a new one" in wording.forecast(found, past)


def test_a_pace_too_slow_has_no_end_and_says_so():
    calendar = SETTINGS.calendar()
    made = [done(item(1000), calendar.first(35, MONDAY)[-1]), *items(5000)]
    found = forecast(made, [], SETTINGS, after(40))
    assert found.median is None
    assert "too far off to name" in wording.forecast(found, SETTINGS)


@given(
    st.lists(st.integers(0, 6), min_size=10, max_size=60), st.integers(1, 60), st.integers(0, 40)
)
@limits(max_examples=30)
def test_quantiles_are_in_order_and_the_same_record_gives_the_same(a_day, left, later):
    calendar = SETTINGS.calendar().first(len(a_day), MONDAY)
    days = np.repeat(calendar, a_day).tolist()
    made = [done(item(1000 + n), day) for n, day in enumerate(days)] + items(left)
    today = after(len(a_day)) + timedelta(days=later)
    found = forecast(made, [], SETTINGS, today)
    ends = [end or date.max for end in (found.p10, found.median, found.p90)]
    assert today <= ends[0] <= ends[1] <= ends[2]
    _drawn.cache_clear()
    assert forecast(list(made), [], SETTINGS, today) == found


# --- the band ---


def test_the_band_starts_from_what_is_done_and_ends_at_the_scope():
    found = band(studied(20), [], SETTINGS, after(20))
    assert band([done(item(1), MONDAY)], [], SETTINGS, after(20)) is None
    assert found.iloc[0][["low", "middle", "high"]].tolist() == [40, 40, 40]
    assert found["low"].iloc[-1] == 100
    assert (found["low"] <= found["middle"]).all() and (found["middle"] <= found["high"]).all()
    assert len(band(studied(20), [], SETTINGS, after(20) + timedelta(weeks=3))) > len(found)


# --- how often it is right, and how much work: tests/bench measures both at length ---


RUNS = 40  # of the 200 of tests/bench/simulated_people.py
BY_CHANCE = 3 * sqrt(0.8 * 0.2 / RUNS)  # three standard errors of so few runs


def test_the_range_holds_about_80_percent_of_the_time():
    found = {person.name: held(person, 8, RUNS) for person in PEOPLE}
    assert min(asked for _, asked in found.values()) >= 0.9 * RUNS, "too often no forecast"
    shares = {name: share for name, (share, _) in found.items()}
    assert shares == pytest.approx(dict.fromkeys(shares, 0.8), abs=BY_CHANCE)
    least, most = HOLDS
    assert least <= sum(shares.values()) / len(shares) <= most


def test_ten_times_the_questions_take_no_more_than_ten_times_the_steps():
    few, many = (studied(40, a_day=1, left=left) for left in (251, 2510))
    assert steps(forecast, many, [], SETTINGS, after(40)) <= 10 * steps(
        forecast, few, [], SETTINGS, after(40)
    )


@pytest.mark.parametrize("left", [251, 2510, 25100])
def test_what_is_drawn_has_a_limit_however_much_is_left(left):
    assert megabytes(draw, *[np.ones(40, dtype=int)] * 2, left, MONDAY, 5) <= 20


@limits(max_examples=40)
@given(
    st.integers(1, 5), st.integers(0, 30), st.lists(st.integers(0, 6), max_size=30), st.booleans()
)
def test_finishing_one_more_today_never_looks_later(pace, more, a_day, is_rest_day):
    wanted = chosen(pace=Pace(pace, "questions"), target_on=MONDAY + timedelta(days=100))
    calendar = wanted.calendar().first(len(a_day) + 1, MONDAY)
    today = calendar[-1]
    if is_rest_day:
        today += timedelta(days=5 - today.weekday())
    before = [day for day, count in zip(calendar, a_day, strict=False) for _ in range(count)]
    made = items(len(before) + pace + 3 + more)
    made = [done(one, day) for one, day in zip(made, before, strict=False)] + made[len(before) :]
    seen = []
    for finished in range(pace + 3):
        now = [
            done(one, today) if len(before) <= n < len(before) + finished else one
            for n, one in enumerate(made)
        ]
        seen.append(PlanStatus(now, wanted, today).forecast())
    far = date.max
    for earlier, later in pairwise(seen):
        assert (later.p10 or far) <= (earlier.p10 or far)
        assert (later.median or far) <= (earlier.median or far)
        assert (later.p90 or far) <= (earlier.p90 or far)
        if later.probability is not None and earlier.probability is not None:
            assert later.probability >= earlier.probability
