"""Which questions are due for review: a question takes part while it is drafted or done."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter

from fsrs import Card
from sqlite_utils import Database

from prep.clock import Clock
from prep.practice import review_failures
from prep.practice.review_failures import TOO_MANY
from prep.practice.review_schedule import AGAIN, LAST_WEEKS, card_of, scheduler, waits_for_interview
from prep.progress.settings import Settings
from prep.store import cache

MINUTES_A_REVIEW = 3


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


@cache.kept
def list_items(db: Database, chosen: Settings, day: date) -> list[ReviewItem]:
    """Return every question that takes part, by the day it is due.

    Before an interview nothing is due later than its eve that was not seen in the two weeks
    before it: such questions are spread over those weeks.
    """
    return sorted(_before_interview(_items_by_schedule(db), chosen, day), key=attrgetter("due_on"))


@dataclass(frozen=True, slots=True)
class Todays:
    """The reviews of one day: what waits, what was reviewed, what is set apart.

    `waiting` is in order; what was answered Again for the first time that day is the last of it.
    """

    waiting: list[ReviewItem]
    reviewed: frozenset[str]
    set_apart: list[ReviewItem]
    failures: Mapping[str, int]

    @property
    def left(self) -> int:
        """How many reviews are left, those that come once more included."""
        return len(self.waiting)

    @property
    def done(self) -> int:
        """How many questions were reviewed."""
        return len(self.reviewed)

    @property
    def total(self) -> int:
        """How many questions are reviewed that day, as far as is known now."""
        return self.done + self.left - self.coming_back

    @property
    def coming_back(self) -> int:
        """How many of those that were reviewed come once more."""
        return sum(item.question_id in self.reviewed for item in self.waiting)

    def comes_back(self, question_id: str) -> bool:
        """Whether a question comes once more that day where it is rated Again now."""
        failed_before = self.failures.get(question_id, 0)
        return question_id not in self.reviewed and failed_before + 1 < TOO_MANY


def due(db: Database, clock: Clock, chosen: Settings) -> list[ReviewItem]:
    """Return what is to be recalled now, in order: what waits of `todays`."""
    return todays(db, clock, chosen).waiting


def todays(db: Database, clock: Clock, chosen: Settings) -> Todays:
    """Return the present day's reviews, within the daily maximum.

    First what was due longest. What was rated Again comes once more, after all else; the second
    rating ends it for the day. What was failed too often waits for a better answer.
    """
    day = clock.today()
    ratings = ratings_on(db, clock, day)
    failures = review_failures.in_a_row(db, clock)
    apart = {question_id for question_id, days in failures.items() if days >= TOO_MANY}
    again = [one for one, given in ratings.items() if given == [AGAIN] and one not in apart]
    ended = {one for one, given in ratings.items() if len(given) > 1}
    elsewhere = {*apart, *again, *ended}
    left = max(chosen.reviews_a_day - len(ratings), 0)
    if _is_spread(chosen, day):
        found = [item for item in list_items(db, chosen, day) if item.due_on <= day]
    else:
        found = _items_by_schedule(db, until=day, limit=left + len(elsewhere))
    others = [item for item in found if item.question_id not in elsewhere]
    waiting = [*others[:left], *_scheduled_of(db, again)]
    return Todays(waiting, frozenset(ratings), _scheduled_of(db, sorted(apart)), failures)


def retrievability(
    found: Iterable[ReviewItem], now: datetime, chosen: Settings
) -> dict[str, float]:
    """Return how likely each question is remembered now (0 to 1); 0 before its first review."""
    fsrs = scheduler(chosen)
    return {
        item.question_id: fsrs.get_card_retrievability(item.card, now) if item.card else 0.0
        for item in found
    }


def minutes_by_day(found: Iterable[ReviewItem], chosen: Settings, day: date) -> dict[date, int]:
    """Return the minutes that reviews take on each day from `day` on, as far as is known now.

    Those of `day` itself count whether they are done by now or not: done, they free no time.
    """
    items = list(found)
    counts = Counter(max(item.due_on, day) for item in items)
    counts[day] += sum(item.due_on > day and item.seen_on == day for item in items)
    return {on: MINUTES_A_REVIEW * min(n, chosen.reviews_a_day) for on, n in counts.items() if n}


def due_by_day(found: Iterable[ReviewItem], day: date, days: int) -> Counter[date]:
    """Return how many are due on each of the next `days` days; what is overdue counts today."""
    end = day + timedelta(days=days)
    return Counter(max(r.due_on, day) for r in found if r.due_on < end)


_TAKES_PART = "p.status IN ('drafted', 'done') AND NOT q.retired"
_ENTERED = "coalesce(p.done_on, p.drafted_on)"


def _items_by_schedule(db: Database, until: date = date.max, limit: int = -1) -> list[ReviewItem]:
    """Return the questions that take part, due until a day by their own schedule; or the first."""
    found = [*_unscheduled(db, until, limit), *_scheduled(db, until, limit)]
    found.sort(key=attrgetter("due_on"))
    return found if limit < 0 else found[:limit]


def _scheduled(db: Database, until: date, limit: int) -> list[ReviewItem]:
    # CROSS JOIN keeps SQLite to the order of the index, so that it can stop at the limit.
    rows = db.execute(
        f"SELECT c.question_id, c.card, c.due_on FROM card c"
        " CROSS JOIN progress p ON p.question_id = c.question_id"
        " JOIN question q ON q.id = c.question_id"
        f" WHERE c.due_on <= ? AND {_TAKES_PART}"
        f" ORDER BY c.due_on, {_ENTERED}, c.question_id LIMIT ?",
        [until.isoformat(), limit],
    )
    return [_review_item(*row) for row in rows]


def _scheduled_of(db: Database, ids: Sequence[str]) -> list[ReviewItem]:
    """Return those of the questions that take part, in the order they are named."""
    if not ids:
        return []
    rows = db.execute(
        "SELECT c.question_id, c.card, c.due_on FROM card c"
        " JOIN progress p ON p.question_id = c.question_id"
        " JOIN question q ON q.id = c.question_id"
        " WHERE c.question_id IN (SELECT value FROM json_each(?)) AND c.due_on IS NOT NULL"
        f" AND {_TAKES_PART}",
        [json.dumps(ids)],
    )
    return sorted((_review_item(*row) for row in rows), key=lambda r: ids.index(r.question_id))


def _unscheduled(db: Database, until: date, limit: int) -> list[ReviewItem]:
    """Return what was not reviewed yet: it is due on the day after it entered."""
    rows = db.execute(
        f"SELECT p.question_id, NULL, date({_ENTERED}, '+1 day') FROM progress p"
        " JOIN question q ON q.id = p.question_id"
        f" WHERE {_TAKES_PART} AND {_ENTERED} < ?"
        " AND p.question_id NOT IN (SELECT question_id FROM card WHERE due_on IS NOT NULL)"
        f" ORDER BY {_ENTERED}, p.question_id LIMIT ?",
        [until.isoformat(), limit],
    )
    return [_review_item(*row) for row in rows]


def _review_item(question_id: str, card: str | None, due_on: str) -> ReviewItem:
    day = date.fromisoformat(due_on)
    return ReviewItem(question_id, card, day, day)


def ratings_on(db: Database, clock: Clock, day: date) -> dict[str, list[int]]:
    """Return the ratings of a day in their order, by question: the first rated first."""
    since = datetime.combine(day - timedelta(days=1), time(), UTC).isoformat()
    rows = db.execute(
        "SELECT question_id, at, rating FROM review WHERE NOT removed AND at >= ? ORDER BY at",
        [since],
    )
    found: dict[str, list[int]] = {}
    for question_id, at, rating in rows:
        if clock.day_of(datetime.fromisoformat(at)) == day:
            found.setdefault(question_id, []).append(rating)
    return found


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
    busy = Counter(max(item.due_on, day) for item in found)
    busy[day] += sum(item.due_on > day and item.seen_on == day for item in found)
    moved = []
    for item in found:
        if item.due_on >= target and waits_for_interview(item.due_on, item.seen_on, chosen):
            best = min(window, key=busy.__getitem__)
            busy[best] += 1
            item = replace(item, due_on=best)
        moved.append(item)
    return moved
