"""Reads questions with their progress from the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from prep.content.models import ArticleStatus, Difficulty, Level, Status
from prep.errors import UnknownQuestion

# How questions stand in lists: both sheets in their own order.
SHEET_ORDER = "sheet DESC, position"

# The columns of a question as `python -m prep questions --json` prints them.
_EXPORTED = (
    "id, sheet, number, category, category_position, label, title, notes, level, difficulty,"
    " signal, article_status, permalink, phase_position AS phase, status, started_on,"
    " drafted_on, done_on, confidence, starred"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its progress; what its sheet does not state is None.

    `confidence` is 1 (shaky) to 5 (sure). `phase` is the title of its phase of the suggested
    sequence, None outside of it. `moved_to` is the day to which the person moved it.
    """

    id: str
    sheet: str
    position: int
    category: str
    category_position: int
    label: str | None
    title: str
    notes: str | None
    level: Level | None
    difficulty: Difficulty | None
    signal: str | None
    article_status: ArticleStatus
    permalink: str | None
    phase: str | None
    status: Status
    started_on: date | None
    drafted_on: date | None
    done_on: date | None
    confidence: int | None
    starred: bool
    personal_notes: str
    moved_to: date | None
    own: bool
    retired: bool


_SELECTED = (
    "SELECT id, sheet, position, category, category_position, label, title, notes,"
    " level, difficulty, signal, article_status, permalink, phase, status, started_on,"
    " drafted_on, done_on, confidence, starred, personal_notes, moved_to, own, retired FROM tracker"
)
_DAYS = ("started_on", "drafted_on", "done_on", "moved_to")
_FLAGS = ("starred", "own", "retired")


def _questions(db: Database, condition: str, parameters: Sequence[Any]) -> Iterator[Question]:
    for row in db.query(f"{_SELECTED} WHERE {condition}", parameters):
        days = {name: row[name] and date.fromisoformat(row[name]) for name in _DAYS}
        flags = {name: bool(row[name]) for name in _FLAGS}
        yield Question(**row | days | flags)


# One of the person's own whose adding was undone has no words.
IS_THERE = "NOT (own AND title = '')"

_MOST_WORDS = 50  # of a text to find; more is left aside

# Filters of `find`: the column each compares with the values given.
_FILTERS = {
    "id": "id",
    "sheet": "sheet",
    "category": "sheet || ':' || category_position",
    "status": "status",
    "level": "level",
    "difficulty": "difficulty",
    "phase": "sheet || ':' || coalesce(phase_position, 'outside')",
    "article": "article_status",
    "starred": "starred",
}


def export_rows(db: Database) -> list[dict[str, object]]:
    """Return every question as `python -m prep questions --json` prints it; `phase` a number."""
    rows = db.query(f"SELECT {_EXPORTED} FROM tracker WHERE NOT retired ORDER BY {SHEET_ORDER}")
    return [row | {"starred": bool(row["starred"])} for row in rows]


def find(
    db: Database,
    filters: Mapping[str, Sequence[Any]],
    text: str = "",
    limit: int = -1,
    offset: int = 0,
) -> list[Question]:
    """Return the questions that match, in the sheets' order: all, or `limit` after `offset`.

    `filters` maps a name of `id`, `sheet`, `category` and `phase` (`system-design:3`,
    `behavioral:outside`), `status`, `level`, `difficulty`, `article`, `starred` to the values
    allowed; an empty list allows all. `text` is looked for word by word, as it is typed.
    """
    where, parameters = _matching(filters, text)
    part = f"{where} ORDER BY {SHEET_ORDER} LIMIT ? OFFSET ?"
    return list(_questions(db, part, [*parameters, limit, offset]))


def count(db: Database, filters: Mapping[str, Sequence[Any]], text: str = "") -> tuple[int, int]:
    """Return how many questions match, as in `find`, and how many of those are done."""
    where, parameters = _matching(filters, text)
    # With a limit the inner query stands by itself, and what it does not ask for is not joined.
    counts: tuple[int, int] = db.execute(
        "SELECT count(*), coalesce(sum(status = 'done'), 0)"
        f" FROM (SELECT status FROM tracker WHERE {where} LIMIT -1)",
        parameters,
    ).fetchone()
    return counts


def near(db: Database, question: Question, each_way: int) -> list[Question]:
    """Return the questions of a question's category on either side of it, in the sheet's order."""
    of_category = "NOT retired AND sheet = ? AND category_position = ?"
    place = [question.sheet, question.category_position, question.position, each_way]
    before = _questions(db, f"{of_category} AND position < ? ORDER BY position DESC LIMIT ?", place)
    after = _questions(db, f"{of_category} AND position > ? ORDER BY position LIMIT ?", place)
    return [*reversed(list(before)), *after]


_TEXT = (
    "tracker.id || ' ' || title || ' ' || coalesce(notes, '') || ' ' || coalesce(label, '')"
    " || ' ' || category || ' ' || personal_notes"
)


def _matching(filters: Mapping[str, Sequence[Any]], text: str) -> tuple[str, list[str]]:
    """Return the SQL condition of `find`, and its parameters."""
    conditions, parameters = ["NOT retired"], []
    for name, values in filters.items():
        if values:
            conditions.append(f"{_FILTERS[name]} IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps(list(values)))
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # SQLite needs that
    words = dict.fromkeys(whole.lower().split()[:_MOST_WORDS])
    for word in sorted(words, key=len, reverse=True):  # the longest leaves the fewest for the rest
        conditions.append(f"instr(lower({_TEXT}), ?)")
        parameters.append(word)
    return " AND ".join(conditions), parameters


def get(db: Database, question_id: str) -> Question:
    """Return one question with its progress. Raises UnknownQuestion."""
    question = next(_questions(db, f"id = ? AND {IS_THERE}", [question_id]), None)
    if question is None:
        raise UnknownQuestion(question_id)
    return question


def of_article(db: Database, permalink: str) -> Question | None:
    """Return the question that an article answers, None where it answers none."""
    answered = "NOT retired AND permalink = ?"
    return next(_questions(db, answered, [permalink]), None)


def titles(db: Database, ids: Collection[str]) -> dict[str, str]:
    """Return the titles of questions, by those of the ids that exist."""
    marks = ", ".join("?" * len(ids))
    return dict(db.execute(f"SELECT id, title FROM question WHERE id IN ({marks})", list(ids)))
