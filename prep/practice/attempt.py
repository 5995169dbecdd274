"""The state of a mock interview in progress, and its text in the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice.review_schedule import RATINGS
from prep.practice.rubric import HIGHEST

QUESTION: Final = "question"
Kind = Literal["question", "behavioral", "system-design"]
LONGEST_STRETCH = 90 * 60  # seconds: twice the longest budget of a question


@dataclass(frozen=True)
class Length:
    """How long a mock interview is: of which sheet (None for either) and how many questions."""

    title: str
    sheet: str | None
    count: int
    minutes: Mapping[str, int]  # of a question, by its sheet


LENGTHS: Mapping[Kind, Length] = {
    QUESTION: Length("A single question", None, 1, {BEHAVIORAL: 10, SYSTEM_DESIGN: 45}),
    BEHAVIORAL: Length("Behavioral loop, 45 min", BEHAVIORAL, 5, {BEHAVIORAL: 9}),
    SYSTEM_DESIGN: Length("System-design round, 45 min", SYSTEM_DESIGN, 1, {SYSTEM_DESIGN: 45}),
}


@dataclass(frozen=True)
class Attempt:
    """A mock interview that is not finished: where it stands and what was noted so far.

    `overall` is the rating of all answers that have none of their own, `told` are the questions
    whose requirements were asked for, and `follow_ups` counts what was asked after each.
    """

    id: str
    kind: Kind
    started_at: datetime
    questions: tuple[str, ...]
    current: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)  # before the present stretch
    running_since: datetime | None = None
    is_scoring: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)
    overall: int | None = None
    told: tuple[str, ...] = ()
    follow_ups: Mapping[str, int] = field(default_factory=dict)

    @property
    def question_id(self) -> str:
        """The question that is asked now, or was asked last."""
        return self.questions[self.current]

    @property
    def reached(self) -> tuple[str, ...]:
        """The questions that were asked so far."""
        return self.questions[: self.current + 1]

    def budget(self, sheets: Iterable[str]) -> int:
        """Return the seconds that there are for questions of these sheets together."""
        return sum(budget_seconds(self.kind, sheet) for sheet in sheets)

    def rating(self, question_id: str) -> int | None:
        """Return the rating of an answer: its own, else that of the whole interview."""
        return self.ratings.get(question_id, self.overall)

    def used(self, question_id: str, now: datetime) -> float:
        """Return the seconds spent on a question, without pauses.

        A stretch without a pause counts LONGEST_STRETCH at most: who leaves an interview open
        and goes to bed did not talk all night.
        """
        stored = self.seconds.get(question_id, 0)
        if self.running_since is None or question_id != self.question_id:
            return stored
        stretch = (now - self.running_since).total_seconds()
        return stored + min(max(stretch, 0), LONGEST_STRETCH)

    def stopped(self, now: datetime) -> Attempt:
        """Return the attempt with the clock stopped and the time until now counted."""
        used = round(self.used(self.question_id, now), 3)
        return replace(self, seconds={**self.seconds, self.question_id: used}, running_since=None)


def budget_seconds(kind: Kind, sheet: str) -> int:
    """Return how long a question of this sheet may take in an interview of this kind."""
    return 60 * LENGTHS[kind].minutes[sheet]


def attempt_of(row: Mapping[str, Any]) -> Attempt:
    """Return the attempt of a row of the table `attempt`, whose `state` is its text."""
    state = json.loads(row["state"])
    since = state.pop("running_since")
    return Attempt(
        id=row["id"],
        kind=row["kind"],
        started_at=datetime.fromisoformat(row["started_at"]),
        questions=tuple(state.pop("questions")),
        told=tuple(state.pop("told", ())),
        running_since=since and datetime.fromisoformat(since),
        **state,
    )


def state_text(attempt: Attempt) -> str:
    """Return what `attempt_of` reads out of a row's `state`."""
    state = {
        "questions": attempt.questions,
        "current": attempt.current,
        "seconds": attempt.seconds,
        "running_since": attempt.running_since and attempt.running_since.isoformat(),
        "is_scoring": attempt.is_scoring,
        "notes": attempt.notes,
        "scores": attempt.scores,
        "ratings": attempt.ratings,
        "overall": attempt.overall,
        "told": attempt.told,
        "follow_ups": attempt.follow_ups,
    }
    return json.dumps(state, ensure_ascii=False)


def refuse_broken_attempt(row: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise ValueError, TypeError or LookupError where an attempt's row cannot be read.

    `known` are the ids of all questions.
    """
    attempt = attempt_of(row)
    by_question = (
        attempt.seconds,
        attempt.notes,
        attempt.scores,
        attempt.ratings,
        attempt.follow_ups,
    )
    asked = set(attempt.questions)
    if (
        attempt.kind not in LENGTHS
        or not asked <= set(known)
        or not 0 <= attempt.current < len(attempt.questions)
        or not all(set(given) <= asked for given in by_question)
        or not all(seconds >= 0 for seconds in attempt.seconds.values())
        or not all(isinstance(note, str) for note in attempt.notes.values())
        or not {*attempt.ratings.values(), attempt.overall} <= {*RATINGS, None}
        or not set(attempt.told) <= asked
        or not all(type(count) is int and count >= 0 for count in attempt.follow_ups.values())
    ):
        raise ValueError(f"the mock interview {attempt.id}")
    for at in (attempt.started_at, attempt.running_since):
        if at is not None and at.tzinfo is None:
            raise ValueError(f"the mock interview {attempt.id} in no time zone")
    for scores in attempt.scores.values():
        refuse_broken_scores(scores)


def refuse_broken_scores(scores: Mapping[str, int]) -> None:
    """Raise ValueError, TypeError or AttributeError where scores cannot be read."""
    if not all(type(value) is int and 0 <= value <= HIGHEST for value in scores.values()):
        raise ValueError("scores of a mock interview")
