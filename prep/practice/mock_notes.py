"""What is kept while a mock interview goes on: what was asked, notes, scores, ratings."""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.errors import InvalidValue
from prep.practice.attempt import Attempt
from prep.practice.mock import alter, is_finished, running
from prep.practice.review_schedule import RATINGS
from prep.practice.rubric import HIGHEST
from prep.progress.tracker import MAX_NOTES
from prep.store import change_log, snapshots
from prep.store.database import writing

NOTE = "attempt_note"  # what a conflict calls it


def note(
    db: Database, attempt_id: str, question_id: str, text: str, *, seen: str | None = None
) -> None:
    """Keep what was noted while talking.

    `seen` is the text that it was typed into: one that another tab wrote since is not replaced.
    Raises UnknownAttempt, InvalidValue, ChangedElsewhere.
    """
    text = _checked(text)
    note_id = f"{attempt_id}#{question_id}"

    def noted(attempt: Attempt) -> Attempt:
        there = attempt.notes.get(question_id, "")
        snapshots.refuse_stale(NOTE, note_id, there, seen, text)
        return replace(attempt, notes={**attempt.notes, question_id: text})

    alter(db, attempt_id, noted)


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
    if not is_finished(db, attempt_id):
        note(db, attempt_id, question_id, text)
        return
    with writing(db):
        change_log.write(db, clock, "attempt_question", {note_id: {"notes": _checked(text)}})


def _checked(text: str) -> str:
    return texts.bounded(texts.without_nul(text), MAX_NOTES, "notes hold")


def score(db: Database, attempt_id: str, question_id: str, line: str, value: int | None) -> None:
    """Keep the score of one rubric line, None for none. Raises UnknownAttempt, InvalidValue."""
    if value is not None and value not in range(HIGHEST + 1):
        raise InvalidValue(f"a score is a whole number from 0 to {HIGHEST}, not {value!r}")

    def scored(attempt: Attempt) -> Attempt:
        kept = {**attempt.scores.get(question_id, {}), line: value}
        given = {name: number for name, number in kept.items() if number is not None}
        return replace(attempt, scores={**attempt.scores, question_id: given})

    alter(db, attempt_id, scored)


def rate(db: Database, attempt_id: str, question_id: str, rating: int | None) -> None:
    """Keep the rating of one answer, None for none. Raises UnknownAttempt, InvalidValue."""
    _refuse_odd_rating(rating)

    def rated(attempt: Attempt) -> Attempt:
        ratings = {**attempt.ratings, question_id: rating}
        return replace(attempt, ratings={q: r for q, r in ratings.items() if r is not None})

    alter(db, attempt_id, rated)


def rate_overall(db: Database, attempt_id: str, rating: int | None) -> None:
    """Keep the rating of the whole interview, for all answers without one of their own.

    Where one question was asked, it is that answer's. Raises UnknownAttempt, InvalidValue.
    """
    _refuse_odd_rating(rating)

    def rated(attempt: Attempt) -> Attempt:
        ratings = {} if len(attempt.reached) == 1 else attempt.ratings
        return replace(attempt, overall=rating, ratings=ratings)

    alter(db, attempt_id, rated)


def tell_requirements(db: Database, attempt_id: str, question_id: str) -> None:
    """Keep that the requirements of a question were asked for. Raises UnknownAttempt."""
    alter(db, attempt_id, lambda a: replace(a, told=tuple(dict.fromkeys([*a.told, question_id]))))


def ask_follow_up(db: Database, attempt_id: str, question_id: str, count: int) -> None:
    """Keep that so many follow-ups of a question were asked; never fewer than before.

    Raises UnknownAttempt.
    """

    def asked(attempt: Attempt) -> Attempt:
        most = max(count, attempt.follow_ups.get(question_id, 0))
        return replace(attempt, follow_ups={**attempt.follow_ups, question_id: most})

    alter(db, attempt_id, asked)


def _refuse_odd_rating(rating: int | None) -> None:
    if rating is not None and rating not in RATINGS:
        raise InvalidValue(f"a rating is a number from 1 (again) to 4 (easy), not {rating!r}")
