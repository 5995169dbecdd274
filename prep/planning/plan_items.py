"""Questions as the plan sees them, kept between two reads of the same database."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from operator import attrgetter
from typing import Any, TypeVar

from sqlite_utils import Database

from prep.content.models import DIFFICULTIES, Difficulty, Level, Status
from prep.progress.settings import Settings
from prep.store import cache
from prep.store.cache import Kept, Version

UNPLACED = 10**6  # sorts what has no phase after every phase

T = TypeVar("T")

_MANY = 1000  # changes from which reading all is faster than reading what changed
_ESTIMATES = attrgetter(
    "reading_minutes",
    "writing_minutes_system_design",
    "writing_minutes_high",
    "writing_minutes_medium",
    "writing_minutes_low",
)


@dataclass(frozen=True, slots=True)
class PlanItem:
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
    level: Level | None
    difficulty: Difficulty | None
    status: Status
    done_on: date | None
    moved_to: date | None
    skipped: bool
    minutes: int


class InSequence(list[PlanItem]):
    """Questions in the order in which someone who aims at `level` studies them.

    `generation` numbers the reading of a whole database that they stem from: of one generation,
    nothing differs but what the person changed of a question. None where they were made.
    """

    def __init__(
        self, items: Iterable[PlanItem], level: Level, generation: int | None = None
    ) -> None:
        super().__init__(items)
        self.level = level
        self.generation = generation

    def latest(self, name: str, inputs: Hashable, compute: Callable[[], T]) -> T:
        """Return what was computed last under a name if its inputs were these, else compute it.

        `inputs` are what it depends on besides the generation.
        """
        if self.generation is None:
            return compute()
        return cache.latest((name, self.generation), inputs, lambda _last: compute())


_numbers = count(1)
_last_generation = 0


def load(db: Database, settings: Settings) -> InSequence:
    """Return every question of both sheets, in sequence.

    Of a database that was read before, only what was changed since is read.
    """
    path = cache.file_of(db)
    if path is None:
        return in_sequence(_read(db, settings), settings)
    name = ("plan items", path, _ESTIMATES(settings), settings.level)
    versions = (cache.content(db), cache.personal(db))
    return cache.latest(name, versions, lambda last: _renewed(db, settings, versions[0], last))


def in_sequence(items: Sequence[PlanItem], settings: Settings) -> InSequence:
    """Return questions in the order of their sheets: by phase, category, difficulty, position."""
    if isinstance(items, InSequence) and items.level == settings.level:
        return items
    return InSequence(sorted(items, key=lambda item: _place(item, settings)), settings.level)


def estimated_minutes(
    difficulty: Difficulty | None, article_minutes: int | None, settings: Settings
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


def _renewed(db: Database, settings: Settings, content: Version, last: Kept | None) -> InSequence:
    changed = None if last is None else _changed_since(db, content, last.inputs)
    if last is None or changed is None:
        return _read_all(db, settings)
    now = {item.id: item for item in _read(db, settings, changed)} if changed else {}
    known: InSequence = last.result
    return InSequence((now.get(item.id, item) for item in known), known.level, known.generation)


def _changed_since(db: Database, content: Version, versions: Any) -> list[str] | None:
    """Return the questions changed since other versions; None where all are to be read again."""
    content_then, personal_then = versions
    if content != content_then or not cache.is_before(db, personal_then):
        return None
    rows = db.execute(
        "SELECT DISTINCT subject, subject_id FROM history WHERE change_id > ?"
        " AND subject IN ('question', 'own') LIMIT ?",
        [personal_then.number, _MANY],
    ).fetchall()
    if len(rows) == _MANY or any(subject == "own" for subject, _ in rows):
        return None
    return [question_id for _, question_id in rows]


def last_generation() -> int:
    """Return the number of the last reading of a whole database, of any; 0 before the first."""
    return _last_generation


def _read_all(db: Database, settings: Settings) -> InSequence:
    global _last_generation
    generation = _last_generation = next(_numbers)
    return InSequence(in_sequence(_read(db, settings), settings), settings.level, generation)


def _read(db: Database, settings: Settings, ids: Sequence[str] | None = None) -> list[PlanItem]:
    only = "" if ids is None else " AND t.id IN (SELECT value FROM json_each(:ids))"
    rows = db.execute(
        "SELECT t.id, t.sheet, t.title, t.phase_position, t.phase, t.first_week, t.last_week,"
        " t.category_position, t.position, t.level, t.difficulty, t.status, t.done_on,"
        " t.moved_to, t.skipped, t.minutes, a.minutes FROM tracker t"
        " LEFT JOIN article a ON a.permalink = t.permalink AND NOT a.retired"
        f" WHERE NOT t.retired{only}",
        {"ids": json.dumps(ids)},
    )
    return [_item(row, settings) for row in rows]


def _item(row: tuple[Any, ...], settings: Settings) -> PlanItem:
    *fields, done_on, moved_to, skipped, minutes, article_minutes = row
    difficulty = fields[-2]
    minutes = minutes or estimated_minutes(difficulty, article_minutes, settings)
    personal = (_day(done_on), _day(moved_to), bool(skipped), minutes)
    return PlanItem(*[*fields, *personal])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _place(item: PlanItem, settings: Settings) -> tuple[int, int, bool, int, int]:
    easiest = len(DIFFICULTIES)
    return (
        UNPLACED if item.phase_position is None else item.phase_position,
        item.category_position,
        settings.level == "DIR" and item.level == "EM",
        easiest if item.difficulty is None else DIFFICULTIES.index(item.difficulty),
        item.position,
    )
