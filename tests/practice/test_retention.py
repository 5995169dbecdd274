"""How much was recalled, and how much of it FSRS expected."""

from datetime import timedelta

import pytest
from fsrs import Card, Rating, Scheduler

from prep.practice import retention, reviews
from prep.practice.review_schedule import FSRS_STEPS, NO_STEPS

from .moments import AGAIN, BEGIN, GOOD, Moment

HARD = 2


def rate_at(db, hours, rating, question_id="L-01", steps=NO_STEPS):
    moment = Moment(BEGIN + timedelta(hours=hours))
    reviews.rate(db, moment.clock, question_id, rating, steps=steps)
    return moment


def test_by_category_it_counts_what_was_recalled(db):
    rate_at(db, 0, AGAIN)
    rate_at(db, 24, GOOD, "L-02")
    [row] = retention.by_category(db)
    assert (row.category, row.reviews, row.recalled) == ("Leadership", 2, 1)


@pytest.mark.parametrize(
    ("rated", "counts"),
    [
        ([], (0, 0)),
        ([(0, GOOD)], (0, 0)),
        ([(0, GOOD), (48, GOOD)], (1, 1)),
        ([(0, GOOD), (48, HARD), (72, AGAIN)], (2, 1)),
        ([(0, AGAIN), (1, GOOD), (24, GOOD)], (1, 1)),
        ([(0, GOOD), (48, AGAIN), (49, GOOD)], (1, 0)),
        ([(11, GOOD), (17, GOOD)], (1, 1)),  # a night between them, but no whole day
    ],
)
def test_it_measures_what_had_a_day_to_be_forgotten(db, rated, counts):
    moment = Moment()
    for hours, rating in rated:
        rate_at(db, hours, rating)
    found = retention.measured(db, moment.clock)
    assert (found.reviews, found.recalled) == counts


@pytest.mark.parametrize("steps", [FSRS_STEPS, NO_STEPS])
def test_what_was_expected_is_the_retrievability_at_each_review(db, steps):
    fsrs = Scheduler(enable_fuzzing=False)
    expected, moment = 0.0, Moment()
    for question_id, days in {"L-01": [0, 2, 13], "L-02": [1, 9]}.items():
        card = Card(1)
        for day in days:
            at = BEGIN + timedelta(days=day)
            expected += fsrs.get_card_retrievability(card, at)
            card, _ = fsrs.review_card(card, Rating(GOOD), at)
            moment = rate_at(db, 24 * day, GOOD, question_id, steps)
    found = retention.measured(db, moment.clock)
    assert found.reviews == 3
    assert found.expected == pytest.approx(expected)
    assert 0.8 < found.expected / found.reviews < 1


def test_fifty_reviews_that_count_are_enough(db):
    for question_id, count in (("L-01", 26), ("L-02", 25)):
        for day in range(count):
            moment = rate_at(db, 24 * day, GOOD, question_id)
    assert retention.measured(db, moment.clock).reviews == 49
    assert not retention.measured(db, moment.clock).is_enough
    moment = rate_at(db, 24 * 30, GOOD)
    assert retention.measured(db, moment.clock).is_enough
