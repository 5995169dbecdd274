"""Another device's personal data into the database: of two values of a field, the newer stays."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from prep import history, matching, renumber
from prep.database import writing
from prep.errors import ExportFormatError
from prep.transfer import personal_rows

Row = dict[str, Any]

# Ids that each device gives out by itself: the same one may mean another thing elsewhere.
_NUMBERED = {"story": "ST-", "attempt": "MI-", "pass": "PA-"}
_OWN = "X-"

# Fields that stand together, with what they begin as: the newer change of one decides on all.
_TOGETHER = {
    "question": {"status": '"todo"', "started_on": "null", "drafted_on": "null", "done_on": "null"},
    "card": {"card": "null", "due_on": "null"},
}
# A mock interview's clock and notes move on beside the history.
_BESIDE_HISTORY = ("attempt", "state")

_WRONG_VALUES = (OverflowError, TypeError, ValueError, LookupError, NotFoundError)

Key = tuple[str, str, str]  # subject, its id, field


@dataclass
class Merged:
    """What a merge did: rows that are new here, rows that became other, changes taken over."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    changes: int = 0


@dataclass(frozen=True)
class Change:
    """One change of a log: what it says (old and new value of each key, as JSON), and undoes.

    `full` are the values after it, of everything that stands together with what it says.
    """

    at: str
    said: Mapping[Key, tuple[str, str]]
    full: Mapping[Key, str]
    undoes: Change | None = None

    @property
    def identity(self) -> tuple[Any, ...]:
        """What tells it from other changes, on any device: not what was there before it."""
        return (*self._said_at, self.undoes and self.undoes._said_at)

    @property
    def _said_at(self) -> tuple[Any, ...]:
        return (self.at, tuple(sorted(self.full.items())))


def merge(db: Database, theirs: Database, source: str) -> Merged:
    """Take another device's personal data in, as `transfer.read` gives it; return what it did.

    Rows that are not here are added. Of a field that both changed, the newer change stays;
    dates go with their status. Both histories become one. Raises ExportFormatError where the
    data speak of questions or articles that are not here, or do not fit together: then nothing
    is changed.
    """
    _give_our_numbers(db, theirs, source)
    try:
        return _merge(db, theirs, source)
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, *_WRONG_VALUES) as error:
        raise ExportFormatError(
            f"{source}: its history does not fit what it holds ({error}): export it once more"
        ) from error


def _merge(db: Database, theirs: Database, source: str) -> Merged:
    merged = Merged()
    with writing(db):
        db.execute("PRAGMA defer_foreign_keys = ON")  # _refuse_dangling says it better
        ours_log, theirs_log = _log(db), _log(theirs)
        known = {change.identity for change in ours_log}
        new = [change for change in theirs_log if change.identity not in known]
        log = _in_order(ours_log, new)
        last = {key: value for change in log for key, value in change.full.items()}
        for subject, (table, key) in history.TABLES.items():
            _merge_table(db, theirs, (subject, table, key), last, merged)
        _merge_noticed(db, theirs, merged)
        if new:
            _rewrite_log(db, log, _things(ours_log) & _things(new))
        merged.changes = len(new)
        _refuse_dangling(db, source)
    return merged


def _give_our_numbers(db: Database, theirs: Database, source: str) -> None:
    """Give what the file speaks of the ids that it has here."""
    spoken_of = dict(theirs.execute("SELECT id, title FROM question WHERE NOT own").fetchall())
    here = dict(db.execute("SELECT id, title FROM question WHERE NOT own").fetchall())
    found = matching.match(spoken_of, here, rewords=False)
    lost = [key for key in spoken_of if key in found.replaced or
            (key not in here and key not in found.moved)]  # fmt: skip
    if lost:
        raise ExportFormatError(
            f"{source}: {len(lost)} of its questions are not in the sheets here (first {lost[0]},"
            f" {spoken_of[lost[0]][:60]!r}): import the index that it was made with first"
        )
    renumber.questions(theirs, found.moved)
    for kind, prefix in _NUMBERED.items():
        renumber.numbered(theirs, kind, _numbers(db, theirs, kind, kind, prefix))
    renumber.questions(theirs, _numbers(db, theirs, "own", "question", _OWN))


def _numbers(
    db: Database, theirs: Database, subject: str, table: str, prefix: str
) -> dict[str, str]:
    """Return which id of theirs becomes which here: things are the same if made at the same time.

    A thing that is new here keeps its id where that is free, and gets the next one where not.
    """
    ours_made, theirs_made = _made(db, subject), _made(theirs, subject)
    here = {made: name for name, made in ours_made.items()}
    taken = {name for (name,) in db.execute(f"SELECT id FROM {table}")} | set(theirs_made)
    numbers: dict[str, str] = {}
    for name, made in theirs_made.items():
        if made in here:
            numbers[name] = here[made]
        elif name in ours_made:
            numbers[name] = _next(prefix, taken)
            taken.add(numbers[name])
    return {old: new for old, new in numbers.items() if old != new}


def _made(db: Database, subject: str) -> dict[str, str]:
    """Return when each thing of a kind was made, by its id."""
    return dict(
        db.execute(
            "SELECT h.subject_id, min(c.at) FROM history h JOIN change c ON c.id = h.change_id"
            " WHERE h.subject = ? GROUP BY 1 ORDER BY 1",
            [subject],
        ).fetchall()
    )


def _next(prefix: str, taken: Iterable[str]) -> str:
    numbers = [int(n) for name in taken if (n := name.removeprefix(prefix)).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:03}"


def _log(db: Database) -> list[Change]:
    said: dict[int, dict[Key, tuple[str, str]]] = {}
    for change_id, subject, subject_id, name, old, new in db.execute(
        "SELECT change_id, subject, subject_id, field, old, new FROM history ORDER BY id"
    ):
        said.setdefault(change_id, {})[subject, subject_id, name] = (old, new)
    state: dict[Key, str] = {}
    log: dict[int, Change] = {}
    for change_id, at, undoes in db.execute("SELECT id, at, undoes FROM change ORDER BY id"):
        values = said.get(change_id, {})
        state.update({key: new for key, (_, new) in values.items()})
        log[change_id] = Change(at, values, _full(values, state), log.get(undoes))
    return list(log.values())


def _full(values: Iterable[Key], state: Mapping[Key, str]) -> dict[Key, str]:
    full = {key: state[key] for key in values}
    for subject, subject_id, name in values:
        together = _TOGETHER.get(subject, {})
        if name in together:
            for each, begins_as in together.items():
                key = (subject, subject_id, each)
                full[key] = state.get(key, begins_as)
    return full


def _things(log: Iterable[Change]) -> set[tuple[str, str]]:
    return {(subject, subject_id) for change in log for subject, subject_id, _ in change.said}


def _merge_table(
    db: Database,
    theirs: Database,
    place: tuple[str, str, str],
    last: Mapping[Key, str],
    merged: Merged,
) -> None:
    """Add the rows that are not here, and give those that are what the log says last of them."""
    subject, table, key = place
    here = {row[key]: row for row in personal_rows(db, table)}
    for row in personal_rows(theirs, table):
        present = here.get(row[key])
        if present is None:
            db.table(table).insert(row)
            merged.added[table] += 1
        said = {
            name: json.loads(last[subject, row[key], name])
            for name in row
            if (subject, row[key], name) in last and (subject, name) != _BESIDE_HISTORY
        }
        fields = {name: value for name, value in said.items() if value != (present or row)[name]}
        if fields:
            db.table(table).update(row[key], fields)
            merged.changed[table] += present is not None


def _merge_noticed(db: Database, theirs: Database, merged: Merged) -> None:
    """Merge what is kept beside the history: drafts, the place reached, the time counted."""
    for row in personal_rows(theirs, "answer_draft"):
        present = next(
            db.query("SELECT at FROM answer_draft WHERE question_id = ?", [row["question_id"]]),
            None,
        )
        if present is None or present["at"] < row["at"]:
            db.table("answer_draft").upsert(row, pk="question_id")
            merged.changed["answer_draft"] += 1
    # The more time, the further on: counting the same time twice would be the worse mistake.
    for row in personal_rows(theirs, "reading"):
        further = {name: row[name] for name in ("seconds", "last_anchor", "last_heading")}
        db.execute(
            "UPDATE reading SET seconds = :seconds, last_anchor = :last_anchor,"
            " last_heading = :last_heading WHERE permalink = :permalink AND seconds < :seconds",
            {**further, "permalink": row["permalink"]},
        )
    for row in personal_rows(theirs, "time_spent"):
        db.execute(
            "UPDATE time_spent SET seconds = max(seconds, ?) WHERE id = ?",
            [row["seconds"], row["id"]],
        )


def _in_order(ours: list[Change], new: list[Change]) -> list[Change]:
    """Return both logs as one, by time; within a log the order stays, whatever its clock said."""

    def timed(log: list[Change]) -> list[tuple[str, Change]]:
        latest, found = "", []
        for change in log:
            latest = max(latest, change.at)
            found.append((latest, change))
        return found

    return [change for _, change in sorted([*timed(ours), *timed(new)], key=lambda pair: pair[0])]


def _rewrite_log(db: Database, log: list[Change], shared: set[tuple[str, str]]) -> None:
    """Make the history this log, each old value the one that the log gave it before.

    Of what both devices changed, a change says all that stands together: so each can be undone.
    """
    db.execute("DELETE FROM history")
    db.execute("DELETE FROM change")
    number = {change.identity: n for n, change in enumerate(log, start=1)}
    undone: set[int] = set()
    last: dict[Key, str] = {}
    for n, change in enumerate(log, start=1):
        undoes = change.undoes and number[change.undoes.identity]
        if undoes in undone:  # both devices took the same change back
            undoes = None
        elif undoes:
            undone.add(undoes)
        db.execute("INSERT INTO change VALUES (?, ?, ?)", [n, change.at, undoes])
        for key, new in change.full.items():
            subject, subject_id, name = key
            if key in change.said:
                first = change.said[key][0]
            elif (subject, subject_id) in shared:
                first = _TOGETHER[subject][name]
            else:
                continue
            db.execute(
                "INSERT INTO history (change_id, subject, subject_id, field, old, new)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [n, *key, last.get(key, first), new],
            )
            last[key] = new


def _refuse_dangling(db: Database, source: str) -> None:
    dangling = db.execute("PRAGMA foreign_key_check").fetchall()
    if dangling:
        tables = ", ".join(sorted({row[0] for row in dangling}))
        raise ExportFormatError(
            f"{source}: {len(dangling)} rows ({tables}) speak of articles or categories that are"
            " not here: import those first"
        )
