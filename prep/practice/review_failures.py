"""Which questions fail again and again: repeating them helps less than a better answer would."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from prep.clock import Clock
from prep.practice.review_schedule import AGAIN
from prep.store import cache

TOO_MANY = 4  # days in a row on which a question was first answered Again


class Rated(NamedTuple):
    """One review, and whether the answer was then what it is now."""

    at: datetime
    rating: int
    same_answer: bool


def in_a_row(db: Database, clock: Clock) -> dict[str, int]:
    """Return on how many days in a row each question failed lately, with the answer it has now.

    A day counts by its first rating: what is rated again that day was looked at just before.
    Questions that failed on fewer than TOO_MANY - 1 days may be left out.
    """
    return {
        question_id: days
        for question_id, reviews in _often_failed(db).items()
        if (days := _failed_days(reviews, clock))
    }


def _failed_days(reviews: Iterable[Rated], clock: Clock) -> int:
    first_of_day = {clock.day_of(review.at): review for review in reversed(list(reviews))}
    failed = 0
    for day in sorted(first_of_day, reverse=True):
        review = first_of_day[day]
        if review.rating != AGAIN or not review.same_answer:
            break
        failed += 1
    return failed


@cache.kept
def _often_failed(db: Database) -> dict[str, tuple[Rated, ...]]:
    """Return the reviews of the questions that were rated Again about TOO_MANY times, by time."""
    rows = db.execute(
        "SELECT question_id, at, rating FROM review WHERE NOT removed AND question_id IN ("
        " SELECT question_id FROM review WHERE NOT removed GROUP BY question_id"
        " HAVING sum(rating = ?) >= ?) ORDER BY question_id, at",
        [AGAIN, TOO_MANY - 1],
    ).fetchall()
    found: dict[str, list[Rated]] = {}
    answers = {question_id: _Answer(db, question_id) for question_id, _, _ in rows}
    for question_id, at, rating in rows:
        same = answers[question_id].is_as_at(at)
        found.setdefault(question_id, []).append(Rated(datetime.fromisoformat(at), rating, same))
    return {question_id: tuple(reviews) for question_id, reviews in found.items()}


class _Answer:
    """The saved versions of a question's answer, and when each was saved."""

    def __init__(self, db: Database, question_id: str) -> None:
        rows = db.execute(
            "SELECT c.at, h.new FROM history h JOIN change c ON c.id = h.change_id"
            " WHERE h.subject = 'answer' AND h.subject_id = ? AND h.field = 'body' ORDER BY c.at",
            [question_id],
        ).fetchall()
        self._saved_at = [datetime.fromisoformat(at) for at, _ in rows]
        self._bodies = ["", *(json.loads(new) for _, new in rows)]

    def is_as_at(self, at: str) -> bool:
        """Whether the answer was then what it is now; one that is empty now is no other."""
        then = self._bodies[bisect_right(self._saved_at, datetime.fromisoformat(at))]
        return self._bodies[-1] in ("", then)
