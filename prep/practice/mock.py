"""A mock interview: the clock while one talks, the notes, the scores.

Starting, finishing and discarding are the person's acts and go through history. What happens
in between (the clock, notes, scores not yet handed in) is kept in the attempt's `state`, so
that a reload or a restart loses nothing, but is no change to be undone. It stays on the device
where the interview runs; the others learn of it when it is finished.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.errors import AttemptRefused, UnknownAttempt
from prep.practice.attempt import Attempt, Kind, attempt_of, state_text
from prep.progress import time_spent
from prep.store import change_log, numbers
from prep.store.change_rows import Edit
from prep.store.database import writing

Rate = Callable[[Database, Clock, str, int], list[Edit]]


def start(db: Database, clock: Clock, kind: Kind, question_ids: Sequence[str]) -> str:
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
            questions.get(db, question_id)
        now = clock.now()
        attempt_id = numbers.give(db, clock, numbers.ATTEMPT)
        attempt = Attempt(attempt_id, kind, now, tuple(question_ids), running_since=now)
        started = {"kind": kind, "started_at": now.isoformat(), "removed": 0}
        change_log.write(db, clock, "attempt", {attempt.id: started})
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
    return None if row is None else attempt_of(row)


def pause(db: Database, clock: Clock, attempt_id: str) -> None:
    """Stop the clock. Raises UnknownAttempt."""
    alter(db, attempt_id, lambda attempt: attempt.stopped(clock.now()))


def resume(db: Database, clock: Clock, attempt_id: str) -> None:
    """Let the clock run on, where it is paused. Raises UnknownAttempt."""

    def run(attempt: Attempt) -> Attempt:
        if attempt.is_scoring or attempt.running_since:
            return attempt
        return replace(attempt, running_since=clock.now())

    alter(db, attempt_id, run)


def next_question(db: Database, clock: Clock, attempt_id: str, question_id: str) -> None:
    """Go on from `question_id` to the next question with the clock running, or to the scores.

    Raises UnknownAttempt, and AttemptRefused where another tab has gone on before.
    """

    def go_on(attempt: Attempt) -> Attempt:
        if attempt.is_scoring or attempt.question_id != question_id:
            raise AttemptRefused(f"{attempt.id} has gone on elsewhere: this is where it stands now")
        stopped = attempt.stopped(clock.now())
        if attempt.current + 1 == len(attempt.questions):
            return replace(stopped, is_scoring=True)
        return replace(stopped, current=attempt.current + 1, running_since=clock.now())

    alter(db, attempt_id, go_on)


def end(db: Database, clock: Clock, attempt_id: str) -> None:
    """Stop asking: go to the scores of the questions asked so far. Raises UnknownAttempt."""
    alter(db, attempt_id, lambda a: replace(a.stopped(clock.now()), is_scoring=True))


def go_back(db: Database, clock: Clock, attempt_id: str) -> None:
    """Let the last question go on after all, the clock running. Raises UnknownAttempt."""

    def back(attempt: Attempt) -> Attempt:
        if not attempt.is_scoring:
            return attempt
        return replace(attempt, is_scoring=False, running_since=clock.now())

    alter(db, attempt_id, back)


def no_edits(_db: Database, _clock: Clock, _question_id: str, _rating: int) -> list[Edit]:
    """Return what a rating changes where it feeds no schedule: nothing."""
    return []


def finish(db: Database, clock: Clock, attempt_id: str, rate_edits: Rate = no_edits) -> None:
    """Keep the ratings, scores and notes of every question that was asked, as one change.

    What `rate_edits` returns for each rating belongs to the same change. Raises UnknownAttempt,
    and AttemptRefused where neither a question nor the whole interview has a rating.
    """
    with writing(db):
        attempt = _require(db, attempt_id).stopped(clock.now())
        _store(db, replace(attempt, is_scoring=True))
        unrated = [q for q in attempt.reached if attempt.rating(q) is None]
        if unrated:
            raise AttemptRefused("say first how well it went: that decides when it comes back")
        given = {
            f"{attempt_id}#{question_id}": _answer(attempt, question_id, clock.today())
            for question_id in attempt.reached
        }
        edits = [
            Edit("attempt", {attempt_id: {"finished_at": clock.now().isoformat()}}),
            Edit("attempt_question", given),
        ]
        for question_id in attempt.reached:
            if rating := attempt.rating(question_id):
                edits += rate_edits(db, clock, question_id, rating)
            seconds = _seconds(attempt, question_id)
            edits.append(time_spent.of_attempt(attempt_id, question_id, seconds, clock.today()))
        change_log.write_together(db, clock, edits)


def discard(db: Database, clock: Clock, attempt_id: str) -> None:
    """Take a mock interview away, running or finished; undo brings it back. Raises UnknownAttempt.

    What its ratings did to the schedule stays.
    """
    with writing(db):
        row = _row(db, attempt_id)
        if row["finished_at"] is None and row["state"] is not None:
            _store(db, attempt_of(row).stopped(clock.now()))
        ids = [
            key
            for (key,) in db.execute(
                "SELECT id FROM attempt_question WHERE attempt_id = ? AND NOT removed", [attempt_id]
            )
        ]
        gone = {"removed": 1}
        edits = [
            Edit("attempt", {attempt_id: gone}),
            Edit("attempt_question", dict.fromkeys(ids, gone)),
        ]
        change_log.write_together(db, clock, edits)


def _answer(attempt: Attempt, question_id: str, today: date) -> dict[str, object]:
    scores = attempt.scores.get(question_id)
    return {
        "position": attempt.questions.index(question_id),
        "done_on": today.isoformat(),
        "seconds": _seconds(attempt, question_id),
        "scores": json.dumps(scores, ensure_ascii=False) if scores else None,
        "rating": attempt.rating(question_id),
        "notes": attempt.notes.get(question_id, ""),
        "removed": 0,
    }


def _seconds(attempt: Attempt, question_id: str) -> int:
    return round(attempt.seconds.get(question_id, 0))


def alter(db: Database, attempt_id: str, change: Callable[[Attempt], Attempt]) -> None:
    """Keep an attempt that is running here as `change` makes it. Raises UnknownAttempt."""
    with writing(db):
        _store(db, change(_require(db, attempt_id)))


def _store(db: Database, attempt: Attempt) -> None:
    db.table("attempt").update(attempt.id, {"state": state_text(attempt)})


def _require(db: Database, attempt_id: str) -> Attempt:
    row = _row(db, attempt_id)
    if row["finished_at"] is not None:
        raise UnknownAttempt(f"{attempt_id} is finished: start another mock interview")
    if row["state"] is None:
        raise UnknownAttempt(f"{attempt_id} runs on another device: finish it there")
    return attempt_of(row)


def is_finished(db: Database, attempt_id: str) -> bool:
    """Whether an attempt was finished. Raises UnknownAttempt."""
    return _row(db, attempt_id)["finished_at"] is not None


def _row(db: Database, attempt_id: str) -> Mapping[str, Any]:
    row = next(db.query("SELECT * FROM attempt WHERE id = ? AND NOT removed", [attempt_id]), None)
    if row is None:
        raise UnknownAttempt(
            f"there is no mock interview {attempt_id[:20]!r}: it was discarded or undone"
        )
    return row
