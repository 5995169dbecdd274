"""Spaced repetition: rating what was recalled, and what came of it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime

from fsrs import Card, ReviewLog
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.errors import InvalidValue
from prep.practice.review_queue import ReviewItem
from prep.practice.review_schedule import (
    NO_STEPS,
    RATINGS,
    Steps,
    answered,
    due_dates,
    due_day,
    new_card,
)
from prep.progress import settings
from prep.progress.settings import Settings
from prep.store import change_log, ids
from prep.store.change_rows import Edit
from prep.store.database import writing


def preview(db: Database, item: ReviewItem, clock: Clock, chosen: Settings) -> dict[int, datetime]:
    """Return for each rating when the question would come again: what `rate` would make it."""
    card = item.card or new_card(item.question_id, clock.now())
    return due_dates(card, loads(db, item.question_id), clock, chosen)


def rate(
    db: Database,
    clock: Clock,
    question_id: str,
    rating: int,
    seconds: int | None = None,
    *,
    shown: ReviewItem | None = None,
    steps: Steps = NO_STEPS,
) -> Card:
    """Keep a rating and schedule the question; return its new card.

    `shown` is the question as it was shown to whoever rates it: one that was rated since is not
    rated again. Raises UnknownQuestion, InvalidValue: then nothing is changed.
    """
    with writing(db):
        if shown is not None:
            _refuse_rated(db, shown)
        edits = rate_edits(db, clock, question_id, rating, seconds, steps)
        change_log.write_together(db, clock, edits)
        return Card.from_dict(json.loads(edits[0].fields[question_id]["card"]))


def _refuse_rated(db: Database, shown: ReviewItem) -> None:
    """Raise InvalidValue where a question was rated since it was shown: its card is another."""
    row = db.execute("SELECT card FROM card WHERE question_id = ?", [shown.question_id]).fetchone()
    if (row and row[0]) != shown.stored:
        raise InvalidValue(
            f"{shown.question_id} was rated elsewhere since it was shown here:"
            " this rating is not counted"
        )


def rate_edits(
    db: Database,
    clock: Clock,
    question_id: str,
    rating: int,
    seconds: int | None = None,
    steps: Steps = NO_STEPS,
) -> list[Edit]:
    """Return what a rating (1 to 4) changes: the card and the review log.

    Call it inside `writing(db)`. Raises UnknownQuestion, InvalidValue.
    """
    if rating not in RATINGS:
        raise InvalidValue(f"a rating is a number from 1 (again) to 4 (easy), not {rating!r}")
    questions.get(db, question_id)
    chosen, now = settings.load(db), clock.now()
    row = db.execute("SELECT card FROM card WHERE question_id = ?", [question_id]).fetchone()
    card = Card.from_dict(json.loads(row[0])) if row and row[0] else None
    busy = loads(db, question_id)
    known = card or new_card(question_id, now)
    new, log = answered(known, rating, busy, clock, chosen, seconds, steps)
    due_on = due_day(new.due, clock).isoformat()
    review_id = f"{question_id}#{now.isoformat()}#{ids.unique()}"
    kept = {"rating": rating, "log": json.dumps(log.to_dict()), "removed": 0}
    after = {"card": json.dumps(new.to_dict()), "due_on": due_on}
    return [
        Edit("card", {question_id: after}),
        Edit("review", {review_id: kept}),
    ]


def loads(db: Database, but: str) -> Counter[date]:
    """Return how many other questions are due on each day."""
    rows = db.execute(
        "SELECT due_on, count(*) FROM card WHERE due_on IS NOT NULL AND question_id <> ?"
        " GROUP BY due_on",
        [but],
    )
    return Counter({date.fromisoformat(day): count for day, count in rows})


def logs(db: Database, question_id: str) -> list[ReviewLog]:
    """Return a question's review log, the oldest first, as FSRS's optimizer reads it."""
    rows = db.execute(
        "SELECT log FROM review WHERE question_id = ? AND NOT removed ORDER BY at", [question_id]
    )
    return [ReviewLog.from_dict(json.loads(log)) for (log,) in rows]
