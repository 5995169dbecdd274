"""What was finished on each study day, and pauses."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prep.planning.study_record import record
from prep.progress.study_days import WEEKDAYS
from tests.sample_plans import MONDAY, chosen, done, item

SETTINGS = chosen()


def counts(made, today, settings=SETTINGS):
    return record(made, settings, today).counts.tolist()


def after(days):
    """Return the study day that follows the first `days`."""
    return SETTINGS.calendar().first(days + 1, MONDAY)[-1]


def test_the_record_counts_study_days_from_the_start():
    made = [done(item(1), MONDAY), done(item(2), MONDAY + timedelta(days=2)), item(3)]
    assert counts(made, MONDAY + timedelta(days=4)) == [1, 0, 1, 0]


def test_today_counts_once_it_is_over():
    made = [done(item(1), MONDAY), item(2)]
    assert counts(made, MONDAY) == []
    assert record(made, SETTINGS, MONDAY).done_on_it == 1
    assert counts(made, MONDAY + timedelta(days=1)) == [1]
    assert record(made, SETTINGS, MONDAY + timedelta(days=1)).done_on_it == 0


def test_what_is_done_on_a_rest_day_is_done_on_none_that_is_still_to_come():
    saturday = MONDAY + timedelta(days=5)
    found = record([done(item(1), saturday)], SETTINGS, saturday)
    assert (found.ahead_from, found.done_on_it) == (MONDAY + timedelta(days=7), 0)


def test_one_question_ends_a_pause():
    made = [done(item(1), MONDAY)]
    later = MONDAY + timedelta(weeks=4)
    assert record(made, SETTINGS, later).paused_days == 19
    assert record([*made, done(item(2), later)], SETTINGS, later).paused_days == 0


def test_what_is_done_on_a_rest_day_counts_for_the_study_day_before():
    saturday = MONDAY + timedelta(days=5)
    assert counts([done(item(1), saturday)], MONDAY + timedelta(days=7)) == [0, 0, 0, 0, 1]


def test_the_record_of_late_is_eight_weeks_at_most():
    made = [done(item(n), day) for n, day in enumerate(SETTINGS.calendar().first(100, MONDAY))]
    found = record(made, SETTINGS, after(100))
    assert (len(found.recent), len(found.counts)) == (40, 100)
    assert (found.ahead_from, found.paused_days) == (after(100), 0)


@pytest.mark.parametrize(("idle", "paused", "length"), [(9, 0, 29), (10, 10, 20), (23, 23, 20)])
def test_a_record_ends_where_a_pause_of_two_weeks_begins(idle, paused, length):
    made = [done(item(n), day) for n, day in enumerate(SETTINGS.calendar().first(20, MONDAY))]
    found = record(made, SETTINGS, after(20 + idle))
    assert (found.paused_days, len(found.counts)) == (paused, max(length, 20))
    assert found.ahead_from == after(20 + idle)


def test_of_a_plan_begun_anew_long_after_only_its_own_days_count():
    made = [done(item(n), day) for n, day in enumerate(SETTINGS.calendar().first(20, MONDAY))]
    anew = replace(SETTINGS, start_on=after(120))
    assert counts(made, after(123), anew) == [0, 0, 0]


def test_a_record_crosses_a_leap_day_and_the_change_of_clocks():
    every_day = replace(SETTINGS, start_on=date(2028, 2, 27), study_days=WEEKDAYS)
    made = [done(item(1), date(2028, 2, 29)), done(item(2), date(2028, 3, 26))]
    found = counts(made, date(2028, 3, 27), every_day)
    assert len(found) == 29
    assert (found[2], found[-1]) == (1, 1)
