from datetime import date

import pytest

from prep.progress.study_days import WEEKDAYS, StudyDays, monday_of

WEEK = StudyDays(WEEKDAYS[:5])
FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)


def test_study_days_are_the_weekdays_chosen():
    assert FRIDAY in WEEK
    assert SATURDAY not in WEEK
    assert WEEK.per_week == 5


def test_a_day_off_is_no_study_day():
    days = StudyDays(WEEKDAYS, [(date(2026, 12, 24), date(2027, 1, 1))])
    assert date(2026, 12, 23) in days
    assert date(2026, 12, 28) not in days
    assert days.on_or_after(date(2026, 12, 24)) == date(2027, 1, 2)


@pytest.mark.parametrize("day", [FRIDAY, SATURDAY])
def test_the_next_study_day_after_friday_and_saturday_is_monday(day):
    assert WEEK.after(day) == MONDAY


@pytest.mark.parametrize("day", [SATURDAY, MONDAY])
def test_the_study_day_before_saturday_and_monday_is_friday(day):
    assert WEEK.before(day) == FRIDAY


def test_counting_leaves_the_end_out():
    assert WEEK.count(FRIDAY, MONDAY) == 1
    assert WEEK.count(FRIDAY, date(2026, 12, 1)) == 2
    assert WEEK.count(MONDAY, FRIDAY) == -1


def test_the_first_days_cross_a_leap_day():
    days = StudyDays(WEEKDAYS)
    assert days.first(3, date(2028, 2, 28)) == [
        date(2028, 2, 28),
        date(2028, 2, 29),
        date(2028, 3, 1),
    ]


def test_a_week_begins_on_monday():
    assert monday_of(date(2026, 12, 6)) == MONDAY == monday_of(MONDAY)
