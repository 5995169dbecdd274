"""Which questions are due for review."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from prep.clock import Clock
from prep.practice import answers, review_queue, reviews
from prep.practice.review_failures import TOO_MANY
from prep.practice.review_schedule import FSRS_STEPS, NO_STEPS
from prep.progress.settings import Settings
from prep.progress.tracker import Tracker

from .moments import AGAIN, BEGIN, GOOD, Moment


def due_ids(db, clock, **fields):
    return [item.question_id for item in review_queue.due(db, clock, replace(Settings(), **fields))]


YESTERDAY = date(2026, 11, 22)  # before the day of the fixture `clock`


def test_a_question_takes_part_once_it_is_drafted_or_done(db, tracker, clock):
    tracker.set_status("L-01", "in_progress", on=YESTERDAY)
    tracker.set_status("L-02", "drafted", on=YESTERDAY)
    tracker.set_status("L-03", "done", on=YESTERDAY)
    assert due_ids(db, clock) == ["L-02", "L-03"]
    tracker.set_status("L-02", "todo")
    assert due_ids(db, clock) == ["L-03"]


@pytest.mark.parametrize("status", ["drafted", "done"])
def test_the_first_review_is_the_day_after_a_question_entered(db, status):
    moment = Moment()
    Tracker(db, moment.clock).set_status("L-01", status)
    assert due_ids(db, moment.clock) == []
    [item] = review_queue.list_items(db, Settings(), moment.clock.today())
    assert item.due_on == moment.clock.today() + timedelta(days=1)
    assert review_queue.minutes_by_day([item], Settings(), moment.clock.today()) == {item.due_on: 3}
    moment.instant += timedelta(days=1)
    assert due_ids(db, moment.clock) == ["L-01"]


def test_the_daily_maximum_counts_what_was_reviewed_today(db, tracker, clock):
    tracker.set_status(["L-01", "L-02", "L-03", "L-04"], "done", on=YESTERDAY)
    assert len(due_ids(db, clock, reviews_a_day=3)) == 3
    reviews.rate(db, clock, "L-01", 4)
    assert due_ids(db, clock, reviews_a_day=3) == ["L-02", "L-03"]


@pytest.fixture
def moment(db):
    """A day on which three questions are due, by a clock that goes on."""
    moment = Moment()
    yesterday = moment.clock.today() - timedelta(days=1)
    Tracker(db, moment.clock).set_status(["L-01", "L-02", "L-03"], "done", on=yesterday)
    return moment


def rate(db, moment, question_id, rating, steps=NO_STEPS):
    """Rate a question, a minute after what was before."""
    moment.instant += timedelta(minutes=1)
    return reviews.rate(db, moment.clock, question_id, rating, steps=steps)


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_whatever_is_rated_leaves_for_the_day_again_comes_once_more_at_its_end(db, moment, rating):
    rate(db, moment, "L-01", AGAIN)
    assert due_ids(db, moment.clock) == ["L-02", "L-03", "L-01"]
    assert due_ids(db, moment.clock, reviews_a_day=1) == ["L-01"]
    rate(db, moment, "L-02", AGAIN)
    rate(db, moment, "L-03", 2)
    assert due_ids(db, moment.clock) == ["L-01", "L-02"]
    card = rate(db, moment, "L-01", rating)
    assert due_ids(db, moment.clock) == ["L-02"]
    assert card.due - moment.instant >= timedelta(days=1)


def counts(db, moment):
    found = review_queue.todays(db, moment.clock, Settings())
    return found.done, found.total, found.left, found.coming_back


def test_each_rating_counts_what_comes_once_more_does_not_count_twice(db, moment):
    assert counts(db, moment) == (0, 3, 3, 0)
    rate(db, moment, "L-01", AGAIN)
    assert counts(db, moment) == (1, 3, 3, 1)
    rate(db, moment, "L-02", GOOD)
    rate(db, moment, "L-03", GOOD)
    assert counts(db, moment) == (3, 3, 1, 1)
    rate(db, moment, "L-01", AGAIN)
    assert counts(db, moment) == (3, 3, 0, 0)


def test_again_comes_once_more_on_its_own_day_alone(db, moment):
    rate(db, moment, "L-01", AGAIN)
    moment.instant += timedelta(days=1)
    assert due_ids(db, moment.clock) == ["L-02", "L-03", "L-01"]
    assert counts(db, moment) == (0, 3, 3, 0)


def test_what_takes_part_no_more_does_not_come_once_more(db, moment):
    rate(db, moment, "L-01", AGAIN)
    Tracker(db, moment.clock).set_status("L-01", "todo")
    assert due_ids(db, moment.clock) == ["L-02", "L-03"]


@pytest.mark.parametrize("rating", [1, 2, 3])
def test_a_card_in_the_middle_of_a_step_comes_as_it_was_due_and_goes_on_without(db, moment, rating):
    card = rate(db, moment, "L-01", rating, FSRS_STEPS)
    assert card.step is not None
    assert "L-01" in due_ids(db, moment.clock)
    moment.instant = card.due
    card = rate(db, moment, "L-01", GOOD)
    assert card.step is None
    assert card.due - moment.instant >= timedelta(days=1)
    assert due_ids(db, moment.clock) == ["L-02", "L-03"]


def test_what_failed_too_often_is_set_apart(db, moment):
    for failed in range(1, TOO_MANY + 1):
        found = review_queue.todays(db, moment.clock, Settings())
        assert "L-01" in [item.question_id for item in found.waiting]
        assert found.comes_back("L-01") is (failed < TOO_MANY)
        rate(db, moment, "L-01", AGAIN)
        assert ("L-01" in due_ids(db, moment.clock)) is (failed < TOO_MANY)
        moment.instant += timedelta(days=1)
    assert due_ids(db, moment.clock) == ["L-02", "L-03"]
    found = review_queue.todays(db, moment.clock, Settings())
    assert [item.question_id for item in found.set_apart] == ["L-01"]
    answers.save(db, moment.clock, "L-01", "Said better.")
    assert due_ids(db, moment.clock) == ["L-02", "L-03", "L-01"]


def test_what_is_set_apart_takes_no_place_of_the_daily_maximum(db, moment):
    for _ in range(TOO_MANY):
        rate(db, moment, "L-01", AGAIN)
        moment.instant += timedelta(days=1)
    assert due_ids(db, moment.clock, reviews_a_day=2) == ["L-02", "L-03"]


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
