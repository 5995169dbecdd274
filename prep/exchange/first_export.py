"""Exports of the first form: tables and a counted history, read into a database of that time.

What brings an older database up to date brings them up to date.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Literal, Required, TypedDict

from sqlite_utils import Database

from prep.exchange import shared_log
from prep.exchange.shared_log import Log
from prep.store import ids, migrations

VERSION: Literal[1] = 1
PARTS = {"questions": dict, "tables": dict, "changes": list}


class FirstChangeJson(TypedDict):
    """A change in an export of the first form: `undoes` is the place of another, from 0; a field
    is its subject, the subject's id, its name, old and new value."""

    at: str
    undoes: int | None
    fields: list[list[Any]]


class FirstExportJson(TypedDict, total=False):
    """An export of the first form: titles by question's id, rows by table, changes."""

    version: Required[Literal[1]]
    questions: Required[dict[str, str]]
    tables: dict[str, list[dict[str, object]]]
    changes: list[FirstChangeJson]


_TABLES = (
    "setting",
    "question",
    "progress",
    "reading",
    "section_note",
    "answer",
    "answer_draft",
    "story",
    "story_link",
    "card",
    "review",
    "attempt",
    "attempt_question",
    "pass",
    "pass_progress",
    "time_spent",
)
_FIELDS = ("subject", "subject_id", "field", "old", "new")
_BESIDE = {
    "answer_draft": "SELECT question_id, body, at FROM answer_draft",
    "reading": "SELECT permalink, last_anchor, last_heading, seconds FROM reading WHERE seconds > 0"
    " OR last_anchor IS NOT NULL",
    "attempt": "SELECT id, state FROM attempt WHERE state IS NOT NULL",
}


def read(data: FirstExportJson) -> Database:
    """Return what an export holds, as a database in memory without sheets; close it after use.

    Its own questions apart, `question` holds the id and title of what the file speaks of. Tables
    and changes are taken out of `data`. Raises what SQLite and Python do where it is no export.
    """
    unknown = [table for table in data["tables"] if table not in _TABLES]
    if unknown:
        raise ValueError(f"Prep has no table {str(unknown[0])[:40]!r}")
    db = Database(memory=True)
    try:
        migrations.migrations.apply(db, stop_before=migrations.devices_that_converge.__name__)
        with db.atomic():
            for table, rows in data["tables"].items():
                _insert(db, table, rows)
            _refuse_other_ids(db)
            _insert_titles(db, data["questions"])
            _insert_changes(db, data["changes"])
            del data["tables"], data["changes"]  # what comes now takes as much room again
            migrations.migrations.apply(db)
    except BaseException:
        db.close()
        raise
    return db


def log_of(db: Database) -> Log:
    """Return the log of such a database, with what these exports held beside it."""
    log = shared_log.of(db)
    log.questions = dict(db.execute("SELECT id, title FROM question WHERE NOT own").fetchall())
    articles = "SELECT DISTINCT subject_id FROM history WHERE subject IN ('article', 'section')"
    links = [name.partition("#")[0] for (name,) in db.execute(articles)]
    log.articles = dict(zip(links, links, strict=True))  # these exports have no titles
    log.beside = {name: list(db.query(query)) for name, query in _BESIDE.items()}
    return log


def _insert(db: Database, table: str, rows: list[dict[str, object]]) -> None:
    known = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    for row in rows:
        unknown = [name for name in row if name not in known]
        if unknown:
            raise ValueError(f"{table} has no {str(unknown[0])[:40]}")
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def _refuse_other_ids(db: Database) -> None:
    """Raise ValueError where Prep never gives such an id, or a question is not one's own."""
    for table, form in (*ids.FORMS.items(), ("question", ids.OWN_QUESTION)):
        for (name,) in db.execute(f"SELECT id FROM {table}"):
            if not form.fullmatch(name):
                raise ValueError(f"the id {name[:40]!r} in {table}")
    if db.execute("SELECT 1 FROM question WHERE NOT own").fetchone():
        raise ValueError("a question that is not your own")


def _insert_titles(db: Database, titles: dict[str, str]) -> None:
    for name in titles:
        if not ids.FORMS["question"].fullmatch(name):
            raise ValueError(f"the id {name[:40]!r}")
    db.conn.executemany(
        "INSERT INTO question (id, title, sheet, category_position, position, article_status)"
        " VALUES (?, ?, '', 0, 0, 'todo')",
        list(titles.items()),
    )


def _insert_changes(db: Database, changes: list[FirstChangeJson]) -> None:
    for place, change in enumerate(changes, start=1):
        at = datetime.fromisoformat(change["at"])
        if at.tzinfo is None:
            raise ValueError(f"{change['at']} says no time zone")
        undoes = change["undoes"]
        if undoes is not None:
            if not 0 <= undoes < place - 1:
                raise ValueError(f"change {place} undoes {undoes}, which is none before it")
            undoes += 1
        row = [place, at.astimezone(UTC).isoformat(), undoes]
        db.execute("INSERT INTO change VALUES (?, ?, ?)", row)
        for subject, subject_id, name, old, new in change["fields"]:
            values = [json.dumps(value, ensure_ascii=False) for value in (old, new)]
            db.execute(
                f"INSERT INTO history (change_id, {', '.join(_FIELDS)}) VALUES (?, ?, ?, ?, ?, ?)",
                [place, subject, subject_id, name, *values],
            )
