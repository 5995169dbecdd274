"""Which questions a mock interview asks."""

from collections import Counter
from datetime import date

import pytest

from prep.clock import Clock
from prep.content.models import BEHAVIORAL
from prep.practice import mock_draw
from prep.practice.mock_draw import Candidate

from .interviews import LOOP, finished


def candidate(question_id, **fields):
    plain = {"confidence": None, "status": "todo", "last_rating": None, "last_seen": None}
    return Candidate(**{"id": question_id, **plain, **fields})


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ({"confidence": 1}, {"confidence": 5}),
        ({"confidence": None}, {"confidence": 4}),
        ({"status": "todo"}, {"status": "done"}),
        ({"last_rating": 1}, {"last_rating": 4}),
        ({"last_rating": None}, {"last_rating": 3}),
        ({"last_seen": None}, {"last_seen": date(2026, 11, 20)}),
        ({"last_seen": date(2026, 9, 1)}, {"last_seen": date(2026, 11, 20)}),
    ],
)
def test_the_weaker_and_the_longer_unseen_weighs_more(clock, weaker, stronger):
    today = clock.today()
    assert mock_draw.weight(candidate("A", **weaker), today) > mock_draw.weight(
        candidate("A", **stronger), today
    )


def test_a_day_ahead_of_today_counts_as_today(clock):
    ahead, today = (
        candidate("A", last_seen=date(2026, 11, 24)),
        candidate("A", last_seen=date(2026, 11, 23)),
    )
    assert mock_draw.weight(ahead, clock.today()) == mock_draw.weight(today, clock.today())


def test_the_same_seed_draws_the_same(db, clock):
    rows = mock_draw.candidates(db, Clock(), {"sheet": [BEHAVIORAL]})
    drawn = mock_draw.draw(rows, 5, 7, clock.today())
    assert drawn == mock_draw.draw(rows, 5, 7, clock.today())
    assert len(set(drawn)) == 5
    assert drawn != mock_draw.draw(rows, 5, 8, clock.today())


def test_a_draw_of_more_than_there_are_is_all(clock):
    assert sorted(mock_draw.draw([candidate("A"), candidate("B")], 5, 1, clock.today())) == [
        "A",
        "B",
    ]
    assert mock_draw.draw([], 5, 1, clock.today()) == []


def test_draws_follow_the_weights(clock):
    rows = [candidate("A", confidence=1), candidate("B", confidence=5)]  # 5 to 1
    first = Counter(mock_draw.draw(rows, 1, seed, clock.today())[0] for seed in range(3000))
    assert 0.80 < first["A"] / 3000 < 0.865


def test_candidates_know_the_last_rating_and_the_last_day(db, watch, tracker):
    tracker.set_status("L-02", "done")
    finished(db, watch, ["L-01"], rating=1)
    watch.on(86400)
    finished(db, watch, ["L-01"], rating=4)
    rows = {row.id: row for row in mock_draw.candidates(db, Clock(), {"sheet": [BEHAVIORAL]})}
    met = {q: (rows[q].last_rating, rows[q].last_seen) for q in LOOP}
    assert met == {
        "L-01": (4, date(2026, 11, 24)),
        "L-02": (None, date(2026, 11, 23)),
        "L-03": (None, None),
    }


def test_a_review_counts_as_met(db):
    db.table("review").insert({"id": "L-01#2026-11-20T09:00:00+00:00", "rating": 2, "removed": 0})
    row = mock_draw.candidates(db, Clock(), {"id": ["L-01"]})[0]
    assert (row.last_rating, row.last_seen) == (2, date(2026, 11, 20))
