"""Merges another device's changes into the database: the union of both histories.

No change is rewritten. In which order, how often and by which path changes arrive makes no
difference: a field has the value of the last change that was not undone (`change_rows.state`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from prep.content import placeholders
from prep.content.import_report import Counts, Report
from prep.errors import ExportFormatError
from prep.exchange.shared_log import Change, Log
from prep.store import change_rows, devices, numbers, renumber
from prep.store.database import writing
from prep.store.subjects import SUBJECTS

_WRONG_VALUES = (
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    sqlite3.InterfaceError,
    AttributeError,
    OverflowError,
    TypeError,
    ValueError,
    LookupError,
)


def merge(db: Database, log: Log, source: str) -> Report:
    """Take another device's changes in, as `json_export.read` gives them; return what it did.

    Raises ExportFormatError where they speak of what no Prep has: then nothing is changed.
    """
    try:
        with writing(db):
            db.execute("PRAGMA defer_foreign_keys = ON")  # _refuse_dangling says it better
            report = Report(source)
            _merge(db, log, report)
            _refuse_dangling(db, source)
            return report
    except _WRONG_VALUES as error:
        raise ExportFormatError(
            f"{source}: its history holds what does not fit ({error}): export it once more"
        ) from error


@dataclass(frozen=True)
class _Here:
    """What is known here: changes by their keys, and the names of what logs refer to."""

    ids: dict[str, int]
    names: Mapping[str, str]
    categories: Mapping[tuple[str, str], str]
    columns: Mapping[str, frozenset[str]]


def _merge(db: Database, log: Log, report: Report) -> None:
    here = _find_out(db, log)
    new = [change for change in log.changes if change.key not in here.ids]
    for change in new:
        here.ids[change.key] = _add(db, change, here)
    for turned in {key for change in new if (key := change.undoes or change.redoes)}:
        change_rows.settle_undone(db, here.ids[turned])
    report.counts["changes"] = Counts(added=len(new))
    _store_anew(db, [here.ids[change.key] for change in new], report)
    _take_times(db, log.times, here.names, report)
    _take_beside(db, log, here.names, report)


def _find_out(db: Database, log: Log) -> _Here:
    """Return what is known here, after making rows for everything that a log refers to."""
    names = numbers.settle(db, log.numbers)
    names |= placeholders.questions(db, log.questions)
    names |= placeholders.articles(db, log.articles)
    ids = dict(db.execute("SELECT key, id FROM change").fetchall())
    columns = {
        name: frozenset(row[1] for row in db.execute(f"PRAGMA table_info({subject.table})"))
        for name, subject in SUBJECTS.items()
    }
    return _Here(ids, names, placeholders.categories(db, log.categories), columns)


def _add(db: Database, change: Change, here: _Here) -> int:
    """Add a change to the history; return its id here."""
    if change.device is not None:
        devices.know(db, change.device)
    undoes = here.ids[change.undoes] if change.undoes else None
    redoes = here.ids[change.redoes] if change.redoes else None
    change_id = change_rows.add_change(db, change.key, change.device, change.at, undoes, redoes)
    if turned := undoes or redoes:
        change_rows.say_of(db, change_id, turned, is_undo=undoes is not None)
    said = {row[:3]: row[3:] for row in change.said}
    for (subject, subject_id, name), (old, new) in said.items():
        if name not in here.columns[subject]:
            raise ValueError(f"{subject} has no {name[:40]}")
        if (subject, name) == ("own", "category_position"):
            sheets = said[subject, subject_id, "sheet"]
            old, new = (
                here.categories.get(place, place[1])
                for place in zip(sheets, (old, new), strict=True)
            )
        known_as = renumber.renamed(subject, subject_id, here.names)
        change_rows.record(db, change_id, (subject, known_as, name), old, new)
    return change_id


def _store_anew(db: Database, arrived: list[int], report: Report) -> None:
    """Give each row that the new changes refer to the values that all changes together yield."""
    touched = {pair for change_id in arrived for pair in change_rows.subjects(db, change_id)}
    for subject, subject_id in sorted(touched, key=lambda pair: (pair[0] != "own", pair)):
        table = SUBJECTS[subject].table
        present = change_rows.row_of(db, subject, subject_id)
        fields = change_rows.state(db, subject, subject_id)
        if present is None:
            report.count(table, "added")
        elif any(present[name] != value for name, value in fields.items()):
            report.count(table, "changed")
        else:
            continue
        change_rows.store(db, subject, subject_id, fields)


def _take_times(
    db: Database, times: Mapping[str, int], names: Mapping[str, str], report: Report
) -> None:
    """Take over the seconds that other devices counted: a row is one device's, and only grows."""
    for name, seconds in times.items():
        here = renumber.renamed("time", name, names)
        row = db.execute("SELECT seconds FROM time_spent WHERE id = ?", [here]).fetchone()
        if row is None or row[0] < seconds:
            report.count("time_spent", "added" if row is None else "changed")
            db.table("time_spent").upsert(
                {"id": here, "day": here.split("#")[2], "seconds": seconds}, pk="id"
            )


def _take_beside(db: Database, log: Log, names: Mapping[str, str], report: Report) -> None:
    """Take over what exports of the first form held beside the history, where nothing newer is."""
    for row in log.beside.get("answer_draft", ()):
        here = names.get(row["question_id"], row["question_id"])
        drafts = db.execute(
            "INSERT OR IGNORE INTO answer_draft (question_id, body, at)"
            " SELECT :here, :body, :at WHERE NOT EXISTS (SELECT 1 FROM history h"
            " JOIN change c ON c.id = h.change_id WHERE h.subject = 'answer'"
            " AND h.subject_id = :here AND c.at >= :at)",
            {"here": here, "body": row["body"], "at": row["at"]},
        )
        report.count("answer_draft", "added", drafts.rowcount)
    for row in log.beside.get("reading", ()):  # the more time, the further on
        db.execute("INSERT OR IGNORE INTO reading (permalink) VALUES (?)", [row["permalink"]])
        places = db.execute(
            "UPDATE reading SET seconds = :seconds, last_anchor = :last_anchor,"
            " last_heading = :last_heading WHERE permalink = :permalink AND (seconds < :seconds"
            " OR last_anchor IS NULL AND :last_anchor IS NOT NULL)",
            dict(row),
        )
        report.count("reading", "changed", places.rowcount)
    for row in log.beside.get("attempt", ()):
        state = json.dumps(renumber.state(json.loads(row["state"]), names), ensure_ascii=False)
        db.execute(
            "UPDATE attempt SET state = ? WHERE id = ? AND state IS NULL",
            [state, names.get(row["id"], row["id"])],
        )


def _refuse_dangling(db: Database, source: str) -> None:
    dangling = db.execute("PRAGMA foreign_key_check").fetchall()
    if dangling:
        tables = ", ".join(sorted({row[0] for row in dangling}))
        raise ExportFormatError(
            f"{source}: {len(dangling)} rows ({tables}) speak of what it does not say:"
            " export it once more"
        )
