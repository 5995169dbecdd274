"""Minutes spent on questions: counted while one works, or entered by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

import pandas as pd
from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.content import questions
from prep.errors import InvalidDates, InvalidValue
from prep.store import change_log, devices, ids, limits
from prep.store.change_rows import Edit
from prep.store.database import writing

Kind = Literal["reading", "answering", "reviewing", "mock", "manual"]
READING: Final = "reading"
ANSWERING: Final = "answering"
REVIEWING: Final = "reviewing"
MOCK: Final = "mock"
MANUAL: Final = "manual"
KINDS: Mapping[Kind, str] = {
    READING: "Reading",
    ANSWERING: "Answering",
    REVIEWING: "Reviewing",
    MOCK: "Mock interviews",
    MANUAL: "Entered by hand",
}
MAX_SECONDS_AT_ONCE = 3600
MAX_MINUTES_BY_HAND = 24 * 60


def add(db: Database, clock: Clock, question_id: str, kind: Kind, seconds: int) -> None:
    """Add time that was counted, to the question's today; at most an hour at once.

    It is kept beside the history of changes: undo does not go through it. Each device counts by
    itself, so that what is counted on two is the sum of both.
    """
    limits.refuse_odd_clock(clock.now())
    spent = min(max(seconds, 0), MAX_SECONDS_AT_ONCE)
    day = clock.today().isoformat()
    with writing(db):
        db.execute(
            "INSERT INTO time_spent (id, day, seconds) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET seconds = seconds + excluded.seconds",
            [f"{question_id}#{kind}#{day}#{devices.this(db)}", day, spent],
        )


def of_attempt(attempt_id: str, question_id: str, seconds: int, day: date) -> Edit:
    """Return what a mock interview adds to a question's time; undone with it."""
    entry = f"{question_id}#{MOCK}#{attempt_id}"
    fields = {"day": day.isoformat(), "seconds": seconds}
    return Edit("time", {entry: fields})


def enter(
    db: Database, clock: Clock, question_id: str, minutes: int, day: date, note: str = ""
) -> None:
    """Keep minutes that the person enters, as a change that can be undone.

    Raises UnknownQuestion, InvalidValue, InvalidDates: then nothing is changed.
    """
    if not 1 <= minutes <= MAX_MINUTES_BY_HAND:
        raise InvalidValue(f"minutes run from 1 to {MAX_MINUTES_BY_HAND}, not {minutes}")
    if day > clock.today():
        raise InvalidDates(f"{day} is after today, {clock.today()}")
    with writing(db):
        questions.get(db, question_id)
        entry = f"{question_id}#{MANUAL}#{clock.now().isoformat()}#{ids.unique()}"
        fields = {
            "day": day.isoformat(),
            "seconds": 60 * minutes,
            "note": texts.without_nul(note)[:1000],
        }
        change_log.write(db, clock, "time", {entry: fields})


def minutes_by_group(db: Database, dimension: str) -> pd.DataFrame:
    """Return the minutes spent by `question`, `category` or `week`, and kind.

    Columns: `sheet`, `group` (its id, title or Monday), `kind`, `minutes` (not rounded).
    """
    group, order = {
        "question": ("t.id", "t.position"),
        "category": ("t.category", "t.category_position"),
        "week": ("date(s.day, 'weekday 0', '-6 days')", "3"),
    }[dimension]
    return pd.DataFrame(
        db.query(
            f'SELECT t.sheet, {group} AS "group", s.kind, sum(s.seconds) / 60.0 AS minutes'
            " FROM time_spent s JOIN tracker t ON t.id = s.question_id WHERE s.seconds > 0"
            f" GROUP BY 1, 2, 3 ORDER BY 1 DESC, {order}"
        ),
        columns=["sheet", "group", "kind", "minutes"],
    )


def of_question(db: Database, question_id: str) -> dict[Kind, float]:
    """Return the minutes spent on one question, by kind."""
    rows = db.execute(
        "SELECT kind, sum(seconds) / 60.0 FROM time_spent WHERE question_id = ? AND seconds > 0"
        " GROUP BY kind",
        [question_id],
    )
    return dict(rows)


def seconds_on(db: Database, question_id: str, day: date) -> int:
    """Return the seconds spent on one question on a day, of every kind."""
    spent: int = db.execute(
        "SELECT coalesce(sum(seconds), 0) FROM time_spent WHERE question_id = ? AND day = ?",
        [question_id, day.isoformat()],
    ).fetchone()[0]
    return spent


def minutes_on(db: Database, day: date) -> float:
    """Return the minutes spent on a day, on all questions together."""
    row = db.execute(
        "SELECT coalesce(sum(seconds), 0) FROM time_spent WHERE day = ?", [day.isoformat()]
    ).fetchone()
    return float(row[0]) / 60
