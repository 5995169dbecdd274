"""Which questions fail again and again, and until when."""

from datetime import timedelta

import pytest

from prep.practice import answers, review_failures, reviews
from prep.store import undo_redo

from .moments import AGAIN, BEGIN, GOOD, Moment

HARD = 2


def failed_in_a_row(db, ratings):
    """Rate L-01 at these hours from the beginning; return the days in a row on which it failed."""
    moment = Moment()
    for hours, rating in ratings:
        moment.instant = BEGIN + timedelta(hours=hours)
        reviews.rate(db, moment.clock, "L-01", rating)
    return review_failures.in_a_row(db, moment.clock).get("L-01", 0)


def each_day(*ratings):
    return [(24 * day, rating) for day, rating in enumerate(ratings)]


@pytest.mark.parametrize(
    ("ratings", "failed"),
    [
        (each_day(*[AGAIN] * 4), 4),
        (each_day(GOOD, *[AGAIN] * 5), 5),
        (each_day(*[AGAIN] * 4, HARD), 0),
        (each_day(*[AGAIN] * 3, GOOD, *[AGAIN] * 3), 3),
        ([(0, AGAIN), (1, AGAIN), (2, AGAIN), (3, AGAIN)], 1),
        ([(24 * day + hour, (AGAIN, GOOD)[hour]) for day in range(4) for hour in (0, 1)], 4),
        ([*each_day(*[AGAIN] * 3, GOOD), (73, AGAIN)], 0),
    ],
)
def test_a_day_counts_by_its_first_rating(db, ratings, failed):
    assert failed_in_a_row(db, ratings) == failed


def test_failures_before_the_answer_was_rewritten_do_not_count(db):
    assert failed_in_a_row(db, each_day(*[AGAIN] * 4)) == 4
    moment = Moment(BEGIN + timedelta(days=3, hours=2))
    answers.save(db, moment.clock, "L-01", "Said better.")
    assert review_failures.in_a_row(db, moment.clock) == {}
    undo_redo.undo(db, moment.clock)
    assert review_failures.in_a_row(db, moment.clock) == {"L-01": 4}
    undo_redo.redo(db, moment.clock)
    moment.instant += timedelta(days=1)
    reviews.rate(db, moment.clock, "L-01", AGAIN)
    assert review_failures.in_a_row(db, moment.clock) == {"L-01": 1}


def test_an_answer_that_was_taken_away_is_not_rewritten(db):
    moment = Moment(BEGIN - timedelta(hours=1))
    answers.save(db, moment.clock, "L-01", "An answer.")
    failed_in_a_row(db, each_day(*[AGAIN] * 4))
    moment.instant = BEGIN + timedelta(days=4)
    answers.save(db, moment.clock, "L-01", "")
    assert review_failures.in_a_row(db, moment.clock) == {"L-01": 4}


def test_a_failure_that_is_taken_back_does_not_count(db):
    failed_in_a_row(db, each_day(*[AGAIN] * 4))
    moment = Moment(BEGIN + timedelta(days=4))
    undo_redo.undo(db, moment.clock)
    assert review_failures.in_a_row(db, moment.clock) == {"L-01": 3}
