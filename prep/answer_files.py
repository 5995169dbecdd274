"""Answers and notes as Markdown files that Hugo can publish, and back."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from sqlite_utils import Database

from prep import answers, front_matter, history, output, questions
from prep.clock import Clock
from prep.database import database_of, writing
from prep.errors import ArticleFormatError
from prep.files import read_text
from prep.history import Edit
from prep.library import MAX_ARTICLE_BYTES, QUESTION_KEY, is_answer, markdown_files
from prep.tracker import Tracker

_NOTES_KEY = "prep_notes"


@dataclass(frozen=True)
class AnswerFile:
    """What a file holds of one question: the answer and the person's notes."""

    question_id: str
    body: str
    notes: str
    source: str


@dataclass(frozen=True)
class Taken:
    """How many answers and notes were taken in, and how many were as they are."""

    answers: int
    notes: int
    unchanged: int


def write(db: Database, folder: Path, *, force: bool = False) -> int:
    """Write a file for each question with an answer or notes; return how many.

    Raises InvalidValue where one may not or cannot be written, as `output.write` does.
    """
    found = {folder / name: text.encode() for name, text in files(db)}
    output.write(found, database_of(db), force=force, folders=True)
    return len(found)


def zipped(db: Database) -> bytes:
    """Return the same files as one zip archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files(db):
            file.writestr(name.as_posix(), text)
    return archive.getvalue()


def count(db: Database) -> int:
    """Return how many files there are: one for each question with an answer or notes."""
    return db.execute(
        "SELECT count(*) FROM (SELECT question_id FROM answer WHERE body <> ''"
        " UNION SELECT question_id FROM progress WHERE personal_notes <> '')"
    ).fetchone()[0]


def files(db: Database) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield name and text of each file, in the sheets' order."""
    rows = db.query(
        "SELECT t.*, coalesce(a.body, '') AS answer, (SELECT max(c.at) FROM history h"
        " JOIN change c ON c.id = h.change_id WHERE h.subject = 'answer' AND h.subject_id = t.id"
        ") AS saved_at FROM tracker t LEFT JOIN answer a ON a.question_id = t.id"
        " WHERE coalesce(a.body, '') <> '' OR t.personal_notes <> ''"
        f" ORDER BY {questions.SHEET_ORDER}"
    )
    for row in rows:
        yield PurePosixPath(row["sheet"]) / f"{_slug(row)}.md", _text(row)


def read(folder: Path) -> list[AnswerFile]:
    """Return the answers in all `*.md` files below a folder. Raises ArticleFormatError."""
    found = [_read(path) for path in markdown_files(folder) if is_answer(path)]
    counts = Counter(file.question_id for file in found)
    for question_id, count in counts.items():
        if count > 1:
            raise ArticleFormatError(f"{folder}: two files answer {question_id}")
    return found


def take_in(db: Database, clock: Clock, found: list[AnswerFile]) -> Taken:
    """Keep the answers and notes of files as one change.

    An answer moves its question to drafted as a saved one does. Raises UnknownQuestion,
    InvalidValue.
    """
    with writing(db):
        rows = {f.question_id: questions.get(db, f.question_id) for f in found}
        before = {f.question_id: {"body": answers.get(db, f.question_id)} for f in found}
        after = {f.question_id: {"body": answers.checked(f.body)} for f in found}
        noted = {f.question_id: {"personal_notes": f.notes} for f in found
                 if f.notes != rows[f.question_id]["personal_notes"]}  # fmt: skip
        drafted = {
            question_id: {"status": "drafted"}
            for question_id, row in rows.items()
            if before[question_id] != after[question_id]
            and answers.begins(row["status"], after[question_id]["body"])
        }
        progress = {
            question_id: noted.get(question_id, {}) | drafted.get(question_id, {})
            for question_id in rows
            if question_id in noted or question_id in drafted
        }
        edits = [Edit("answer", before, after), Tracker(db, clock).prepared(progress)]
        history.write_together(db, clock, edits)
    changed = sum(before[question_id] != after[question_id] for question_id in before)
    same = sum(
        before[f.question_id] == after[f.question_id] and f.question_id not in noted for f in found
    )
    return Taken(answers=changed, notes=len(noted), unchanged=same)


def _text(row: dict[str, Any]) -> str:
    meta: dict[str, Any] = {
        "title": row["title"],
        "draft": row["status"] != "done",
        QUESTION_KEY: row["id"],
        "categories": [row["section"]],
        "tags": [row["sheet"], *(row[name] for name in ("level", "difficulty") if row[name])],
    }
    if row["saved_at"]:
        meta["date"] = row["saved_at"]
    if row["personal_notes"]:
        meta[_NOTES_KEY] = row["personal_notes"]
    head = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False)
    return f"---\n{head}---\n{row['answer']}"


def _read(path: Path) -> AnswerFile:
    text = read_text(path, MAX_ARTICLE_BYTES, ArticleFormatError).replace("\r\n", "\n")
    try:
        meta, body = front_matter.split(text)
        question_id = front_matter.text_of(meta, QUESTION_KEY).strip()
        notes = front_matter.text_of(meta, _NOTES_KEY)
    except ValueError as error:
        raise ArticleFormatError(f"{path}: front matter is not YAML ({error})") from error
    if not question_id:
        raise ArticleFormatError(f"{path}: front matter lacks {QUESTION_KEY}")
    return AnswerFile(question_id, body, notes, str(path))


def _slug(row: dict[str, Any]) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", row["title"].lower()).strip("-")
    return f"{row['id'].lower()}-{words[:60].strip('-')}".rstrip("-")
