"""The two question sheets: what they hold, and whether that agrees with what they print."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

SYSTEM_DESIGN: Final = "system-design"
BEHAVIORAL: Final = "behavioral"

SHEET_TITLES = {SYSTEM_DESIGN: "System design", BEHAVIORAL: "Behavioral"}

# The words that a question may have; in the database, CHECK constraints say the same.
ArticleStatus = Literal["todo", "in progress", "drafted", "published"]
Status = Literal["todo", "in_progress", "drafted", "done"]
Level = Literal["EM", "DIR", "EM+DIR"]
Difficulty = Literal["High", "Medium", "Low"]
LEVELS: tuple[Level, ...] = get_args(Level)
DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)


@dataclass(frozen=True)
class Category:
    """A numbered section of a sheet. `signal` is None on the system-design sheet."""

    position: int
    title: str
    signal: str | None = None


@dataclass(frozen=True)
class Question:
    """One row of a sheet. Fields that its sheet does not have are None."""

    id: str
    category_position: int
    title: str
    article_status: ArticleStatus
    permalink: str | None
    number: int | None = None
    label: str | None = None
    notes: str | None = None
    level: Level | None = None
    difficulty: Difficulty | None = None


@dataclass(frozen=True)
class Phase:
    """A step of the suggested study sequence; its weeks count from 1 and include both ends."""

    position: int
    title: str
    first_week: int
    last_week: int
    question_ids: tuple[str, ...]
    advice: str | None


@dataclass(frozen=True)
class StatedTotals:
    """The figures that a sheet prints of itself; what it does not print is missing or None."""

    total: int | None = None
    by_article_status: dict[str, int] = field(default_factory=dict)
    published_percent: float | None = None
    category_counts: tuple[tuple[str, int], ...] = ()
    category_published: tuple[int, ...] = ()
    category_total: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A whole sheet. `pace_notes` are the sentences after the suggested study sequence."""

    slug: str
    title: str
    permalink: str
    last_updated: date | None
    categories: tuple[Category, ...]
    questions: tuple[Question, ...]
    phases: tuple[Phase, ...]
    pace_notes: tuple[str, ...]
    stated: StatedTotals

    def outside_sequence(self) -> tuple[str, ...]:
        """Return the ids of the questions that no phase names, in the sheet's order."""
        placed = {qid for phase in self.phases for qid in phase.question_ids}
        return tuple(q.id for q in self.questions if q.id not in placed)


def mismatches(sheet: Sheet) -> list[str]:
    """Return a sentence for each figure that the sheet prints and its rows do not bear out."""
    found = _Mismatches(sheet.slug)
    stated = sheet.stated
    statuses: Counter[str] = Counter(question.article_status for question in sheet.questions)
    per_category = Counter(question.category_position for question in sheet.questions)
    published = Counter(
        q.category_position for q in sheet.questions if q.article_status == "published"
    )

    found.compare("total", stated.total, len(sheet.questions))
    for status, count in stated.by_article_status.items():
        found.compare(f"article status {status}", count, statuses[status])
    if stated.published_percent is not None and sheet.questions:
        share = round(100 * statuses["published"] / len(sheet.questions), 1)
        found.compare("published share in percent", stated.published_percent, share)
    found.compare("total of the category table", stated.category_total, len(sheet.questions))
    if stated.category_counts:
        found.compare("number of categories", len(stated.category_counts), len(sheet.categories))
    for category, (_, count) in zip(sheet.categories, stated.category_counts, strict=False):
        found.compare(f"category {category.title}", count, per_category[category.position])
    for category, count in zip(sheet.categories, stated.category_published, strict=False):
        found.compare(f"published in {category.title}", count, published[category.position])
    return found.sentences + _unknown_phase_ids(sheet)


class _Mismatches:
    def __init__(self, slug: str) -> None:
        self._slug = slug
        self.sentences: list[str] = []

    def compare(self, what: str, printed: float | None, parsed: float) -> None:
        if printed is not None and printed != parsed:
            self.sentences.append(f"{self._slug}: {what}: the sheet prints {printed}, has {parsed}")


def _unknown_phase_ids(sheet: Sheet) -> list[str]:
    known = {question.id for question in sheet.questions}
    return [
        f"{sheet.slug}: phase {phase.position} names {qid}, which is not a row of the sheet"
        for phase in sheet.phases
        for qid in phase.question_ids
        if qid not in known
    ]
