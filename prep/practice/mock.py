"""A mock interview: the clock while one talks, the notes, the scores.

Starting, finishing and discarding are the person's acts and go through history. What happens
in between (the clock, notes, scores not yet handed in) is kept in the attempt's `state`, so
that a reload or a restart loses nothing, but is no change to be undone. It stays on the device
where the interview runs; the others learn of it when it is finished.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from prep.clock import Clock
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.errors import AttemptRefused, InvalidValue, UnknownAttempt, UnknownQuestion
from prep.practice.review_schedule import RATINGS
from prep.practice.rubric import HIGHEST
from prep.progress import time_spent
from prep.progress.tracker import MAX_NOTES
from prep.store import change_log, numbers
from prep.store.change_log import Edit
from prep.store.database import writing

Row = dict[str, Any]
Rate = Callable[[Database, Clock, str, int], list[Edit]]

QUESTION = "question"
NOTE = "attempt_note"  # what a conflict calls it
LONGEST_STRETCH = 90 * 60  # seconds: twice the longest budget of a question

_NO_ATTEMPT = {"kind": None, "started_at": None, "finished_at": None, "removed": 1}
_NO_ANSWER = {
    "position": 0,
    "done_on": None,
    "seconds": 0,
    "scores": None,
    "rating": None,
    "notes": "",
    "removed": 1,
}


@dataclass(frozen=True)
class Length:
    """How long a mock interview is: of which sheet (None for either) and how many questions."""

    title: str
    sheet: str | None
    count: int
    minutes: Mapping[str, int]  # of a question, by its sheet


LENGTHS = {
    QUESTION: Length("A single question", None, 1, {BEHAVIORAL: 10, SYSTEM_DESIGN: 45}),
    BEHAVIORAL: Length("Behavioral loop, 45 min", BEHAVIORAL, 5, {BEHAVIORAL: 9}),
    SYSTEM_DESIGN: Length("System-design round, 45 min", SYSTEM_DESIGN, 1, {SYSTEM_DESIGN: 45}),
}


@dataclass(frozen=True)
class Attempt:
    """A mock interview that is not finished: where it stands and what was noted so far."""

    id: str
    kind: str
    started_at: datetime
    questions: tuple[str, ...]
    current: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)  # before the present stretch
    running_since: datetime | None = None
    is_scoring: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)

    @property
    def question_id(self) -> str:
        """The question that is asked now, or was asked last."""
        return self.questions[self.current]

    @property
    def reached(self) -> tuple[str, ...]:
        """The questions that were asked so far."""
        return self.questions[: self.current + 1]

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


def budget_seconds(kind: str, sheet: str) -> int:
    """Return how long a question of this sheet may take in an interview of this kind."""
    return 60 * LENGTHS[kind].minutes[sheet]


def start(db: Database, clock: Clock, kind: str, question_ids: Sequence[str]) -> str:
    """Start a mock interview with these questions, in this order; return its id.

    Raises AttemptRefused where one is running already or there is no question; UnknownQuestion.
    """
    if not question_ids:
        raise AttemptRefused("no question matches: take a filter away")
    with writing(db):
        other = running(db)
        if other:
            raise AttemptRefused(
                f"{other.id} is still running: finish or discard it before you start another"
            )
        for question_id in question_ids:
            _refuse_unknown(db, question_id)
        now = clock.now()
        attempt_id = numbers.give(db, clock, numbers.ATTEMPT)
        attempt = Attempt(attempt_id, kind, now, tuple(question_ids), running_since=now)
        after = _NO_ATTEMPT | {"kind": kind, "started_at": now.isoformat(), "removed": 0}
        change_log.write(db, clock, "attempt", {attempt.id: _NO_ATTEMPT}, {attempt.id: after})
        _store(db, attempt)
    return attempt.id


def running(db: Database) -> Attempt | None:
    """Return the mock interview that is not finished and runs here, None where there is none."""
    row = next(
        db.query(
            "SELECT id, kind, started_at, state FROM attempt"
            " WHERE NOT removed AND finished_at IS NULL AND state IS NOT NULL"
            " ORDER BY started_at DESC LIMIT 1"
        ),
        None,
    )
    return None if row is None else _attempt(row)


def pause(db: Database, clock: Clock, attempt_id: str) -> None:
    """Stop the clock. Raises UnknownAttempt."""
    _alter(db, attempt_id, lambda attempt: _stopped(attempt, clock.now()))


def resume(db: Database, clock: Clock, attempt_id: str) -> None:
    """Let the clock run on, where it is paused. Raises UnknownAttempt."""

    def run(attempt: Attempt) -> Attempt:
        if attempt.is_scoring or attempt.running_since:
            return attempt
        return replace(attempt, running_since=clock.now())

    _alter(db, attempt_id, run)


def next_question(db: Database, clock: Clock, attempt_id: str, question_id: str) -> None:
    """Go on from `question_id` to the next question with the clock running, or to the scores.

    Raises UnknownAttempt, and AttemptRefused where another tab has gone on before.
    """

    def go_on(attempt: Attempt) -> Attempt:
        if attempt.is_scoring or attempt.question_id != question_id:
            raise AttemptRefused(f"{attempt.id} has gone on elsewhere: this is where it stands now")
        stopped = _stopped(attempt, clock.now())
        if attempt.current + 1 == len(attempt.questions):
            return replace(stopped, is_scoring=True)
        return replace(stopped, current=attempt.current + 1, running_since=clock.now())

    _alter(db, attempt_id, go_on)


def end(db: Database, clock: Clock, attempt_id: str) -> None:
    """Stop asking: go to the scores of the questions asked so far. Raises UnknownAttempt."""
    _alter(db, attempt_id, lambda a: replace(_stopped(a, clock.now()), is_scoring=True))


def go_back(db: Database, clock: Clock, attempt_id: str) -> None:
    """Let the last question go on after all, the clock running. Raises UnknownAttempt."""

    def back(attempt: Attempt) -> Attempt:
        if not attempt.is_scoring:
            return attempt
        return replace(attempt, is_scoring=False, running_since=clock.now())

    _alter(db, attempt_id, back)


def note(
    db: Database, attempt_id: str, question_id: str, text: str, *, seen: str | None = None
) -> None:
    """Keep what was noted while talking.

    `seen` is the text that it was typed into: one that another tab wrote since is not replaced.
    Raises UnknownAttempt, InvalidValue, ChangedElsewhere.
    """
    text = text.replace("\0", "")
    if len(text) > MAX_NOTES:
        raise InvalidValue(f"notes hold at most {MAX_NOTES:,} characters, these are {len(text):,}")
    note_id = f"{attempt_id}#{question_id}"

    def noted(attempt: Attempt) -> Attempt:
        there = attempt.notes.get(question_id, "")
        change_log.refuse_stale(NOTE, note_id, there, seen, text)
        return replace(attempt, notes={**attempt.notes, question_id: text})

    _alter(db, attempt_id, noted)


def noted(db: Database, note_id: str) -> str:
    """Return what was noted on an answer, by the attempt and the question that `#` joins."""
    attempt_id, _, question_id = note_id.partition("#")
    attempt = running(db)
    if attempt and attempt.id == attempt_id:
        return attempt.notes.get(question_id, "")
    row = db.execute("SELECT notes FROM attempt_question WHERE id = ?", [note_id]).fetchone()
    return (row and row[0]) or ""


def keep_note(db: Database, clock: Clock, note_id: str, text: str) -> None:
    """Do as `note` does, by the attempt and the question that `#` joins; the attempt may have
    ended. Raises UnknownAttempt, InvalidValue."""
    attempt_id, _, question_id = note_id.partition("#")
    if _row(db, attempt_id)["finished_at"] is None:
        note(db, attempt_id, question_id, text)
        return
    there = {note_id: {"notes": noted(db, note_id) or None}}
    with writing(db):
        change_log.write(db, clock, "attempt_question", there, {note_id: {"notes": text or None}})


def score(db: Database, attempt_id: str, question_id: str, line: str, value: int | None) -> None:
    """Keep the score of one rubric line, None for none. Raises UnknownAttempt, InvalidValue."""
    if value is not None and value not in range(HIGHEST + 1):
        raise InvalidValue(f"a score is a whole number from 0 to {HIGHEST}, not {value!r}")

    def scored(attempt: Attempt) -> Attempt:
        kept = {**attempt.scores.get(question_id, {}), line: value}
        given = {name: number for name, number in kept.items() if number is not None}
        return replace(attempt, scores={**attempt.scores, question_id: given})

    _alter(db, attempt_id, scored)


def rate(db: Database, attempt_id: str, question_id: str, rating: int | None) -> None:
    """Keep the rating of one answer, None for none. Raises UnknownAttempt, InvalidValue."""
    if rating is not None and rating not in RATINGS:
        raise InvalidValue(f"a rating is a number from 1 (again) to 4 (easy), not {rating!r}")

    def rated(attempt: Attempt) -> Attempt:
        ratings = {**attempt.ratings, question_id: rating}
        return replace(attempt, ratings={q: r for q, r in ratings.items() if r is not None})

    _alter(db, attempt_id, rated)


def no_edits(_db: Database, _clock: Clock, _question_id: str, _rating: int) -> list[Edit]:
    """Return what a rating changes where it feeds no schedule: nothing."""
    return []


def finish(db: Database, clock: Clock, attempt_id: str, rate_edits: Rate = no_edits) -> None:
    """Keep the scores, ratings and notes of every question that was asked, as one change.

    What `rate_edits` returns for each rating belongs to the same change. Raises UnknownAttempt,
    and AttemptRefused where a question has no rating.
    """
    with writing(db):
        attempt = _stopped(_require(db, attempt_id), clock.now())
        _store(db, replace(attempt, is_scoring=True))
        unrated = [q for q in attempt.reached if q not in attempt.ratings]
        if unrated:
            raise AttemptRefused(f"{', '.join(unrated)}: rate each question to finish")
        before, after = {}, {}
        for question_id in attempt.reached:
            key = f"{attempt_id}#{question_id}"
            before[key] = _stored_answer(db, key)
            after[key] = _answer(attempt, question_id, clock.today())
        edits = [
            Edit(
                "attempt",
                {attempt_id: {"finished_at": None}},
                {attempt_id: {"finished_at": clock.now().isoformat()}},
            ),
            Edit("attempt_question", before, after),
        ]
        for question_id in attempt.reached:
            edits += rate_edits(db, clock, question_id, attempt.ratings[question_id])
            seconds = after[f"{attempt_id}#{question_id}"]["seconds"]
            edits.append(time_spent.of_attempt(attempt_id, question_id, seconds, clock.today()))
        change_log.write_together(db, clock, edits)


def discard(db: Database, clock: Clock, attempt_id: str) -> None:
    """Take a mock interview away, running or finished; undo brings it back. Raises UnknownAttempt.

    What its ratings did to the schedule stays.
    """
    with writing(db):
        row = _row(db, attempt_id)
        if row["finished_at"] is None and row["state"] is not None:
            _store(db, _stopped(_attempt(row), clock.now()))
        ids = [
            key
            for (key,) in db.execute(
                "SELECT id FROM attempt_question WHERE attempt_id = ? AND NOT removed", [attempt_id]
            )
        ]
        kept, gone = {"removed": 0}, {"removed": 1}
        edits = [
            Edit("attempt", {attempt_id: kept}, {attempt_id: gone}),
            Edit("attempt_question", dict.fromkeys(ids, kept), dict.fromkeys(ids, gone)),
        ]
        change_log.write_together(db, clock, edits)


def refuse_broken(row: Row, known: Collection[str]) -> None:
    """Raise ValueError, TypeError or LookupError where an attempt's row is none that can go on.

    `known` are the ids of all questions.
    """
    attempt = _attempt(row)
    by_question = (attempt.seconds, attempt.notes, attempt.scores, attempt.ratings)
    asked = set(attempt.questions)
    if (
        attempt.kind not in LENGTHS
        or not asked <= set(known)
        or not 0 <= attempt.current < len(attempt.questions)
        or not all(set(given) <= asked for given in by_question)
        or not all(seconds >= 0 for seconds in attempt.seconds.values())
        or not all(isinstance(note, str) for note in attempt.notes.values())
        or not set(attempt.ratings.values()) <= set(RATINGS)
    ):
        raise ValueError(f"the mock interview {attempt.id}")
    for at in (attempt.started_at, attempt.running_since):
        if at is not None and at.tzinfo is None:
            raise ValueError(f"the mock interview {attempt.id} in no time zone")
    for scores in attempt.scores.values():
        refuse_broken_scores(scores)


def refuse_broken_scores(scores: Mapping[str, int]) -> None:
    """Raise ValueError, TypeError or AttributeError where scores are none."""
    if not all(type(value) is int and 0 <= value <= HIGHEST for value in scores.values()):
        raise ValueError("scores of a mock interview")


def _answer(attempt: Attempt, question_id: str, today: date) -> Row:
    scores = attempt.scores.get(question_id)
    return {
        "position": attempt.questions.index(question_id),
        "done_on": today.isoformat(),
        "seconds": round(attempt.seconds.get(question_id, 0)),
        "scores": json.dumps(scores, ensure_ascii=False) if scores else None,
        "rating": attempt.ratings[question_id],
        "notes": attempt.notes.get(question_id, ""),
        "removed": 0,
    }


def _stored_answer(db: Database, key: str) -> Row:
    """Return an answer's fields as they stand: finished once and undone, its row is there."""
    columns = ", ".join(_NO_ANSWER)
    row = next(db.query(f"SELECT {columns} FROM attempt_question WHERE id = ?", [key]), None)
    return row or _NO_ANSWER


def _stopped(attempt: Attempt, now: datetime) -> Attempt:
    """Return the attempt with its present stretch counted and the clock standing."""
    used = round(attempt.used(attempt.question_id, now), 3)
    seconds = {**attempt.seconds, attempt.question_id: used}
    return replace(attempt, seconds=seconds, running_since=None)


def _alter(db: Database, attempt_id: str, change: Callable[[Attempt], Attempt]) -> None:
    with writing(db):
        _store(db, change(_require(db, attempt_id)))


def _store(db: Database, attempt: Attempt) -> None:
    db.table("attempt").update(attempt.id, {"state": _state_text(attempt)})


def _require(db: Database, attempt_id: str) -> Attempt:
    row = _row(db, attempt_id)
    if row["finished_at"] is not None:
        raise UnknownAttempt(f"{attempt_id} is finished: start another mock interview")
    if row["state"] is None:
        raise UnknownAttempt(f"{attempt_id} runs on another device: finish it there")
    return _attempt(row)


def _row(db: Database, attempt_id: str) -> Row:
    row = next(db.query("SELECT * FROM attempt WHERE id = ? AND NOT removed", [attempt_id]), None)
    if row is None:
        raise UnknownAttempt(
            f"there is no mock interview {attempt_id[:20]!r}: it was discarded or undone"
        )
    return row


def _refuse_unknown(db: Database, question_id: str) -> None:
    if not db.execute("SELECT 1 FROM question WHERE id = ?", [question_id]).fetchone():
        raise UnknownQuestion(f"there is no question {question_id!r}: ids look like SD-001 or L-01")


def _attempt(row: Row) -> Attempt:
    state = json.loads(row["state"])
    since = state.pop("running_since")
    return Attempt(
        id=row["id"],
        kind=row["kind"],
        started_at=datetime.fromisoformat(row["started_at"]),
        questions=tuple(state.pop("questions")),
        running_since=since and datetime.fromisoformat(since),
        **state,
    )


def _state_text(attempt: Attempt) -> str:
    state = {
        "questions": attempt.questions,
        "current": attempt.current,
        "seconds": attempt.seconds,
        "running_since": attempt.running_since and attempt.running_since.isoformat(),
        "is_scoring": attempt.is_scoring,
        "notes": attempt.notes,
        "scores": attempt.scores,
        "ratings": attempt.ratings,
    }
    return json.dumps(state, ensure_ascii=False)
