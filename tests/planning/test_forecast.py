"""The forecast: what it says, when it says nothing, and how often it is right."""

from dataclasses import replace
from datetime import date, timedelta
from math import sqrt

import numpy as np
import pytest

from prep.planning import wording
from prep.planning.forecast import band, forecast, record
from prep.planning.futures import draw
from prep.planning.planned import Planned
from prep.progress.study_days import WEEKDAYS
from tests.bench import forecast as backtest
from tests.sample_plans import MONDAY, chosen, done, item, items
from tests.work import megabytes, steps

SETTINGS = chosen()


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
    found = forecast(studied(20), [], SETTINGS, after(20))
    thirty_days_on = SETTINGS.calendar().first(50, MONDAY)[-1]
    assert (found.p10, found.median, found.p90) == (thirty_days_on,) * 3
    assert (found.pace, found.record_days, found.leans_on_plan) == (2.0, 20, False)


@pytest.mark.parametrize(("margin", "probability"), [(-1, 0.0), (0, 1.0), (30, 1.0)])
def test_the_probability_is_to_be_done_on_the_target_day_or_before(margin, probability):
    end = SETTINGS.calendar().first(50, MONDAY)[-1]
    wanted = replace(SETTINGS, target_on=end + timedelta(days=margin))
    found = forecast(studied(20), [], wanted, after(20))
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


def test_after_weeks_without_progress_there_is_no_forecast():
    target = replace(SETTINGS, target_on=MONDAY + timedelta(days=365))
    silent = after(20) + timedelta(weeks=3)
    found = forecast(studied(20), [], target, silent)
    assert found.idle_weeks == 3
    assert (found.median, found.probability, found.to_cut) == (None, None, None)
    assert found.pace_needed == pytest.approx(
        60 / (target.calendar().count(silent, target.target_on) + 1)
    )
    assert "No progress for 3 weeks" in wording.forecast(found, target)


def test_nothing_done_since_the_start_is_no_progress_either():
    assert forecast(items(5), [], SETTINGS, MONDAY + timedelta(weeks=2)).idle_weeks == 0
    assert forecast(items(5), [], SETTINGS, MONDAY + timedelta(days=15)).idle_weeks == 2


def test_days_off_are_no_lack_of_progress():
    away = replace(SETTINGS, days_off=((after(20), after(20) + timedelta(weeks=4)),))
    made = studied(20)
    found = forecast(made, [], away, after(20) + timedelta(weeks=4, days=1))
    assert found.idle_weeks == 0
    assert found.pace == 2.0


def test_a_plan_begun_anew_after_a_long_silence_leans_on_itself():
    anew = after(20) + timedelta(weeks=20)
    restarted = replace(SETTINGS, start_on=anew)
    planned = [Planned(day, item(n)) for n, day in enumerate(restarted.calendar().first(60, anew))]
    found = forecast(studied(20), planned, restarted, anew)
    assert (found.idle_weeks, found.leans_on_plan, found.record_days) == (0, True, 0)


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


# --- the record ---


def counts(made, today, settings=SETTINGS):
    return record(made, settings, today).counts.tolist()


def test_the_record_counts_study_days_from_the_start():
    made = [done(item(1), MONDAY), done(item(2), MONDAY + timedelta(days=2)), item(3)]
    assert counts(made, MONDAY + timedelta(days=4)) == [1, 0, 1, 0]


def test_today_counts_once_something_is_done():
    made = [done(item(1), MONDAY)]
    assert counts(made, MONDAY) == [1]
    assert counts([item(1)], MONDAY) == []


def test_what_is_done_on_a_rest_day_counts_for_the_study_day_before():
    saturday = MONDAY + timedelta(days=5)
    assert counts([done(item(1), saturday)], MONDAY + timedelta(days=7)) == [0, 0, 0, 0, 1]


def test_the_record_is_eight_weeks_at_most():
    assert len(counts(studied(100), after(100))) == 40


def test_a_record_crosses_a_leap_day_and_the_change_of_clocks():
    every_day = replace(SETTINGS, start_on=date(2028, 2, 27), study_days=WEEKDAYS)
    made = [done(item(1), date(2028, 2, 29)), done(item(2), date(2028, 3, 26))]
    found = counts(made, date(2028, 3, 27), every_day)
    assert len(found) == 29
    assert (found[2], found[-1]) == (1, 1)


# --- the band ---


def test_the_band_starts_from_what_is_done_and_ends_at_the_scope():
    found = band(studied(20), [], SETTINGS, after(20))
    assert found.iloc[0][["low", "middle", "high"]].tolist() == [40, 40, 40]
    assert found["low"].iloc[-1] == 100
    assert (found["low"] <= found["middle"]).all() and (found["middle"] <= found["high"]).all()
    assert band(studied(20), [], SETTINGS, after(20) + timedelta(weeks=3)) is None


# --- how often it is right, and how much work: tests/bench measures both at length ---


RUNS = 40  # of the 200 of tests/bench/forecast.py
BY_CHANCE = 3 * sqrt(0.8 * 0.2 / RUNS)  # three standard errors of so few runs


def test_the_range_holds_about_80_percent_of_the_time():
    found = {person.name: backtest.held(person, 8, RUNS) for person in backtest.PEOPLE}
    assert min(asked for _, asked in found.values()) >= 0.9 * RUNS, "too often no forecast"
    shares = {name: share for name, (share, _) in found.items()}
    assert shares == pytest.approx(dict.fromkeys(shares, 0.8), abs=BY_CHANCE)
    least, most = backtest.HOLDS
    assert least <= sum(shares.values()) / len(shares) <= most


def test_ten_times_the_questions_take_no_more_than_ten_times_the_steps():
    few, many = (studied(40, a_day=1, left=left) for left in (251, 2510))
    assert steps(forecast, many, [], SETTINGS, after(40)) <= 10 * steps(
        forecast, few, [], SETTINGS, after(40)
    )


@pytest.mark.parametrize("left", [251, 2510, 25100])
def test_what_is_drawn_has_a_limit_however_much_is_left(left):
    assert megabytes(draw, np.ones(40, dtype=int), left, MONDAY, 5) <= 20
