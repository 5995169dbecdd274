"""Everything personal as one JSON file: out, and back in, merged with what is there.

A file is read into a database of its own in memory, so that what it holds passes the same
checks as everything else before the person's database is touched.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from prep import ids, schema
from prep.errors import ExportFormatError

FORMAT, VERSION = "prep", 1
MAX_BYTES = 20_000_000
_MAX_VALUES = 3_000_000  # each takes more room in memory than the few bytes that it has in a file

Row = dict[str, Any]

# Each table with what orders its rows; of questions, only the person's own.
TABLES = {
    "setting": "key",
    "question": "id",
    "progress": "question_id",
    "reading": "permalink",
    "section_note": "id",
    "answer": "question_id",
    "answer_draft": "question_id",
    "story": "id",
    "story_link": "id",
    "card": "question_id",
    "review": "id",
    "attempt": "id",
    "attempt_question": "id",
    "pass": "id",
    "pass_progress": "id",
    "time_spent": "id",
}
WRONG_SHAPE = (
    sqlite3.Error, OverflowError, TypeError, ValueError, LookupError, AttributeError,
)  # fmt: skip
_FIELDS = ("subject", "subject_id", "field", "old", "new")


def export(db: Database) -> bytes:
    """Return everything personal in a database, with its history, as JSON.

    The same data give the same bytes: what is read back into an empty database exports alike.
    """
    data = {
        "format": FORMAT,
        "version": VERSION,
        "questions": _titles(db),
        "tables": {table: personal_rows(db, table) for table in TABLES},
        "changes": _changes(db),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def warning(exported: bytes) -> str:
    """Return what to say of an export that is larger than what is read back, else nothing."""
    if len(exported) <= MAX_BYTES and _values(exported) <= _MAX_VALUES:
        return ""
    return "; too large to be imported again: to move all of it, use backup and restore"


def read(text: bytes, source: str) -> Database:
    """Return what an export holds, as a database in memory without sheets; close it after use.

    Its own questions apart, `question` holds the id and title of what the file speaks of.
    Raises ExportFormatError.
    """
    data = _parsed(text, source)
    db = Database(memory=True)
    try:
        schema.migrations.apply(db)
        with db.atomic():
            for table, rows in data["tables"].items():
                _insert(db, table, rows)
            _refuse_other_ids(db)
            _insert_titles(db, data["questions"])
            _insert_changes(db, data["changes"])
    except WRONG_SHAPE as error:
        db.close()
        raise ExportFormatError(
            f"{source}: it holds what no export does ({_short(error)}): export it once more"
        ) from error
    except BaseException:
        db.close()
        raise
    return db


def _titles(db: Database) -> dict[str, str]:
    """Return the titles of the sheets' questions that anything personal is attached to."""
    mentioned = " UNION ".join(
        f"SELECT question_id FROM {table}"
        for table in ("progress", "answer", "answer_draft", "story_link", "card", "review",
                      "attempt_question", "pass_progress", "time_spent")
    )  # fmt: skip
    in_states = "SELECT j.value FROM attempt a, json_each(a.state, '$.questions') j"
    rows = db.execute(
        f"SELECT id, title FROM question WHERE NOT own AND id IN ({mentioned} UNION {in_states})"
        " ORDER BY id"
    )
    return dict(rows.fetchall())


def personal_rows(db: Database, table: str) -> list[Row]:
    """Return the rows of a table that are the person's, in the order of their keys."""
    names = ", ".join(columns(db, table))
    where = " WHERE own" if table == "question" else ""
    return list(db.query(f"SELECT {names} FROM {table}{where} ORDER BY {TABLES[table]}"))


def columns(db: Database, table: str) -> list[str]:
    """Return a table's columns, without those that are generated from others."""
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def _changes(db: Database) -> list[Row]:
    fields: dict[int, list[list[Any]]] = {}
    for change_id, *names, old, new in db.execute(
        f"SELECT change_id, {', '.join(_FIELDS)} FROM history ORDER BY id"
    ):
        fields.setdefault(change_id, []).append([*names, json.loads(old), json.loads(new)])
    rows = db.execute("SELECT id, at, undoes FROM change ORDER BY id").fetchall()
    place = {change_id: place for place, (change_id, _, _) in enumerate(rows)}
    return [
        {"at": at, "undoes": place.get(undoes), "fields": fields.get(change_id, [])}
        for change_id, at, undoes in rows
    ]


def _parsed(text: bytes, source: str) -> Row:
    if len(text) > MAX_BYTES:
        raise ExportFormatError(f"{source}: larger than {MAX_BYTES:,} bytes, which no export is")
    if _values(text) > _MAX_VALUES:
        raise ExportFormatError(f"{source}: more than {_MAX_VALUES:,} values, which no export has")
    try:
        data = json.loads(text.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ExportFormatError(f"{source}: no JSON that can be read ({_short(error)})") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ExportFormatError(f"{source}: no export of Prep: its format is not {FORMAT!r}")
    if data.get("version") != VERSION:
        raise ExportFormatError(f"{source}: written by another Prep: update Prep to read it")
    shapes = {"questions": dict, "tables": dict, "changes": list}
    for name, shape in shapes.items():
        if not isinstance(data.get(name), shape):
            raise ExportFormatError(f"{source}: {name} is missing or no {shape.__name__}")
    unknown = [table for table in data["tables"] if table not in TABLES]
    if unknown:
        raise ExportFormatError(f"{source}: Prep has no table {str(unknown[0])[:40]!r}")
    return data


def _values(text: bytes) -> int:
    return sum(map(text.count, (b"[", b"{", b",")))


def _insert(db: Database, table: str, rows: list[Row]) -> None:
    known = columns(db, table)
    for row in rows:
        unknown = [name for name in row if name not in known]
        if unknown:
            raise ValueError(f"{table} has no {str(unknown[0])[:40]}")
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def _refuse_other_ids(db: Database) -> None:
    """Raise ValueError where an id is none that Prep gives, or a question is not one's own."""
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


def _insert_changes(db: Database, changes: list[Row]) -> None:
    for place, change in enumerate(changes, start=1):
        at = datetime.fromisoformat(change["at"])
        if at.tzinfo is None:
            raise ValueError(f"{change['at']} says no time zone")
        undoes = change["undoes"]
        if undoes is not None:
            undoes = range(1, place)[undoes]  # raises where it undoes none before it
        row = [place, at.astimezone(UTC).isoformat(), undoes]
        db.execute("INSERT INTO change VALUES (?, ?, ?)", row)
        for subject, subject_id, name, old, new in change["fields"]:
            values = [json.dumps(value, ensure_ascii=False) for value in (old, new)]
            db.execute(
                f"INSERT INTO history (change_id, {', '.join(_FIELDS)}) VALUES (?, ?, ?, ?, ?, ?)",
                [place, subject, subject_id, name, *values],
            )


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number that JSON has")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
