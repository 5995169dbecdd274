"""Spaced repetition: which questions to recall today, and when each comes again.

The schedule is FSRS's, by its own library; what is kept is its card and its review log, as its
`to_dict` writes them. A question takes part while it is drafted or done.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from fsrs import Card, Rating, ReviewLog, Scheduler
from fsrs.scheduler import FUZZ_RANGES
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.errors import InvalidValue
from prep.progress import settings
from prep.progress.settings import Settings
from prep.store import cache, change_log, ids
from prep.store.change_log import Edit
from prep.store.database import writing

RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}
LAST_WEEKS = timedelta(weeks=2)  # before the interview, in which everything is seen once more
MINUTES_A_REVIEW = 3
_SHORTER_THAN_A_DAY = timedelta(hours=20)
CARDS_KEPT = 2**15
_NO_CARD = {"card": None, "due_on": None}
_NO_REVIEW = {"rating": None, "log": None, "removed": 1}


@dataclass(frozen=True)
class ReviewItem:
    """A question that takes part: its card as JSON (None before its first review), when it is due.

    `scheduled_on` is when its own schedule has it; `due_on` may be before that for the interview.
    """

    question_id: str
    stored: str | None
    scheduled_on: date
    due_on: date

    @property
    def card(self) -> Card | None:
        """FSRS's card, None before the first review."""
        return card_of(self.stored) if self.stored else None

    @property
    def seen_on(self) -> date | None:
        """The day of the last review: an interval is whole days, or part of one day."""
        if self.card is None or self.card.last_review is None:
            return None
        return self.scheduled_on - timedelta(days=(self.card.due - self.card.last_review).days)


@lru_cache(maxsize=CARDS_KEPT)
def card_of(stored: str) -> Card:
    """Return the card that is kept as text; FSRS copies a card before it changes it."""
    return Card.from_dict(json.loads(stored))


def scheduler(chosen: Settings) -> Scheduler:
    """Return FSRS with the person's desired retention.

    Its random fuzz is off: `least_busy_interval` chooses within the same range instead.
    """
    return Scheduler(desired_retention=chosen.desired_retention, enable_fuzzing=False)


def due_day(due: datetime, clock: Clock) -> date:
    """Return the day on which a question rated now, or a moment ago, is due.

    FSRS's intervals are minutes, or whole days: those count days of the calendar, since a day on
    which the clocks change has 23 or 25 hours.
    """
    interval = due - clock.now()
    if interval < _SHORTER_THAN_A_DAY:
        return clock.day_of(due)
    return clock.today() + timedelta(days=round(interval / timedelta(days=1)))


@cache.kept
def recalls(db: Database, chosen: Settings, day: date) -> list[ReviewItem]:
    """Return every question that takes part, by the day it is due.

    Before an interview nothing is due later than its eve that was not seen in the two weeks
    before it: such questions are spread over those weeks.
    """
    return sorted(_before_interview(_recalls(db), chosen, day), key=attrgetter("due_on"))


def due(db: Database, clock: Clock, chosen: Settings) -> list[ReviewItem]:
    """Return what is to be recalled now, in order, within the daily maximum.

    First what was due longest; a question answered `Again` minutes ago waits for its time, or
    until nothing else is left.
    """
    day, now = clock.today(), clock.now()
    left = max(chosen.reviews_a_day - len(reviewed_on(db, clock, day)), 0)
    if _is_spread(chosen, day):
        waiting = [recall for recall in recalls(db, chosen, day) if recall.due_on <= day]
        of_today = [recall for recall in waiting if recall.due_on == day]
    else:
        of_today = _scheduled(db, since=day, until=day)
        waiting = _recalls(db, until=day, limit=left + len(of_today))
    again = [r for r in of_today if r.card and _is_learning(r.card)]
    learning = {recall.question_id for recall in again}
    fresh = [r for r in waiting if r.question_id not in learning][:left]
    again.sort(key=lambda recall: recall.card.due if recall.card else now)
    ready = [r for r in again if r.card and r.card.due <= now]
    return [*ready, *fresh, *(r for r in again if r not in ready)]


_TAKES_PART = "p.status IN ('drafted', 'done') AND NOT q.retired"
_ENTERED = "coalesce(p.done_on, p.drafted_on)"


def _recalls(db: Database, until: date = date.max, limit: int = -1) -> list[ReviewItem]:
    """Return the questions that take part, due until a day by their own schedule; or the first."""
    found = [*_unscheduled(db, until, limit), *_scheduled(db, date.min, until, limit)]
    found.sort(key=attrgetter("due_on"))
    return found if limit < 0 else found[:limit]


def _scheduled(db: Database, since: date, until: date, limit: int = -1) -> list[ReviewItem]:
    # CROSS JOIN keeps SQLite to the order of the index, so that it can stop at the limit.
    rows = db.execute(
        f"SELECT c.question_id, c.card, c.due_on FROM card c"
        " CROSS JOIN progress p ON p.question_id = c.question_id"
        " JOIN question q ON q.id = c.question_id"
        f" WHERE c.due_on BETWEEN ? AND ? AND {_TAKES_PART}"
        f" ORDER BY c.due_on, {_ENTERED}, c.question_id LIMIT ?",
        [since.isoformat(), until.isoformat(), limit],
    )
    return [_review_item(*row) for row in rows]


def _unscheduled(db: Database, until: date, limit: int) -> list[ReviewItem]:
    """Return what was not reviewed yet: it is due on the day it entered."""
    rows = db.execute(
        f"SELECT p.question_id, NULL, {_ENTERED} AS entered FROM progress p"
        " JOIN question q ON q.id = p.question_id"
        f" WHERE {_TAKES_PART} AND entered <= ?"
        " AND p.question_id NOT IN (SELECT question_id FROM card WHERE due_on IS NOT NULL)"
        " ORDER BY entered, p.question_id LIMIT ?",
        [until.isoformat(), limit],
    )
    return [_review_item(*row) for row in rows]


def _review_item(question_id: str, card: str | None, due_on: str) -> ReviewItem:
    day = date.fromisoformat(due_on)
    return ReviewItem(question_id, card, day, day)


def reviewed_on(db: Database, clock: Clock, day: date) -> set[str]:
    """Return the ids of the questions reviewed on a day."""
    since = datetime.combine(day - timedelta(days=1), time(), UTC).isoformat()
    rows = db.execute("SELECT question_id, at FROM review WHERE NOT removed AND at >= ?", [since])
    return {
        question_id for question_id, at in rows if clock.day_of(datetime.fromisoformat(at)) == day
    }


def preview(
    db: Database, recall: ReviewItem, clock: Clock, chosen: Settings
) -> dict[int, datetime]:
    """Return for each rating when the question would come again: what `rate` would make it."""
    card = recall.card or _new_card(recall.question_id, clock.now())
    return due_dates(card, loads(db, recall.question_id), clock, chosen)


def due_dates(
    card: Card, busy: Mapping[date, int], clock: Clock, chosen: Settings
) -> dict[int, datetime]:
    """Return for each rating when a card would be due, where so many others are on each day."""
    return {rating: _answered(card, rating, busy, clock, chosen)[0].due for rating in RATINGS}


def waits_for_interview(due_on: date, seen_on: date | None, chosen: Settings) -> bool:
    """Whether a question comes again in the two weeks before the interview, not when it is due."""
    target = chosen.target_on
    if target is None or due_on < target:
        return False
    return seen_on is None or seen_on < target - LAST_WEEKS


def rate(
    db: Database,
    clock: Clock,
    question_id: str,
    rating: int,
    seconds: int | None = None,
    *,
    shown: ReviewItem | None = None,
) -> Card:
    """Keep a rating and schedule the question; return its new card.

    `shown` is the question as it was shown to whoever rates it: one that was rated since is not
    rated again. Raises UnknownQuestion, InvalidValue: then nothing is changed.
    """
    with writing(db):
        if shown is not None:
            _refuse_rated(db, shown)
        edits = rate_edits(db, clock, question_id, rating, seconds)
        change_log.write_together(db, clock, edits)
        return Card.from_dict(json.loads(edits[0].after[question_id]["card"]))


def _refuse_rated(db: Database, shown: ReviewItem) -> None:
    """Raise InvalidValue where a question was rated since it was shown: its card is another."""
    row = db.execute("SELECT card FROM card WHERE question_id = ?", [shown.question_id]).fetchone()
    if (row and row[0]) != shown.stored:
        raise InvalidValue(
            f"{shown.question_id} was rated elsewhere since it was shown here:"
            " this rating is not counted"
        )


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
    busy = loads(db, question_id)
    new, log = _answered(card or _new_card(question_id, now), rating, busy, clock, chosen, seconds)
    due_on = due_day(new.due, clock).isoformat()
    review_id = f"{question_id}#{now.isoformat()}#{ids.unique()}"
    kept = {"rating": rating, "log": json.dumps(log.to_dict()), "removed": 0}
    after = {"card": json.dumps(new.to_dict()), "due_on": due_on}
    return [
        Edit("card", {question_id: before}, {question_id: after}),
        Edit("review", {review_id: _NO_REVIEW}, {review_id: kept}),
    ]


def _answered(
    card: Card,
    rating: int,
    busy: Mapping[date, int],
    clock: Clock,
    chosen: Settings,
    seconds: int | None = None,
) -> tuple[Card, ReviewLog]:
    now = clock.now()
    milliseconds = None if seconds is None else 1000 * seconds
    new, log = scheduler(chosen).review_card(card, Rating(rating), now, milliseconds)
    new.due = now + least_busy_interval(new.due - now, clock.day_of(now), busy)
    return new, log


def loads(db: Database, but: str) -> Counter[date]:
    """Return how many other questions are due on each day."""
    rows = db.execute(
        "SELECT due_on, count(*) FROM card WHERE due_on IS NOT NULL AND question_id <> ?"
        " GROUP BY due_on",
        [but],
    )
    return Counter({date.fromisoformat(day): count for day, count in rows})


def least_busy_interval(interval: timedelta, today: date, due_on: Mapping[date, int]) -> timedelta:
    """Return the interval moved to the least busy day of FSRS's own fuzz range.

    Of days as busy as each other, the one nearest to the interval itself.
    """
    if interval.days < 2.5:
        return interval
    lowest, highest = fuzz_range(interval.days)

    def busy(days: int) -> tuple[int, int]:
        return due_on.get(today + timedelta(days=days), 0), abs(days - interval.days)

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


def retrievability(
    found: Iterable[ReviewItem], now: datetime, chosen: Settings
) -> dict[str, float]:
    """Return how likely each question is remembered now (0 to 1); 0 before its first review."""
    fsrs = scheduler(chosen)
    return {
        recall.question_id: fsrs.get_card_retrievability(recall.card, now) if recall.card else 0.0
        for recall in found
    }


def minutes_by_day(found: Iterable[ReviewItem], chosen: Settings, day: date) -> dict[date, int]:
    """Return the minutes that reviews take on each day from `day` on, as far as is known now."""
    counts = Counter(max(recall.due_on, day) for recall in found)
    return {on: MINUTES_A_REVIEW * min(n, chosen.reviews_a_day) for on, n in counts.items()}


def due_by_day(found: Iterable[ReviewItem], day: date, days: int) -> Counter[date]:
    """Return how many are due on each of the next `days` days; what is overdue counts today."""
    end = day + timedelta(days=days)
    return Counter(max(r.due_on, day) for r in found if r.due_on < end)


@cache.kept
def retention(db: Database) -> list[dict[str, Any]]:
    """Return by category how many reviews there were and how many were recalled (not Again)."""
    return list(
        db.query(
            "SELECT q.sheet, c.title AS category, q.category_position AS position,"
            " sum(n) AS reviews, sum(r.recalled) AS recalled FROM ("
            " SELECT question_id, count(*) AS n, sum(rating > 1) AS recalled FROM review"
            " WHERE NOT removed GROUP BY question_id) r"
            " JOIN question q ON q.id = r.question_id"
            " JOIN category c ON c.sheet = q.sheet AND c.position = q.category_position"
            " GROUP BY 1, 3 ORDER BY 1 DESC, 3"
        )
    )


def _new_card(question_id: str, now: datetime) -> Card:
    return Card(card_id=zlib.crc32(question_id.encode()), due=now)


def _is_learning(card: Card) -> bool:
    return card.step is not None


def _is_spread(chosen: Settings, day: date) -> bool:
    """Whether what is due after the interview may come up on this day instead."""
    target = chosen.target_on
    return target is not None and target - LAST_WEEKS <= day < target


def _before_interview(found: list[ReviewItem], chosen: Settings, day: date) -> list[ReviewItem]:
    target = chosen.target_on
    if target is None or target <= day:
        return found
    first = max(target - LAST_WEEKS, day)
    window = [first + timedelta(days=n) for n in range((target - first).days)]
    busy = Counter(max(recall.due_on, day) for recall in found)
    busy[day] += sum(recall.due_on > day and recall.seen_on == day for recall in found)
    moved = []
    for recall in found:
        if recall.due_on >= target and waits_for_interview(recall.due_on, recall.seen_on, chosen):
            best = min(window, key=busy.__getitem__)
            busy[best] += 1
            recall = replace(recall, due_on=best)
        moved.append(recall)
    return moved
