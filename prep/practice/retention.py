"""How much was recalled: by category, and beside what FSRS predicted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from fsrs import Card, Rating
from sqlite_utils import Database

from prep.clock import Clock
from prep.practice.review_schedule import AGAIN, new_card, scheduler
from prep.progress.settings import Settings
from prep.store import cache

ENOUGH = 50  # reviews: the share of fewer says little


@dataclass(frozen=True, slots=True)
class OfCategory:
    """How many reviews a category had, and how many of them were recalled (not Again)."""

    sheet: str
    category: str
    position: int
    reviews: int
    recalled: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Of the reviews that count: how many were recalled, and how many FSRS expected to be."""

    reviews: int
    recalled: int
    expected: float

    @property
    def is_enough(self) -> bool:
        """Whether the shares of these reviews say something."""
        return self.reviews >= ENOUGH


class Repeated(NamedTuple):
    """A review that was not a question's first: when it was, and the one before it."""

    at: datetime
    before: datetime
    is_recalled: bool
    retrievability: float


@cache.kept
def by_category(db: Database) -> list[OfCategory]:
    """Return how much was recalled of each category that was reviewed, in the sheets' order."""
    return [
        OfCategory(**row)
        for row in db.query(
            "SELECT q.sheet, c.title AS category, q.category_position AS position,"
            " sum(n) AS reviews, sum(r.recalled) AS recalled FROM ("
            " SELECT question_id, count(*) AS n, sum(rating > 1) AS recalled FROM review"
            " WHERE NOT removed GROUP BY question_id) r"
            " JOIN question q ON q.id = r.question_id"
            " JOIN category c ON c.sheet = q.sheet AND c.position = q.category_position"
            " GROUP BY 1, 3 ORDER BY 1 DESC, 3"
        )
    ]


def measured(db: Database, clock: Clock) -> Measured:
    """Return how much was recalled of what had a day at least to be forgotten.

    A question's first review does not count, nor one on the day of the review before it. What
    FSRS expected is the sum of each question's retrievability at its review.
    """
    counted = [
        review for review in _repeated(db) if clock.day_of(review.at) > clock.day_of(review.before)
    ]
    return Measured(
        len(counted),
        sum(review.is_recalled for review in counted),
        sum(review.retrievability for review in counted),
    )


@cache.kept
def _repeated(db: Database) -> list[Repeated]:
    """Return all reviews but the first of each question, its card as replaying the log gives it.

    What a card remembers depends neither on the steps nor on the desired retention.
    """
    rows = db.execute(
        "SELECT question_id, at, rating FROM review WHERE NOT removed ORDER BY question_id, at"
    )
    fsrs, cards, found = scheduler(Settings()), dict[str, Card](), []
    for question_id, written, rating in rows:
        at = datetime.fromisoformat(written)
        card = cards.get(question_id) or new_card(question_id, at)
        if card.last_review is not None:
            likely = fsrs.get_card_retrievability(card, at)
            found.append(Repeated(at, card.last_review, rating != AGAIN, likely))
        cards[question_id], _ = fsrs.review_card(card, Rating(rating), at)
    return found
