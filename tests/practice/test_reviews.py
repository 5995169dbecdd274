"""Spaced repetition through our own store."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Rating
from fsrs import Scheduler as Fsrs

from prep.clock import Clock
from prep.errors import InvalidValue, UnknownQuestion
from prep.practice import reviews
from prep.progress import settings
from prep.progress.settings import Settings
from prep.progress.tracker import Tracker
from prep.store import change_log
from prep.store.database import open_database
from tests.bench.levelling import peak_over_mean

GOOD, AGAIN = 3, 1
BEGIN = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)


class Moment:
    """A clock that stands where it is put."""

    def __init__(self, now=BEGIN):
        self.instant = now
        self.clock = Clock(ZoneInfo("UTC"), now=lambda: self.instant)


def rated(path, moment, rating):
    """Rate L-01 through a connection of its own, as after a restart; return the card."""
    with open_database(path) as db:
        return reviews.rate(db, moment.clock, "L-01", rating)


def test_the_reference_history_of_fsrs_goes_through_our_store_and_back(db_path):
    moment, intervals = Moment(), []
    for rating in [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5:
        card = rated(db_path, moment, rating)
        intervals.append((card.due - card.last_review).days)
        moment.instant = card.due
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_the_memo_state_of_fsrs_goes_through_our_store_and_back(db_path):
    moment = Moment()
    for rating, days in zip([AGAIN] + [GOOD] * 5, [0, 0, 1, 3, 8, 21], strict=True):
        moment.instant += timedelta(days=days)
        card = rated(db_path, moment, rating)
    assert card.stability == pytest.approx(53.62691, abs=1e-4)
    assert card.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_the_log_replayed_gives_the_card(db):
    moment = Moment()
    for rating in (3, 3, 2, 1, 3, 4):
        card = reviews.rate(db, moment.clock, "L-01", rating)
        moment.instant = card.due
    replayed = Fsrs(enable_fuzzing=False).reschedule_card(
        Card(card.card_id), reviews.logs(db, "L-01")
    )
    assert (replayed.stability, replayed.difficulty) == (card.stability, card.difficulty)
    assert replayed.state == card.state


def test_undo_takes_a_review_back_whole(db):
    moment = Moment()
    first = reviews.rate(db, moment.clock, "L-01", GOOD)
    moment.instant += timedelta(days=1)
    reviews.rate(db, moment.clock, "L-01", AGAIN)
    change_log.undo(db, moment.clock)
    assert len(reviews.logs(db, "L-01")) == 1
    Tracker(db, moment.clock).set_status("L-01", "drafted")
    found = reviews.recalls(db, Settings(), date(2022, 11, 30))
    assert found[0].card == first
    change_log.undo(db, moment.clock)
    change_log.undo(db, moment.clock)
    assert reviews.logs(db, "L-01") == []


@pytest.mark.parametrize("rating", [0, 5, "3", None])
def test_a_rating_that_is_none_is_refused(db, clock, rating):
    with pytest.raises(InvalidValue, match="from 1"):
        reviews.rate(db, clock, "L-01", rating)
    with pytest.raises(UnknownQuestion):
        reviews.rate(db, clock, "L-99", GOOD)
    assert change_log.data_version(db) == 0


def due_ids(db, clock, **fields):
    return [recall.question_id for recall in reviews.due(db, clock, replace(Settings(), **fields))]


def test_a_question_takes_part_once_it_is_drafted_or_done(db, tracker, clock):
    tracker.set_status("L-01", "in_progress")
    tracker.set_status("L-02", "drafted")
    tracker.set_status("L-03", "done")
    assert due_ids(db, clock) == ["L-02", "L-03"]
    tracker.set_status("L-02", "todo")
    assert due_ids(db, clock) == ["L-03"]


def test_the_daily_maximum_counts_what_was_reviewed_today(db, tracker, clock):
    tracker.set_status(["L-01", "L-02", "L-03", "L-04"], "done")
    assert len(due_ids(db, clock, reviews_a_day=3)) == 3
    reviews.rate(db, clock, "L-01", 4)
    assert due_ids(db, clock, reviews_a_day=3) == ["L-02", "L-03"]


def test_again_comes_again_the_same_day(db, tracker):
    moment = Moment()
    Tracker(db, moment.clock).set_status(["L-01", "L-02"], "done")
    reviews.rate(db, moment.clock, "L-01", AGAIN)
    assert due_ids(db, moment.clock) == ["L-02", "L-01"]
    moment.instant += timedelta(minutes=2)
    assert due_ids(db, moment.clock) == ["L-01", "L-02"]
    assert due_ids(db, moment.clock, reviews_a_day=1) == ["L-01"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("hour", range(24))
def test_an_interval_of_days_counts_days_also_where_one_has_23_or_25_hours(zone, hour):
    """Rated at each hour of a year's days: due on the day so many days after, nowhere else."""
    for day in range(365):
        instant = BEGIN.replace(month=1, day=1, hour=hour, minute=15) + timedelta(days=day)
        clock = Clock(ZoneInfo(zone), now=lambda instant=instant: instant)
        for days in (1, 2, 9):
            due = reviews.due_day(instant + timedelta(days=days), clock)
            assert due == clock.today() + timedelta(days=days)


@pytest.mark.parametrize("minutes", [1, 10])
def test_a_step_of_minutes_is_due_on_the_day_it_falls(minutes):
    clock = Clock(ZoneInfo("UTC"), now=lambda: datetime(2026, 11, 24, 3, 55, tzinfo=UTC))
    due = reviews.due_day(clock.now() + timedelta(minutes=minutes), clock)
    assert due == date(2026, 11, 23 if minutes == 1 else 24)


def test_a_question_rated_before_the_clocks_go_back_is_not_due_the_same_day(db):
    instant = datetime(2026, 10, 24, 2, 10, tzinfo=UTC)  # 04:10 in Berlin; back at 03:00 next day
    clock = Clock(ZoneInfo("Europe/Berlin"), now=lambda: instant)
    card = reviews.rate(db, clock, "L-01", 4)
    on = db.execute("SELECT due_on FROM card").fetchone()[0]
    assert on == (date(2026, 10, 24) + timedelta(days=(card.due - instant).days)).isoformat()


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_the_preview_is_what_rating_does(db, rating):
    moment = Moment()
    ids = [row["id"] for row in db.query("SELECT id FROM question LIMIT 30")]
    Tracker(db, moment.clock).set_status(ids, "done")
    for question_id in ids[:-1]:
        reviews.rate(db, moment.clock, question_id, 4)
    found = reviews.recalls(db, Settings(), BEGIN.date())
    recall = next(recall for recall in found if recall.question_id == ids[-1])
    expected = reviews.preview(db, recall, moment.clock, Settings())
    assert list(expected) == [1, 2, 3, 4]
    assert expected[AGAIN] < expected[GOOD] < expected[4]
    card = reviews.rate(db, moment.clock, ids[-1], rating)
    assert card.due == expected[rating], "levelled as it will be"


@pytest.mark.parametrize("days", [3, 7, 10, 30, 100, 400])
def test_our_fuzz_range_is_fsrs_own(days):
    fsrs = Fsrs()
    drawn = {fsrs._get_fuzzed_interval(interval=timedelta(days=days)).days for _ in range(400)}
    lowest, highest = reviews.fuzz_range(days)
    assert lowest <= min(drawn) and max(drawn) <= highest + 1  # it rounds a draw of up to max + 1


def test_levelling_takes_the_least_busy_day_nearest_to_the_interval(clock):
    def chosen(busy):
        days = {clock.today() + timedelta(days=n): count for n, count in busy.items()}
        return reviews.least_busy_interval(timedelta(days=10), clock.today(), days).days

    assert chosen({}) == 10
    assert chosen({10: 1}) in (9, 11)
    assert chosen({8: 3, 9: 3, 10: 3, 11: 2, 12: 3}) == 11
    assert reviews.least_busy_interval(timedelta(days=1), clock.today(), {}).days == 1


def test_levelling_lowers_the_peak_of_a_year():
    without, levelled = peak_over_mean(fuzz="none"), peak_over_mean(fuzz="levelled")
    print(f"\npeak over mean of a year: {without:.2f} without, {levelled:.2f} levelled")
    assert levelled < without


def test_before_the_interview_everything_is_seen_in_the_last_two_weeks(db, tracker):
    moment = Moment()
    ids = [row["id"] for row in db.query("SELECT id FROM question LIMIT 60")]
    Tracker(db, moment.clock).set_status(ids, "done")
    for days in (0, 9):
        moment.instant = BEGIN + timedelta(days=days)
        for question_id in ids:
            reviews.rate(db, moment.clock, question_id, 4)
    target = date(2022, 12, 25)
    chosen = replace(Settings(), target_on=target)
    free = reviews.recalls(db, Settings(), date(2022, 12, 8))
    assert all(recall.due_on > target for recall in free)
    found = reviews.recalls(db, chosen, date(2022, 12, 8))
    last_two_weeks = [r.due_on for r in found if r.due_on >= target - timedelta(weeks=2)]
    assert all(recall.due_on < target for recall in found)
    assert len(last_two_weeks) == 60
    assert max(Counter(last_two_weeks).values()) <= 5  # sixty over fourteen days


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_the_reviews_before_the_interview_are_as_many_each_day(db, zone):
    moment = Moment()
    moment.clock = Clock(ZoneInfo(zone), now=lambda: moment.instant)
    ids = [row["id"] for row in db.query("SELECT id FROM question LIMIT 60")]
    Tracker(db, moment.clock).set_status(ids, "done")
    for days in (0, 9):
        moment.instant = BEGIN + timedelta(days=days)
        for question_id in ids:
            reviews.rate(db, moment.clock, question_id, 4)
    chosen = replace(Settings(), target_on=date(2022, 12, 25), reviews_a_day=60)
    each_day = []
    for day in range(11, 25):
        moment.instant = BEGIN.replace(day=1, month=12) + timedelta(days=day - 1)
        each_day.append(0)
        while found := reviews.due(db, moment.clock, chosen):
            reviews.rate(db, moment.clock, found[0].question_id, 4)
            each_day[-1] += 1
    assert each_day == [5] * 4 + [4] * 10


def test_what_waits_for_the_interview():
    chosen = replace(Settings(), target_on=date(2022, 12, 25))
    before, within, after = date(2022, 12, 10), date(2022, 12, 11), date(2022, 12, 25)
    assert reviews.waits_for_interview(after, before, chosen)
    assert reviews.waits_for_interview(after, None, chosen)
    assert not reviews.waits_for_interview(after, within, chosen), "it was seen in the two weeks"
    assert not reviews.waits_for_interview(after - timedelta(days=1), before, chosen)
    assert not reviews.waits_for_interview(after, before, Settings())


def test_what_is_due_in_the_next_days_counts_overdue_today(db, tracker, clock):
    tracker.set_status(["L-01", "L-02"], "done", on=date(2026, 11, 1))
    reviews.rate(db, clock, "L-02", 4)
    found = reviews.recalls(db, Settings(), clock.today())
    counts = reviews.due_by_day(found, clock.today(), 30)
    assert counts[clock.today()] == 1
    assert sum(counts.values()) == 2


def test_retrievability_falls_with_time(db, tracker, clock):
    tracker.set_status(["L-01", "L-02"], "done")
    reviews.rate(db, clock, "L-01", GOOD)
    found = reviews.recalls(db, Settings(), clock.today())
    now, later = (
        reviews.retrievability(found, clock.now() + timedelta(days=days), Settings())
        for days in (0, 30)
    )
    assert now["L-01"] == pytest.approx(1.0)
    assert later["L-01"] < 0.9
    assert now["L-02"] == 0.0


def test_retention_counts_what_was_recalled(db, clock):
    reviews.rate(db, clock, "L-01", AGAIN)
    reviews.rate(db, Clock(clock.zone, lambda: clock.now() + timedelta(days=1)), "L-02", GOOD)
    row = reviews.retention(db)[0]
    assert (row["category"], row["reviews"], row["recalled"]) == ("Leadership", 2, 1)


def test_settings_of_reviews(db, clock):
    settings.change(db, clock, {"desired_retention": "0.85", "day_start": "05:30"})
    assert reviews.scheduler(settings.load(db)).desired_retention == 0.85
    assert settings.load(db).day_start == time(5, 30)
    assert Rating(GOOD) is Rating.Good
