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
from prep.planning.question_minutes import estimated_minutes, minutes_left
from prep.practice import answers
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
    "rehearsal_minutes",
)
# Questions of which something that the plan sees was changed, each with its change.
_CHANGED = """
SELECT DISTINCT question_id FROM (
    SELECT subject_id AS question_id, change_id FROM history
    WHERE subject IN ('question', 'answer')
    UNION ALL
    SELECT substr(subject_id, instr(subject_id, '#') + 1), change_id FROM history
    WHERE subject = 'link'
    UNION ALL
    SELECT l.question_id, h.change_id FROM history h JOIN story_link l ON l.story_id = h.subject_id
    WHERE h.subject = 'story'
    UNION ALL
    SELECT q.id, h.change_id FROM history h JOIN question q ON q.permalink = h.subject_id
    WHERE h.subject = 'article'
) WHERE change_id > ? LIMIT ?
"""
_HAS_STORY = """EXISTS (
    SELECT 1 FROM story_link l JOIN story s ON s.id = l.story_id
    WHERE l.question_id = t.id AND NOT l.removed AND NOT s.removed
)"""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A question as the plan sees it: what places it, and how many minutes it takes.

    `minutes` are those that it still takes, with what is prepared of it already; `whole_minutes`
    those with nothing prepared.
    """

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
    whole_minutes: int
    has_article: bool = False
    in_scope: bool = False
    pinned: bool = False
    put_off_on: date | None = None

    @property
    def is_in_scope(self) -> bool:
        """Whether it is in the scope of a fitted plan; what is begun always is."""
        return self.in_scope or self.status != "todo"


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
    own = "SELECT 1 FROM history WHERE subject = 'own' AND change_id > ? LIMIT 1"
    if db.execute(own, [personal_then.number]).fetchone():
        return None
    rows = db.execute(_CHANGED, [personal_then.number, _MANY]).fetchall()
    return None if len(rows) == _MANY else [question_id for (question_id,) in rows]


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
        " t.moved_to, t.skipped, t.in_scope, t.pinned, t.put_off_on, t.minutes, a.minutes,"
        f" r.read_on IS NOT NULL, {_HAS_STORY}, coalesce(w.body, '')"
        " FROM tracker t LEFT JOIN article a ON a.permalink = t.permalink AND NOT a.retired"
        " LEFT JOIN reading r ON r.permalink = a.permalink"
        " LEFT JOIN answer w ON w.question_id = t.id"
        f" WHERE NOT t.retired{only}",
        {"ids": json.dumps(ids)},
    )
    return [_item(row, settings) for row in rows]


def _item(row: tuple[Any, ...], settings: Settings) -> PlanItem:
    (
        *about,
        done_on,
        moved_to,
        skipped,
        in_scope,
        pinned,
        put_off_on,
        own_minutes,
        article,
        is_read,
        has_story,
        answer,
    ) = row
    difficulty: Difficulty | None = about[-2]
    whole = own_minutes or estimated_minutes(difficulty, article, settings)
    prepared = bool(has_story) or answers.is_written(answer)
    left = minutes_left(whole, difficulty, settings, is_read=bool(is_read), prepared=prepared)
    minutes = (own_minutes or left, whole)
    choices = (article is not None, bool(in_scope), bool(pinned), _day(put_off_on))
    return PlanItem(*[*about, _day(done_on), _day(moved_to), bool(skipped), *minutes, *choices])


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
