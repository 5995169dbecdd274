"""Which questions a mock interview asks: the weaker and the longer unseen, the likelier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.models import Status

# A question never met counts as not met for that long, one never judged as middling.
_LONG_UNSEEN_DAYS = 90
_BY_STATUS = {"todo": 1.5, "in_progress": 1.5, "drafted": 1.2, "done": 1.0}
_BY_RATING = {None: 1.5, 1: 3.0, 2: 2.0, 3: 1.0, 4: 0.5}
_UNSURE = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be drawn: its last rating, and the day on which it was last met."""

    id: str
    status: Status
    confidence: int | None
    last_rating: int | None
    last_seen: date | None


def candidates(db: Database, clock: Clock, filters: Mapping[str, Sequence[Any]]) -> list[Candidate]:
    """Return the questions that match the filters, which are those of `questions.find`."""
    met = _last_met(db, clock)
    found = []
    for question in questions.find(db, filters):
        rating, day = met.get(question.id, (None, None))
        days = (day, question.started_on, question.drafted_on, question.done_on)
        last_seen = max((day for day in days if day), default=None)
        found.append(
            Candidate(question.id, question.status, question.confidence, rating, last_seen)
        )
    return found


def weight(candidate: Candidate, today: date) -> float:
    """Return how likely a question is drawn against others.

    It is the product of four factors: confidence (5 for the lowest, 1 for the highest, 4 for
    none), status, the last rating, and the time since it was last met (1 for today, growing to
    4 after 90 days or where it never was).
    """
    doubt = _UNSURE if candidate.confidence is None else 6 - candidate.confidence
    days = (today - candidate.last_seen).days if candidate.last_seen else _LONG_UNSEEN_DAYS
    unseen = 1 + 3 * min(max(days, 0), _LONG_UNSEEN_DAYS) / _LONG_UNSEEN_DAYS
    return doubt * _BY_STATUS[candidate.status] * _BY_RATING[candidate.last_rating] * unseen


def draw(found: Sequence[Candidate], count: int, seed: int, today: date) -> list[str]:
    """Return up to `count` ids drawn by `weight` without putting back; the same for a same seed."""
    if not found:
        return []
    weights = np.array([weight(candidate, today) for candidate in found])
    places = np.random.default_rng(seed).choice(
        len(found), size=min(count, len(found)), replace=False, p=weights / weights.sum()
    )
    return [found[place].id for place in places]


def _last_met(db: Database, clock: Clock) -> dict[str, tuple[int, date]]:
    """Return each question's last rating and its day, from mock interviews and reviews."""
    rows = db.execute(
        "SELECT question_id, rating, day, at FROM ("
        " SELECT q.question_id, q.rating, q.done_on AS day, a.finished_at AS at"
        " FROM attempt_question q JOIN attempt a ON a.id = q.attempt_id WHERE NOT q.removed"
        " UNION ALL SELECT question_id, rating, NULL, at FROM review WHERE NOT removed"
        ") ORDER BY at"
    )
    last = {question_id: (rating, day, at) for question_id, rating, day, at in rows}
    return {
        question_id: (
            rating,
            date.fromisoformat(day) if day else clock.day_of(datetime.fromisoformat(at)),
        )
        for question_id, (rating, day, at) in last.items()
    }
