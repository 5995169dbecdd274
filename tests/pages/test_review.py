"""The page of reviews: what stands around the queue."""

from datetime import timedelta

import pytest

from prep.clock import Clock
from prep.practice import reviews
from prep.practice.retention import ENOUGH
from prep.practice.review_failures import TOO_MANY

from .conftest import texts, unfold

pytestmark = pytest.mark.usefixtures("one_day")


def days_before(days):
    at = Clock().now() - timedelta(days=days)
    return Clock(now=lambda: at)


def repeat(db, tracker, count, failed):
    """Have questions rated Good, and each once more nine days later: the first of them Again."""
    ids = [row["id"] for row in db.query("SELECT id FROM question LIMIT ?", [count])]
    tracker.set_status(ids, "done", on=days_before(11).today())
    for question_id in ids:
        reviews.rate(db, days_before(10), question_id, 3)
    for place, question_id in enumerate(ids):
        reviews.rate(db, days_before(1), question_id, 1 if place < failed else 3)


def test_the_measured_retention_stands_beside_the_predicted_one(open_page, db, tracker):
    repeat(db, tracker, ENOUGH, failed=10)
    test = open_page("review")
    shown = {metric.label: (metric.value, metric.delta) for metric in test.metric}
    assert shown["Desired"][0] == "90 %"
    assert shown["Measured"] == ("80 %", f"40 of {ENOUGH}")
    assert 50 < int(shown["Predicted"][0].removesuffix(" %")) < 90


def test_too_few_reviews_measure_nothing(open_page, db, tracker):
    repeat(db, tracker, ENOUGH - 1, failed=0)
    test = open_page("review")
    assert not test.metric
    assert f"{ENOUGH - 1} so far" in texts(test)


def test_what_is_set_apart_is_not_counted_as_due(open_page, db, tracker):
    tracker.set_status(["L-01", "L-02"], "done", on=days_before(9).today())
    for days in range(TOO_MANY, 0, -1):
        reviews.rate(db, days_before(days), "L-01", 1)
    test = unfold(open_page("review"), "due")
    [due] = [frame.value["due"] for frame in test.dataframe if "due" in frame.value]
    assert due.tolist() == [1] + [0] * 29
