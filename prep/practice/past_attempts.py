"""What came of the mock interviews that are finished."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlite_utils import Database

from prep.content.models import Difficulty, Level
from prep.practice.attempt import Kind, budget_seconds
from prep.practice.rubric import HIGHEST


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """A question that was answered in a finished mock interview.

    `place` is its place in the interview from 0, `seconds` and `budget` the time used and given,
    `scores` maps rubric lines to 0 to 3, `rating` is from 1 (again) to 4 (easy).
    """

    attempt_id: str
    kind: Kind
    finished_at: datetime
    question_id: str
    place: int
    done_on: date
    seconds: int
    scores: Mapping[str, int]
    rating: int
    notes: str | None
    title: str
    sheet: str
    category: str
    category_position: int
    level: Level | None
    difficulty: Difficulty | None
    permalink: str | None

    @property
    def score(self) -> float | None:
        """The share of the highest score, from 0 to 1; None where no line was scored."""
        if not self.scores:
            return None
        return sum(self.scores.values()) / (HIGHEST * len(self.scores))

    @property
    def budget(self) -> int:
        """The seconds that there were for it."""
        return budget_seconds(self.kind, self.sheet)


def list_answers(db: Database, question_id: str | None = None) -> list[PastAnswer]:
    """Return every question answered in a finished mock interview, or one's, newest first."""
    rows = db.query(
        "SELECT a.id AS attempt_id, a.kind, a.finished_at, q.question_id,"
        " q.position AS place, q.done_on, q.seconds, q.scores, q.rating, q.notes,"
        " t.title, t.sheet, t.category, t.category_position, t.level, t.difficulty,"
        " t.permalink"
        " FROM attempt_question q JOIN attempt a ON a.id = q.attempt_id"
        " JOIN tracker t ON t.id = q.question_id"
        " WHERE NOT q.removed AND NOT a.removed AND a.finished_at IS NOT NULL"
        " AND q.question_id = coalesce(?, q.question_id)",
        [question_id],
    )
    found = sorted(map(_answer, rows), key=lambda answer: answer.place)
    return sorted(found, key=lambda answer: answer.finished_at, reverse=True)


def best_and_last(db: Database, question_id: str) -> tuple[PastAnswer, PastAnswer] | None:
    """Return a question's best and last answer, None where it was never asked.

    The best has the highest score, then the highest rating; of equals it is the latest.
    """
    found = list_answers(db, question_id)
    if not found:
        return None
    return max(found, key=lambda answer: (answer.score or 0, answer.rating)), found[0]


def by_category(db: Database) -> pd.DataFrame:
    """Return `sheet`, `category`, `day`, `score`, `answers`: the mean score of a category by day.

    An answer without a scored line counts by its rating, from 0 for again to 1 for easy.
    """
    rows = [
        {
            "sheet": answer.sheet,
            "position": answer.category_position,
            "category": answer.category,
            "day": pd.Timestamp(answer.done_on),
            "score": (answer.rating - 1) / 3 if answer.score is None else answer.score,
        }
        for answer in list_answers(db)
    ]
    frame = pd.DataFrame(rows, columns=["sheet", "position", "category", "day", "score"])
    grouped = frame.groupby(["sheet", "position", "category", "day"])["score"]
    means = grouped.agg(["mean", "size"]).reset_index()
    return means.rename(columns={"mean": "score", "size": "answers"})


def _answer(row: Mapping[str, Any]) -> PastAnswer:
    read = {
        "finished_at": datetime.fromisoformat(row["finished_at"]),
        "done_on": date.fromisoformat(row["done_on"]),
        "scores": json.loads(row["scores"]) if row["scores"] else {},
    }
    return PastAnswer(**{**row, **read})
