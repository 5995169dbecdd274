"""Which questions are due for review: a question takes part while it is drafted or done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter

from fsrs import Card
from sqlite_utils import Database

from prep.clock import Clock
from prep.practice.review_schedule import LAST_WEEKS, card_of, scheduler, waits_for_interview
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
    def again_at(self) -> datetime | None:
        """When a question that was answered `Again` comes once more, minutes later; else None."""
        return self.card.due if self.card and self.card.step is not None else None

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


def due(db: Database, clock: Clock, chosen: Settings) -> list[ReviewItem]:
    """Return what is to be recalled now, in order, within the daily maximum.

    First what was due longest; a question answered `Again` minutes ago waits for its time, or
    until nothing else is left.
    """
    day, now = clock.today(), clock.now()
    left = max(chosen.reviews_a_day - len(reviewed_on(db, clock, day)), 0)
    if _is_spread(chosen, day):
        waiting = [item for item in list_items(db, chosen, day) if item.due_on <= day]
        of_today = [item for item in waiting if item.due_on == day]
    else:
        of_today = _scheduled(db, since=day, until=day)
        waiting = _items_by_schedule(db, until=day, limit=left + len(of_today))
    again = sorted((at, item.question_id, item) for item in of_today if (at := item.again_at))
    ready = [item for at, _, item in again if at <= now]
    not_yet = [item for at, _, item in again if at > now]
    others = [item for item in waiting if item not in ready and item not in not_yet]
    return [*ready, *others[:left], *not_yet]


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
    """Return the minutes that reviews take on each day from `day` on, as far as is known now."""
    counts = Counter(max(item.due_on, day) for item in found)
    return {on: MINUTES_A_REVIEW * min(n, chosen.reviews_a_day) for on, n in counts.items()}


def due_by_day(found: Iterable[ReviewItem], day: date, days: int) -> Counter[date]:
    """Return how many are due on each of the next `days` days; what is overdue counts today."""
    end = day + timedelta(days=days)
    return Counter(max(r.due_on, day) for r in found if r.due_on < end)


_TAKES_PART = "p.status IN ('drafted', 'done') AND NOT q.retired"
_ENTERED = "coalesce(p.done_on, p.drafted_on)"


def _items_by_schedule(db: Database, until: date = date.max, limit: int = -1) -> list[ReviewItem]:
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
