"""Spaced repetition: which questions to recall today, and when each comes again.

The schedule is FSRS's, by its own library; what is kept is its card and its review log, as its
`to_dict` writes them. A question takes part while it is drafted or done.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from fsrs import Card, Rating, ReviewLog, Scheduler
from fsrs.scheduler import FUZZ_RANGES
from sqlite_utils import Database

from prep import history, questions, settings
from prep.clock import Clock
from prep.database import writing
from prep.errors import InvalidValue
from prep.history import Edit
from prep.settings import Settings

RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}
LAST_WEEKS = timedelta(weeks=2)  # before the interview, in which everything is seen once more
MINUTES_A_REVIEW = 3
_NO_CARD = {"card": None, "due_on": None}
_NO_REVIEW = {"rating": None, "log": None, "removed": 1}


@dataclass(frozen=True)
class Recall:
    """A question that takes part: its card (None before its first review) and when it is due."""

    question_id: str
    entered_on: date
    card: Card | None
    due_on: date


def scheduler(chosen: Settings) -> Scheduler:
    """Return FSRS with the person's desired retention.

    Its random fuzz is off: `levelled` chooses within the same range instead.
    """
    return Scheduler(desired_retention=chosen.desired_retention, enable_fuzzing=False)


def review_day(instant: datetime, clock: Clock, day_start: time) -> date:
    """Return the day that an instant belongs to, when a day begins at `day_start`."""
    local = instant.astimezone(clock.zone)
    begins = timedelta(hours=day_start.hour, minutes=day_start.minute)
    return (local.replace(tzinfo=None) - begins).date()


def today(clock: Clock, chosen: Settings) -> date:
    """Return the present day of reviews."""
    return review_day(clock.now(), clock, chosen.day_start)


def recalls(db: Database, chosen: Settings, day: date) -> list[Recall]:
    """Return every question that takes part, by the day it is due.

    Before an interview nothing is due later than its eve that was not seen in the two weeks
    before it: such questions are spread over those weeks.
    """
    rows = db.execute(
        "SELECT t.id, coalesce(t.done_on, t.drafted_on), c.card, c.due_on FROM tracker t"
        " LEFT JOIN card c ON c.question_id = t.id"
        " WHERE t.status IN ('drafted', 'done') AND NOT t.retired ORDER BY 4, 2, 1"
    )
    found = [_recall(*row) for row in rows]
    return sorted(_before_interview(found, chosen, day), key=lambda recall: recall.due_on)


def due(db: Database, clock: Clock, chosen: Settings) -> list[Recall]:
    """Return what is to be recalled now, in order, within the daily maximum.

    First what was due longest; a question answered `Again` minutes ago waits for its time, or
    until nothing else is left.
    """
    day, now = today(clock, chosen), clock.now()
    waiting = [recall for recall in recalls(db, chosen, day) if recall.due_on <= day]
    left = max(chosen.reviews_a_day - len(reviewed_on(db, clock, chosen, day)), 0)
    again = [r for r in waiting if r.card and _is_learning(r.card) and r.due_on == day]
    fresh = [r for r in waiting if r not in again][:left]
    again.sort(key=lambda recall: recall.card.due if recall.card else now)
    ready = [r for r in again if r.card and r.card.due <= now]
    return [*ready, *fresh, *(r for r in again if r not in ready)]


def reviewed_on(db: Database, clock: Clock, chosen: Settings, day: date) -> set[str]:
    """Return the ids of the questions reviewed on a day."""
    since = datetime.combine(day - timedelta(days=1), time(), UTC).isoformat()
    rows = db.execute("SELECT question_id, at FROM review WHERE NOT removed AND at >= ?", [since])
    return {
        question_id
        for question_id, at in rows
        if review_day(datetime.fromisoformat(at), clock, chosen.day_start) == day
    }


def preview(recall: Recall, clock: Clock, chosen: Settings) -> dict[int, timedelta]:
    """Return for each rating how long until the question would come again."""
    now = clock.now()
    card = recall.card or _new_card(recall.question_id, now)
    fsrs = scheduler(chosen)
    return {rating: fsrs.review_card(card, Rating(rating), now)[0].due - now for rating in RATINGS}


def rate(
    db: Database, clock: Clock, question_id: str, rating: int, seconds: int | None = None
) -> Card:
    """Keep a rating and schedule the question; return its new card.

    Raises UnknownQuestion, InvalidValue: then nothing is changed.
    """
    with writing(db):
        edits = rate_edits(db, clock, question_id, rating, seconds)
        history.write_together(db, clock, edits)
        return Card.from_dict(json.loads(edits[0].after[question_id]["card"]))


def rate_edits(
    db: Database, clock: Clock, question_id: str, rating: int, seconds: int | None = None
) -> list[Edit]:
    """Return what a rating (1 to 4) changes: the card and the review log.

    Call it inside `writing(db)`. Raises UnknownQuestion, InvalidValue.
    """
    if rating not in RATINGS:
        raise InvalidValue(f"a rating is a number from 1 (again) to 4 (easy), not {rating!r}")
    questions.get(db, question_id)
    chosen, now = settings.load(db), clock.now()
    row = db.execute(
        "SELECT card, due_on FROM card WHERE question_id = ?", [question_id]
    ).fetchone()
    before = dict(zip(_NO_CARD, row, strict=True)) if row else _NO_CARD
    card = Card.from_dict(json.loads(before["card"])) if before["card"] else None
    milliseconds = None if seconds is None else 1000 * seconds
    new, log = scheduler(chosen).review_card(
        card or _new_card(question_id, now), Rating(rating), now, milliseconds
    )
    new.due = now + levelled(new.due - now, now, loads(db, question_id), clock, chosen)
    due_on = review_day(new.due, clock, chosen.day_start).isoformat()
    review_id = f"{question_id}#{now.isoformat()}"
    kept = {"rating": rating, "log": json.dumps(log.to_dict()), "removed": 0}
    after = {"card": json.dumps(new.to_dict()), "due_on": due_on}
    return [
        Edit("card", {question_id: before}, {question_id: after}),
        Edit("review", {review_id: _NO_REVIEW}, {review_id: kept}),
    ]


def loads(db: Database, but: str) -> Counter[date]:
    """Return how many other questions are due on each day."""
    rows = db.execute(
        "SELECT due_on, count(*) FROM card WHERE due_on IS NOT NULL AND question_id <> ?"
        " GROUP BY due_on",
        [but],
    )
    return Counter({date.fromisoformat(day): count for day, count in rows})


def levelled(
    interval: timedelta, now: datetime, due_on: Mapping[date, int], clock: Clock, chosen: Settings
) -> timedelta:
    """Return the interval moved to the least busy day of FSRS's own fuzz range.

    Of days as busy as each other, the one nearest to the interval itself.
    """
    if interval.days < 2.5:
        return interval
    lowest, highest = fuzz_range(interval.days)

    def busy(days: int) -> tuple[int, int]:
        day = review_day(now + timedelta(days=days), clock, chosen.day_start)
        return due_on.get(day, 0), abs(days - interval.days)

    return timedelta(days=min(range(lowest, highest + 1), key=busy))


def fuzz_range(days: int) -> tuple[int, int]:
    """Return the least and the most days that FSRS's fuzz makes of an interval.

    The formula is that of `Scheduler._get_fuzzed_interval` in py-fsrs 6.
    """
    delta = 1.0 + sum(
        part["factor"] * max(min(float(days), part["end"]) - part["start"], 0.0)
        for part in FUZZ_RANGES
    )
    return max(2, round(days - delta)), round(days + delta)


def logs(db: Database, question_id: str) -> list[ReviewLog]:
    """Return a question's review log, the oldest first, as FSRS's optimizer reads it."""
    rows = db.execute(
        "SELECT log FROM review WHERE question_id = ? AND NOT removed ORDER BY at", [question_id]
    )
    return [ReviewLog.from_dict(json.loads(log)) for (log,) in rows]


def retrievability(found: Iterable[Recall], now: datetime, chosen: Settings) -> dict[str, float]:
    """Return how likely each question is remembered now (0 to 1); 0 before its first review."""
    fsrs = scheduler(chosen)
    return {
        recall.question_id: fsrs.get_card_retrievability(recall.card, now) if recall.card else 0.0
        for recall in found
    }


def minutes_by_day(found: Iterable[Recall], chosen: Settings, day: date) -> dict[date, int]:
    """Return the minutes that reviews take on each day from `day` on, as far as is known now."""
    counts = Counter(max(recall.due_on, day) for recall in found)
    return {on: MINUTES_A_REVIEW * min(n, chosen.reviews_a_day) for on, n in counts.items()}


def due_by_day(found: Iterable[Recall], day: date, days: int) -> Counter[date]:
    """Return how many are due on each of the next `days` days; what is overdue counts today."""
    end = day + timedelta(days=days)
    return Counter(max(r.due_on, day) for r in found if r.due_on < end)


def retention(db: Database) -> list[dict[str, Any]]:
    """Return by category how many reviews there were and how many were recalled (not Again)."""
    return list(
        db.query(
            "SELECT t.sheet, t.section AS category, t.category_position AS position,"
            " count(*) AS reviews, sum(r.rating > 1) AS recalled FROM review r"
            " JOIN tracker t ON t.id = r.question_id WHERE NOT r.removed"
            " GROUP BY 1, 3 ORDER BY 1 DESC, 3"
        )
    )


def card_of(text: str) -> Card:
    """Return the card that is kept as `text`."""
    return Card.from_dict(json.loads(text))


def _recall(question_id: str, entered: str, card: str | None, due_on: str | None) -> Recall:
    day = date.fromisoformat(due_on or entered)
    found = card_of(card) if card else None
    return Recall(question_id, date.fromisoformat(entered), found, day)


def _new_card(question_id: str, now: datetime) -> Card:
    return Card(card_id=zlib.crc32(question_id.encode()), due=now)


def _is_learning(card: Card) -> bool:
    return card.step is not None


def _before_interview(found: list[Recall], chosen: Settings, day: date) -> list[Recall]:
    target = chosen.target_on
    if target is None or target <= day:
        return found
    first = max(target - LAST_WEEKS, day)
    window = [first + timedelta(days=n) for n in range((target - first).days)]
    busy = Counter(recall.due_on for recall in found)
    moved = []
    for recall in found:
        seen = recall.card.last_review.date() if recall.card and recall.card.last_review else None
        if recall.due_on < target or (seen is not None and seen >= target - LAST_WEEKS):
            moved.append(recall)
            continue
        best = min(window, key=lambda candidate: busy[candidate])
        busy[best] += 1
        moved.append(Recall(recall.question_id, recall.entered_on, recall.card, best))
    return moved
