"""The person's own calendar: which question on which day.

Everything here is a pure function of questions, settings and a day; only `load` reads.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor
from typing import Any, NamedTuple

from sqlite_utils import Database

from prep import packing
from prep.settings import (
    ALTERNATE,
    LEFT_OUT,
    MINUTES,
    ONE_AFTER_THE_OTHER,
    QUESTIONS,
    SIDE_BY_SIDE,
    WEEKS,
    Pace,
    Settings,
)
from prep.sheets import DIFFICULTIES

Minutes = Mapping[date, int]

UNPLACED = 10**6  # sorts what has no phase after every phase


@dataclass(frozen=True, slots=True)
class Item:
    """A question as the plan sees it: what places it, and how many minutes it takes."""

    id: str
    sheet: str
    title: str
    phase_position: int | None
    phase: str | None
    first_week: int | None
    last_week: int | None
    category_position: int
    position: int
    level: str | None
    difficulty: str | None
    status: str
    done_on: date | None
    moved_to: date | None
    skipped: bool
    minutes: int


class Planned(NamedTuple):
    """A question on its day."""

    date: date
    item: Item


def load(db: Database, settings: Settings) -> list[Item]:
    """Return every question of both sheets as the plan sees it."""
    rows = db.query(
        "SELECT t.id, t.sheet, t.title, t.phase_position, t.phase, t.first_week, t.last_week,"
        " t.category_position, t.position, t.level, t.difficulty, t.status, t.done_on,"
        " t.moved_to, t.skipped, t.minutes, a.minutes AS article_minutes FROM tracker t"
        " LEFT JOIN article a ON a.permalink = t.article_url || '/' AND NOT a.retired"
        " WHERE NOT t.retired"
    )
    return [_item(row, settings) for row in rows]


def estimated_minutes(
    difficulty: str | None, article_minutes: int | None, settings: Settings
) -> int:
    """Return the minutes of a question: reading its article, then writing an answer."""
    writing = {
        "High": settings.writing_minutes_high,
        "Medium": settings.writing_minutes_medium,
        "Low": settings.writing_minutes_low,
        None: settings.writing_minutes_system_design,
    }[difficulty]
    reading = settings.reading_minutes if article_minutes is None else article_minutes
    return max(reading + writing, 1)


def plan(
    items: Sequence[Item], settings: Settings, today: date, reserved: Minutes | None = None
) -> list[Planned]:
    """Return the days of the questions that are in the plan and not done, in order.

    Nothing lies before `today` or the start, nothing on a day that is no study day, no study
    day between is left empty (but where the sheets' own weeks give it nothing), and each
    question comes once. What was moved by hand stands where it was put, or on the next study
    day; once that day has passed it comes first. What is done today counts towards today.
    With a pace in minutes, `reserved` are the minutes of a day that go to something else; where
    they are no more than half of it, the day still has a question.
    """
    placed = []
    for lane in lanes(items, settings):
        placed += _place(lane, settings, today, reserved or {})
    return sorted(placed, key=lambda planned: planned.date)


def baseline(items: Sequence[Item], settings: Settings, today: date) -> list[Planned]:
    """Return the plan as it was on the day it starts: nothing done since, nothing moved."""
    start = settings.start_on or today
    untouched = [
        replace(
            item,
            done_on=item.done_on if item.done_on and item.done_on < start else None,
            moved_to=None,
        )
        for item in items
    ]
    return plan(untouched, settings, start)


def in_plan(items: Iterable[Item], settings: Settings) -> list[Item]:
    """Return the questions that the settings include, done ones too."""
    return [item for item in items if why_left_out(item, settings) is None]


def why_left_out(item: Item, settings: Settings) -> str | None:
    """Return in words why a question is not in the plan, None where it is."""
    if item.sheet not in settings.sheets:
        return "its sheet is not in your plan"
    if settings.level == "EM" and item.level == "DIR":
        return "it is asked of directors only"
    if settings.outside_sequence == LEFT_OUT and item.phase_position is None:
        return "the suggested sequence omits it"
    if item.skipped:
        return "you skipped it"
    return None


def lanes(items: Iterable[Item], settings: Settings) -> list[list[Item]]:
    """Return the questions of the plan in order, done ones too, each lane at the pace by itself.

    Side by side, and with the sheets' own weeks, each sheet is a lane; else there is one.
    """
    included = sorted(in_plan(items, settings), key=lambda item: _place_in_sheet(item, settings))
    sheets = [[item for item in included if item.sheet == sheet] for sheet in settings.sheets]
    if settings.interleave == SIDE_BY_SIDE or settings.pace.unit == WEEKS:
        return sheets
    return [_interleaved(sheets, settings.interleave)]


def pace_needed(items: Sequence[Item], settings: Settings, today: date) -> Pace | None:
    """Return the least pace that ends by the target date, None without one or past it.

    Questions are rounded up to a tenth of one a study day; minutes are exact.
    """
    if settings.target_on is None:
        return None
    first = max(today, settings.start_on or today)
    days = settings.calendar().count(first, settings.target_on + timedelta(days=1))
    if days < 1:
        return None
    remaining = [
        [item.minutes for item in lane if item.done_on is None] for lane in lanes(items, settings)
    ]
    if settings.pace.unit == MINUTES:
        capacities = [packing.smallest_capacity(minutes, days) or 0 for minutes in remaining]
        return Pace(max(capacities, default=0), MINUTES)
    most = max((len(minutes) for minutes in remaining), default=0)
    return Pace(ceil(10 * most / days) / 10, QUESTIONS)


def _place_in_sheet(item: Item, settings: Settings) -> tuple[int, int, bool, int, int]:
    easiest = len(DIFFICULTIES)
    return (
        UNPLACED if item.phase_position is None else item.phase_position,
        item.category_position,
        settings.level == "DIR" and item.level == "EM",
        easiest if item.difficulty is None else DIFFICULTIES.index(item.difficulty),
        item.position,
    )


def _interleaved(sheets: list[list[Item]], how: str) -> list[Item]:
    if how == ONE_AFTER_THE_OTHER or len(sheets) < 2:
        return [item for sheet in sheets for item in sheet]
    shares = [1, 1] if how == ALTERNATE else [int(share) for share in how.split(":")]
    queues = [deque(sheet) for sheet in sheets]
    merged: list[Item] = []
    while all(queues):
        for queue, share in zip(queues, shares, strict=True):
            merged += [queue.popleft() for _ in range(min(share, len(queue)))]
    return merged + [item for queue in queues for item in queue]


def _place(lane: list[Item], settings: Settings, today: date, reserved: Minutes) -> list[Planned]:
    """Put what is left of one lane on its days."""
    days = settings.calendar()
    earliest = max(today, settings.start_on or today)
    first = days.on_or_after(earliest)
    left = [item for item in lane if item.done_on is None]
    # A stable sort: what lapsed on the same day keeps its order.
    lapsed = sorted(
        (item for item in left if item.moved_to and item.moved_to < earliest),
        key=lambda item: item.moved_to or earliest,
    )
    moved = [
        Planned(days.on_or_after(item.moved_to), item)
        for item in left
        if item.moved_to and item.moved_to >= earliest
    ]
    queue = lapsed + [item for item in left if item.moved_to is None]
    done_today = [item for item in lane if item.done_on == first]
    if settings.pace.unit == MINUTES:
        free = _by_minutes(queue, moved, done_today, settings, first, reserved)
    else:
        quota = _quota(lane, settings, today)
        free = list(_by_quota(queue, moved, done_today, quota, settings, first))
    rank = {item.id: place for place, item in enumerate(lane)}
    rank |= {item.id: place - len(lapsed) for place, item in enumerate(lapsed)}
    return sorted([*moved, *free], key=lambda planned: (planned.date, rank[planned.item.id]))


def _by_quota(
    queue: list[Item],
    moved: list[Planned],
    done_today: list[Item],
    quota: Callable[[date], int],
    settings: Settings,
    first: date,
) -> Iterator[Planned]:
    taken = Counter(planned.date for planned in moved)
    taken[first] += len(done_today)
    waiting = deque(queue)
    for day in _study_days(settings, first):
        if not waiting:
            return
        for _ in range(min(quota(day) - taken[day], len(waiting))):
            yield Planned(day, waiting.popleft())


def _by_minutes(
    queue: list[Item],
    moved: list[Planned],
    done_today: list[Item],
    settings: Settings,
    first: date,
    reserved: Minutes,
) -> list[Planned]:
    calendar = settings.calendar()
    taken: Counter[int] = Counter()
    for day, spent in reserved.items():
        if day in calendar and day >= first:
            taken[calendar.count(first, day)] += min(spent, round(settings.pace.amount))
    never_empty = {place for place, spent in taken.items() if 2 * spent <= settings.pace.amount}
    for day, item in [*moved, *(Planned(first, item) for item in done_today)]:
        place = calendar.count(first, day)
        taken[place] += item.minutes
        never_empty.discard(place)
    minutes = [item.minutes for item in queue]
    places = packing.pack(minutes, round(settings.pace.amount), taken, never_empty)
    days = calendar.first(places[-1] + 1, first) if places else []
    return [Planned(days[place], item) for place, item in zip(places, queue, strict=True)]


def _quota(lane: list[Item], settings: Settings, today: date) -> Callable[[date], int]:
    """Return how many questions a study day is to take."""
    start = settings.start_on or today
    calendar = settings.calendar()
    if settings.pace.unit == WEEKS:
        by_day = Counter(_stretched(lane, settings, start))
        end = max(by_day, default=start)
        return lambda day: by_day[day] if day <= end else 1
    pace = settings.pace.amount

    def at_pace(day: date) -> int:
        place = calendar.count(start, day)
        return floor((place + 1) * pace) - floor(place * pace)

    return at_pace


def _stretched(lane: list[Item], settings: Settings, start: date) -> Iterator[date]:
    """Yield a day for each question, its phase spread evenly over the sheet's weeks."""
    calendar = settings.calendar()
    weeks = Counter(
        (item.first_week, item.last_week)
        for item in lane
        if item.first_week and not (item.done_on and item.done_on < start)
    )
    for (first_week, last_week), questions in weeks.items():
        first = start + timedelta(weeks=(first_week or 1) - 1)
        length = calendar.count(first, start + timedelta(weeks=last_week or 1))
        days = calendar.first(length, first) if length else []
        for n in range(questions if days else 0):
            yield days[_evenly(n, questions, length)]


def _evenly(n: int, questions: int, days: int) -> int:
    """Return the day's place of question `n`: the first on the first day, the last on the last."""
    if questions >= days:
        return n * days // questions
    return n * (days - 1) // max(questions - 1, 1)


def _study_days(settings: Settings, first: date) -> Iterator[date]:
    calendar = settings.calendar()
    day = calendar.on_or_after(first)
    while True:
        yield day
        day = calendar.after(day)


def _item(row: dict[str, Any], settings: Settings) -> Item:
    estimated = estimated_minutes(row["difficulty"], row.pop("article_minutes"), settings)
    return Item(
        **row
        | {
            "done_on": _day(row["done_on"]),
            "moved_to": _day(row["moved_to"]),
            "skipped": bool(row["skipped"]),
            "minutes": row["minutes"] or estimated,
        }
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
