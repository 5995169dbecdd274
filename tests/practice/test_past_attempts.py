"""What came of finished mock interviews."""

from prep.content.models import BEHAVIORAL
from prep.practice import past_attempts

from .interviews import finished


def test_best_is_the_highest_score_and_last_the_latest(db, watch):
    assert past_attempts.best_and_last(db, "L-01") is None
    best = finished(db, watch, scores={"Task": 3})
    watch.on(86400)
    last = finished(db, watch, scores={"Task": 1}, rating=4)
    assert [row.attempt_id for row in past_attempts.best_and_last(db, "L-01")] == [best, last]
    assert past_attempts.best_and_last(db, "L-02") is None


def test_of_equal_answers_the_latest_is_best(db, watch):
    finished(db, watch)
    last = finished(db, watch)
    assert [row.attempt_id for row in past_attempts.best_and_last(db, "L-01")] == [last, last]


def test_trends_are_the_mean_of_a_category_and_day(db, watch):
    assert past_attempts.by_category(db).empty
    finished(db, watch, ["L-01", "L-02"], scores={"Task": 3}, kind=BEHAVIORAL)
    finished(db, watch, ["L-03"], scores={"Task": 0})
    finished(db, watch, ["SD-001"], rating=4)
    watch.on(86400)
    finished(db, watch, ["L-01"], rating=1)
    frame = past_attempts.by_category(db)
    found = [
        (row.sheet, row.category, f"{row.day:%m-%d}", round(row.score, 3), row.answers)
        for row in frame.itertuples()
    ]
    assert found == [
        ("behavioral", "Leadership", "11-23", 0.667, 3),
        ("behavioral", "Leadership", "11-24", 0, 1),
        ("system-design", "Classic “Design X” Questions", "11-23", 1, 1),
    ]
