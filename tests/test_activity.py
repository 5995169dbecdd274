"""Activity by day, and streaks that honour the calendar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from prep import activity, reading
from prep.activity import Streak
from prep.study_days import WEEKDAYS, StudyDays

from .plans import MONDAY

WEEK = StudyDays(WEEKDAYS[:5])


def on(*days):
    return {MONDAY + timedelta(days=n): 1 for n in days}


def streak(days, asked_on, calendar=WEEK):
    return activity.streak(on(*days), calendar, MONDAY + timedelta(days=asked_on))


def test_study_days_in_a_row_are_a_streak():
    assert streak([0, 1, 2], 2) == Streak(3, 3)


def test_today_without_anything_does_not_end_it():
    assert streak([0, 1, 2], 3) == Streak(3, 3)


def test_a_study_day_without_anything_ends_it():
    assert streak([0, 1, 2], 4) == Streak(0, 3)


def test_rest_days_neither_end_nor_lengthen_it():
    assert streak([3, 4, 7], 7) == Streak(3, 3)
    assert streak([3, 4, 5, 6, 7], 7) == Streak(3, 3)


def test_days_off_do_not_end_it():
    away = StudyDays(WEEKDAYS, [(MONDAY + timedelta(days=1), MONDAY + timedelta(days=9))])
    assert streak([0, 10], 10, away) == Streak(2, 2)


def test_the_best_streak_is_kept():
    assert streak([0, 1, 2, 3, 9, 10], 10) == Streak(2, 4)


def test_no_activity_is_no_streak():
    assert streak([], 3) == Streak(0, 0)


@given(st.sets(st.integers(0, 60)), st.integers(0, 60))
def test_the_best_is_never_less_than_the_present(days, asked_on):
    found = streak([day for day in days if day <= asked_on], asked_on)
    assert 0 <= found.days <= found.best <= len(days)


def test_activity_counts_what_was_started_drafted_done_and_read(db, tracker, clock):
    tracker.set_status("SD-001", "in_progress", on=date(2026, 11, 20))
    tracker.set_status("SD-001", "done", on=date(2026, 11, 23))
    tracker.set_status("L-01", "drafted", on=date(2026, 11, 23))
    reading.mark_read(db, clock, "/system-design/classic/url-shortener/")
    assert activity.by_day(db) == {date(2026, 11, 20): 1, date(2026, 11, 23): 3}


def test_the_last_year_ends_today_and_has_no_gap():
    frame = activity.last_year(on(0), MONDAY)
    assert frame["day"].iloc[-1].date() == MONDAY
    assert len(frame) == 52 * 7 + 1
    assert frame["count"].sum() == 1
    assert frame["day"].diff().dropna().dt.days.eq(1).all()
