"""When a question comes again."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Rating
from fsrs import Scheduler as Fsrs

from prep.clock import Clock
from prep.practice import review_schedule
from prep.progress import settings
from prep.progress.settings import Settings
from tests.bench.levelling import peak_over_mean

from .moments import BEGIN, GOOD


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("hour", range(24))
def test_an_interval_of_days_counts_days_also_where_one_has_23_or_25_hours(zone, hour):
    """Rated at each hour of a year's days: due on the day so many days after, nowhere else."""
    for day in range(365):
        instant = BEGIN.replace(month=1, day=1, hour=hour, minute=15) + timedelta(days=day)
        clock = Clock(ZoneInfo(zone), now=lambda instant=instant: instant)
        for days in (1, 2, 9):
            due = review_schedule.due_day(instant + timedelta(days=days), clock)
            assert due == clock.today() + timedelta(days=days)


@pytest.mark.parametrize("minutes", [1, 10])
def test_a_step_of_minutes_is_due_on_the_day_it_falls(minutes):
    clock = Clock(ZoneInfo("UTC"), now=lambda: datetime(2026, 11, 24, 3, 55, tzinfo=UTC))
    due = review_schedule.due_day(clock.now() + timedelta(minutes=minutes), clock)
    assert due == date(2026, 11, 23 if minutes == 1 else 24)


@pytest.mark.parametrize("days", [3, 7, 10, 30, 100, 400])
def test_our_fuzz_range_is_fsrs_own(days):
    fsrs = Fsrs()
    drawn = {fsrs._get_fuzzed_interval(interval=timedelta(days=days)).days for _ in range(400)}
    lowest, highest = review_schedule.fuzz_range(days)
    assert lowest <= min(drawn) and max(drawn) <= highest + 1  # it rounds a draw of up to max + 1


def test_levelling_takes_the_least_busy_day_nearest_to_the_interval(clock):
    def chosen(busy):
        days = {clock.today() + timedelta(days=n): count for n, count in busy.items()}
        return review_schedule.least_busy_interval(timedelta(days=10), clock.today(), days).days

    assert chosen({}) == 10
    assert chosen({10: 1}) in (9, 11)
    assert chosen({8: 3, 9: 3, 10: 3, 11: 2, 12: 3}) == 11
    assert review_schedule.least_busy_interval(timedelta(days=1), clock.today(), {}).days == 1


def test_levelling_lowers_the_peak_of_a_year():
    without, levelled = peak_over_mean(fuzz="none"), peak_over_mean(fuzz="levelled")
    print(f"\npeak over mean of a year: {without:.2f} without, {levelled:.2f} levelled")
    assert levelled < without


def test_what_waits_for_the_interview():
    chosen = replace(Settings(), target_on=date(2022, 12, 25))
    before, within, after = date(2022, 12, 10), date(2022, 12, 11), date(2022, 12, 25)
    assert review_schedule.waits_for_interview(after, before, chosen)
    assert review_schedule.waits_for_interview(after, None, chosen)
    assert not review_schedule.waits_for_interview(after, within, chosen), (
        "it was seen in the two weeks"
    )
    assert not review_schedule.waits_for_interview(after - timedelta(days=1), before, chosen)
    assert not review_schedule.waits_for_interview(after, before, Settings())


def test_settings_of_reviews(db, clock):
    settings.change(db, clock, {"desired_retention": "0.85", "day_start": "05:30"})
    assert review_schedule.scheduler(settings.load(db)).desired_retention == 0.85
    assert settings.load(db).day_start == time(5, 30)
    assert Rating(GOOD) is Rating.Good
