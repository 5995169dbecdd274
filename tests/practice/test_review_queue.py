"""Which questions are due for review."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from prep.clock import Clock
from prep.practice import review_queue, reviews
from prep.progress.settings import Settings
from prep.progress.tracker import Tracker

from .moments import AGAIN, BEGIN, GOOD, Moment


def due_ids(db, clock, **fields):
    return [item.question_id for item in review_queue.due(db, clock, replace(Settings(), **fields))]


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


def rate_sixty_twice(db, moment):
    """Have sixty questions done, and rated easy at once and nine days later."""
    ids = [row["id"] for row in db.query("SELECT id FROM question LIMIT 60")]
    Tracker(db, moment.clock).set_status(ids, "done")
    for days in (0, 9):
        moment.instant = BEGIN + timedelta(days=days)
        for question_id in ids:
            reviews.rate(db, moment.clock, question_id, 4)


def test_before_the_interview_everything_is_seen_in_the_last_two_weeks(db, tracker):
    moment = Moment()
    rate_sixty_twice(db, moment)
    target = date(2022, 12, 25)
    chosen = replace(Settings(), target_on=target)
    free = review_queue.list_items(db, Settings(), date(2022, 12, 8))
    assert all(item.due_on > target for item in free)
    found = review_queue.list_items(db, chosen, date(2022, 12, 8))
    last_two_weeks = [r.due_on for r in found if r.due_on >= target - timedelta(weeks=2)]
    assert all(item.due_on < target for item in found)
    assert len(last_two_weeks) == 60
    assert max(Counter(last_two_weeks).values()) <= 5  # sixty over fourteen days


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_the_reviews_before_the_interview_are_as_many_each_day(db, zone):
    moment = Moment()
    moment.clock = Clock(ZoneInfo(zone), now=lambda: moment.instant)
    rate_sixty_twice(db, moment)
    chosen = replace(Settings(), target_on=date(2022, 12, 25), reviews_a_day=60)
    each_day = []
    for day in range(11, 25):
        moment.instant = BEGIN.replace(day=1, month=12) + timedelta(days=day - 1)
        each_day.append(0)
        while found := review_queue.due(db, moment.clock, chosen):
            reviews.rate(db, moment.clock, found[0].question_id, 4)
            each_day[-1] += 1
    assert each_day == [5] * 4 + [4] * 10


def test_what_is_due_in_the_next_days_counts_overdue_today(db, tracker, clock):
    tracker.set_status(["L-01", "L-02"], "done", on=date(2026, 11, 1))
    reviews.rate(db, clock, "L-02", 4)
    found = review_queue.list_items(db, Settings(), clock.today())
    counts = review_queue.due_by_day(found, clock.today(), 30)
    assert counts[clock.today()] == 1
    assert sum(counts.values()) == 2


def test_retrievability_falls_with_time(db, tracker, clock):
    tracker.set_status(["L-01", "L-02"], "done")
    reviews.rate(db, clock, "L-01", GOOD)
    found = review_queue.list_items(db, Settings(), clock.today())
    now, later = (
        review_queue.retrievability(found, clock.now() + timedelta(days=days), Settings())
        for days in (0, 30)
    )
    assert now["L-01"] == pytest.approx(1.0)
    assert later["L-01"] < 0.9
    assert now["L-02"] == 0.0
