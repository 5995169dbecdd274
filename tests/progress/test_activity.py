"""Activity by day, and streaks that honour the calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.clock import Clock
from prep.practice import answers, mock, mock_notes, reviews, stories
from prep.practice.attempt import QUESTION
from prep.progress import activity, reading, time_spent
from prep.progress.activity import Streak
from prep.progress.study_days import WEEKDAYS, StudyDays
from prep.progress.tracker import Tracker
from prep.store import undo_redo
from tests.sample_plans import MONDAY

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
    assert activity.by_day(db, clock) == {date(2026, 11, 20): 1, date(2026, 11, 23): 3}


def interview(db, clock):
    attempt = mock.start(db, clock, QUESTION, ["L-01"])
    mock.end(db, clock, attempt)
    mock_notes.rate(db, attempt, "L-01", 3)
    mock.finish(db, clock, attempt)


WORK = {
    "a status": lambda db, clock: Tracker(db, clock).set_status("L-01", "in_progress"),
    "an article read": lambda db, clock: reading.mark_read(
        db, clock, "/system-design/classic/url-shortener/"
    ),
    "a review": lambda db, clock: reviews.rate(db, clock, "L-01", 1),
    "a mock interview": interview,
    "an answer, changed": lambda db, clock: answers.save(db, clock, "L-01", f"At {clock.now()}"),
    "a story": lambda db, clock: stories.save(db, clock, {"title": "The migration"}),
    "a story linked": lambda db, clock: stories.link(db, clock, "ST-001", {"L-01": ""}),
    "time entered": lambda db, clock: time_spent.enter(db, clock, "L-01", 5, clock.today()),
    "time reading": lambda db, clock: time_spent.add(db, clock, "L-01", time_spent.READING, 60),
    "time writing": lambda db, clock: time_spent.add(db, clock, "L-01", time_spent.ANSWERING, 60),
}


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_a_streak_goes_on_with_every_kind_of_work(db, zone, work):
    """Two days of something else, then this: late on the third, by the person's own clock."""

    def late_on(day):
        instant = datetime(2026, 11, day + 1, 3, 30, tzinfo=ZoneInfo(zone))
        return Clock(ZoneInfo(zone), lambda: instant)

    tracker = Tracker(db, late_on(23))
    tracker.set_status("SD-001", "done")
    stories.save(db, late_on(24), {"title": "Another"})
    WORK[work](db, late_on(25))
    active = activity.by_day(db, late_on(25))
    assert activity.streak(active, WEEK, date(2026, 11, 25)) == Streak(3, 3)
    assert set(active) == {date(2026, 11, day) for day in (23, 24, 25)}


def test_what_was_taken_back_is_no_work(db, clock):
    for act in WORK.values():
        act(db, clock)
    while undo_redo.undo(db, clock):
        pass
    counted = activity.by_day(db, clock)
    assert counted == {clock.today(): 2}, "time that was counted is none of what undo goes through"


def test_the_last_year_ends_today_and_has_no_gap():
    frame = activity.last_year(on(0), MONDAY)
    assert frame["day"].iloc[-1].date() == MONDAY
    assert len(frame) == 52 * 7 + 1
    assert frame["count"].sum() == 1
    assert frame["day"].diff().dropna().dt.days.eq(1).all()


@pytest.mark.parametrize("kind", [time_spent.READING, time_spent.ANSWERING])
def test_who_only_looked_at_a_question_has_done_nothing(db, clock, kind):
    time_spent.add(db, clock, "L-01", kind, activity.SECONDS_OF_A_STEP - 1)
    assert activity.by_day(db, clock) == {}
    time_spent.add(db, clock, "L-01", kind, 1)
    assert activity.by_day(db, clock) == {clock.today(): 1}
