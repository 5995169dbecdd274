"""Checks that Prep can read data from elsewhere: an export, a backup, another program.

The tables refuse values of the wrong type. These checks find what the tables cannot see, before it
is stored: ids and days in a form that Prep never writes, history of fields that do not exist, and
malformed JSON. Found later, it would break a page.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from prep.clock import Clock
from prep.errors import ExportFormatError, PrepError
from prep.exchange import conflicts
from prep.practice import review_queue, review_schedule, reviews
from prep.practice.attempt import refuse_broken_attempt, refuse_broken_scores
from prep.practice.review_queue import ReviewItem
from prep.progress import settings
from prep.progress.tracker import STATUSES
from prep.store import change_keys, ids, limits
from prep.store.subjects import SUBJECTS

_WRONG = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
    sqlite3.Error,
    PrepError,
)


def refuse_unreadable(db: Database, source: str) -> None:
    """Raise ExportFormatError where a part of Prep could not read what is in a database."""
    checks: tuple[Callable[[Database], None], ...] = (
        _check_texts,
        _check_ids,
        _check_days,
        _check_whole,
        _check_history,
        _check_conflicts,
        _check_subjects,
        _check_values,
        _check_cards,
        _check_attempts,
        _check_drafts,
    )
    for check in checks:
        try:
            check(db)
        except _WRONG as error:
            raise ExportFormatError(
                f"{source}: it holds what no Prep wrote ({str(error)[:160]})"
            ) from error


def _check_texts(db: Database) -> None:
    for table in db.table_names():
        if not table.startswith(("search_index", "sqlite_")):
            for _row in db.execute(f'SELECT * FROM "{table}"'):
                pass


def _check_ids(db: Database) -> None:
    for table, form in ids.FORMS.items():
        for (name,) in db.execute(f"SELECT id FROM {table}"):
            _require(form.fullmatch(name), f"the id {name[:40]!r}")


def _check_days(db: Database) -> None:
    for subject in SUBJECTS.values():
        for column in subject.days:
            for (text,) in db.execute(
                f"SELECT DISTINCT {column} FROM {subject.table} WHERE {column} IS NOT NULL"
            ):
                _require(limits.is_day(date.fromisoformat(text)), f"the day {text}")
    for (text,) in db.execute(
        "SELECT published_on FROM article WHERE published_on NOT NULL"
        " UNION SELECT last_updated FROM sheet WHERE last_updated NOT NULL"
    ):
        date.fromisoformat(text)
    for before, (key, at) in enumerate(db.execute("SELECT key, at FROM change ORDER BY key")):
        _require(change_keys.is_key(key, before) and _instant(at), f"the change {key[:40]!r}")
    for (at,) in db.execute(
        "SELECT at FROM answer_draft UNION ALL SELECT at FROM form_draft"
        " UNION ALL SELECT at FROM conflict"
    ):
        datetime.fromisoformat(at)


def _check_whole(db: Database) -> None:
    for subject in SUBJECTS.values():
        counts, *columns = subject.whole or ("",)
        for column in columns:
            found = db.execute(
                f"SELECT 1 FROM {subject.table} WHERE {counts} AND {column} IS NULL LIMIT 1"
            )
            _require(found.fetchone() is None, f"{subject.table} without {column}")


def _check_history(db: Database) -> None:
    """Check that each value has its column's type: undo puts it back there."""
    kinds = {
        name: {row[1]: row[2] for row in db.execute(f"PRAGMA table_info({subject.table})")}
        for name, subject in SUBJECTS.items()
    }
    allowed = {"TEXT": (str, type(None)), "INTEGER": (int, type(None))}
    said = db.execute(
        "SELECT subject, field, old, new FROM history UNION ALL"
        " SELECT subject, field, there, mine FROM conflict"
        f" WHERE subject NOT IN ({_marks(conflicts.OUTSIDE_HISTORY)})",
        list(conflicts.OUTSIDE_HISTORY),
    )
    for subject, name, old, new in said:
        _require(name in kinds[subject], f"history of {subject} {name!r}")
        for value in (json.loads(old), json.loads(new)):
            is_right = isinstance(value, allowed[kinds[subject][name]])
            _require(is_right, f"history of {subject} {name}: {value!r}")
            is_day = value is not None and name in SUBJECTS[subject].days
            _require(not is_day or limits.is_day(date.fromisoformat(value)), f"the day {value}")
            is_status = subject == "question" and name == "status"
            _require(not is_status or value in STATUSES, f"the status {value!r}")


def _check_conflicts(db: Database) -> None:
    """Check that refused writes are readable: they are shown, and may still be written."""
    texts = db.query(
        f"SELECT field, mine FROM conflict WHERE subject IN ({_marks(conflicts.OUTSIDE_HISTORY)})",
        list(conflicts.OUTSIDE_HISTORY),
    )
    for row in texts:
        is_text = row["field"] == "text" and isinstance(json.loads(row["mine"]), str)
        _require(is_text, "a refused text")
    conflicts.unresolved(db)


def _marks(names: Collection[str]) -> str:
    return ", ".join("?" * len(names))


def _check_subjects(db: Database) -> None:
    for name, subject in SUBJECTS.items():
        lost = db.execute(
            f"SELECT subject_id FROM history WHERE subject = ?"
            f" AND subject_id NOT IN (SELECT {subject.key} FROM {subject.table}) LIMIT 1",
            [name],
        ).fetchone()
        _require(lost is None, f"history of the {name} {lost and lost[0]!r}, which is not there")


def _check_values(db: Database) -> None:
    """Check that the tables take each value of the history: undo puts it back there."""
    db.execute("SAVEPOINT check_values")
    try:
        rows = db.execute(
            "SELECT change_id, subject, subject_id, field, old, new FROM history"
            " ORDER BY change_id, subject, subject_id"
        ).fetchall()
        for (_, name, subject_id), fields in groupby(rows, key=itemgetter(0, 1, 2)):
            said = {field: (json.loads(old), json.loads(new)) for *_, field, old, new in fields}
            together = set(SUBJECTS[name].together)
            if together - said.keys():  # an earlier Prep did not say all of them
                said = {field: values for field, values in said.items() if field not in together}
            for values in ({f: both[n] for f, both in said.items()} for n in (0, 1)):
                _try(db, name, subject_id, values)
    finally:
        db.execute("ROLLBACK TO check_values")
        db.execute("RELEASE check_values")


def _try(db: Database, name: str, subject_id: str, values: Mapping[str, object]) -> None:
    subject = SUBJECTS[name]
    if values:
        columns = ", ".join(f"{column} = ?" for column in values)
        db.execute(
            f"UPDATE {subject.table} SET {columns} WHERE {subject.key} = ?",
            [*values.values(), subject_id],
        )
    if "category_position" in values:
        place = [values["sheet"], values["category_position"]]
        known = db.execute("SELECT 1 FROM category WHERE sheet = ? AND position = ?", place)
        _require(known.fetchone(), f"the category {place}")


def _check_cards(db: Database) -> None:
    chosen, now = settings.load(db), datetime.now(UTC)
    clock = Clock(UTC, lambda: now)
    for question_id, text in db.execute("SELECT question_id, card FROM card WHERE card NOT NULL"):
        card = review_schedule.card_of(text)
        item = ReviewItem(question_id, text, now.date(), now.date())
        review_queue.retrievability([item], now, chosen)
        review_schedule.due_dates(card, {}, clock, chosen)
        _require(card.last_review is None or _instant(card.last_review.isoformat()), "a card")
    for question_id, _at in db.execute(
        "SELECT question_id, at FROM review WHERE rating NOT NULL AND log NOT NULL"
    ):
        _instant(_at)
        reviews.logs(db, question_id)


def _check_attempts(db: Database) -> None:
    known = {name for (name,) in db.execute("SELECT id FROM question")}
    for row in db.query(
        "SELECT id, coalesce(kind, 'question') AS kind, state,"  # its start may be undone
        " coalesce(started_at, '2000-01-01T00:00:00+00:00') AS started_at"
        " FROM attempt WHERE state NOT NULL"
    ):
        refuse_broken_attempt(row, known)
    for (text,) in db.execute("SELECT scores FROM attempt_question WHERE scores NOT NULL"):
        refuse_broken_scores(json.loads(text))
    for at in db.execute("SELECT finished_at FROM attempt WHERE finished_at NOT NULL"):
        _instant(at[0])


def _check_drafts(db: Database) -> None:
    for form, fields, versions in db.execute("SELECT form, fields, versions FROM form_draft"):
        is_right = all(type(value) in (str, int) for value in json.loads(fields).values())
        is_begun = all(type(value) is int for value in json.loads(versions).values())
        _require(is_right and is_begun, f"the draft of {form[:40]!r}")


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    _require(at.tzinfo is not None and limits.is_day(at.date()), f"the time {text}")
    return at


def _require(holds: Any, what: str) -> None:
    if not holds:
        raise ValueError(what[:120])
