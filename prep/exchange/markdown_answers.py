"""Answers and notes as Markdown files that Hugo can publish, and back."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sqlite_utils import Database

from prep.content import questions
from prep.content.sites import markdown_folder
from prep.content.sites.markdown_folder import QUESTION_KEY
from prep.errors import ArticleFormatError
from prep.exchange.three_way import ANSWER, NOTES, TITLE, Edited, digest
from prep.markdown import files, front_matter
from prep.practice import answers
from prep.store import output
from prep.store.database import database_of

MAX_FILE_BYTES = 4 * (answers.MAX_ANSWER + front_matter.MAX_CHARACTERS)

_NOTES_KEY = "prep_notes"
_BASE_KEY = "prep_base"  # the digests of what a file was exported with
# How many files there may be, and bytes at most: of notes, each character may be an escape of six.
_AT_MOST = (
    "SELECT count(*), coalesce(sum(3000 + 7 * length(coalesce(p.personal_notes, ''))"
    " + coalesce(length(CAST(a.body AS BLOB)), 0)), 0)"
    " FROM question q LEFT JOIN answer a ON a.question_id = q.id"
    " LEFT JOIN progress p ON p.question_id = q.id"
    " WHERE coalesce(a.body, '') <> '' OR coalesce(p.personal_notes, '') <> ''"
)
_LOST = "save the file as UTF-8, for its characters are lost in"


@dataclass(frozen=True)
class AnswerFile:
    """What a file holds of one question: `answer` and `notes`, each as it may have been edited.

    `left` says what of it is not taken, and why.
    """

    question_id: str
    fields: Mapping[str, Edited]
    source: str
    title: str = ""
    title_digest: str = ""  # as it was exported; empty where the file does not say
    left: tuple[str, ...] = ()

    @property
    def has_base(self) -> bool:
        """Whether the file says what it was made from."""
        return all(edited.base is not None for edited in self.fields.values())


def write(db: Database, folder: Path, *, force: bool = False) -> int:
    """Write a file for each question with an answer or notes; return how many.

    Raises InvalidValue where one may not or cannot be written, as `output.write` does.
    """
    found = {folder / name: text.encode() for name, text in written(db)}
    output.write(found, database_of(db), force=force, folders=True)
    return len(found)


def zipped(db: Database) -> bytes:
    """Return the same files as one zip archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in written(db):
            file.writestr(name.as_posix(), text)
    return archive.getvalue()


def count(db: Database) -> int:
    """Return how many files there are: one for each question with an answer or notes."""
    total: int = db.execute(
        "SELECT count(*) FROM (SELECT question_id FROM answer WHERE body <> ''"
        " UNION SELECT question_id FROM progress WHERE personal_notes <> '')"
    ).fetchone()[0]
    return total


def written(db: Database) -> Iterator[tuple[PurePosixPath, str]]:
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


def warning(db: Database) -> str:
    """Return a warning where there are more answers than an import takes, else an empty text."""
    count, most = db.execute(_AT_MOST).fetchone()
    if count <= markdown_folder.MAX_FILES and most <= markdown_folder.MAX_ANSWERS_BYTES:
        return ""
    sizes = [len(text.encode()) for _, text in written(db)]
    if len(sizes) <= markdown_folder.MAX_FILES and sum(sizes) <= markdown_folder.MAX_ANSWERS_BYTES:
        return ""
    return "too much to be imported at once: import its folders one by one"


def read(folder: Path) -> list[AnswerFile]:
    """Return the answers in all `*.md` files below a folder. Raises ArticleFormatError."""
    found = [_read(path) for path in markdown_folder.answers(folder)]
    counts = Counter(file.question_id for file in found)
    for question_id, count in counts.items():
        if count > 1:
            raise ArticleFormatError(f"{folder}: two files answer {question_id}")
    return found


def _text(row: Mapping[str, Any]) -> str:
    meta: dict[str, object] = {
        "title": row["title"],
        "draft": row["status"] != "done",
        QUESTION_KEY: row["id"],
        "categories": [row["category"]],
        "tags": [row["sheet"], *(row[name] for name in ("level", "difficulty") if row[name])],
    }
    if row["saved_at"]:
        meta["date"] = row["saved_at"]
    if row["personal_notes"]:
        meta[_NOTES_KEY] = row["personal_notes"]
    meta[_BASE_KEY] = {
        "question": row["id"],
        TITLE: digest(row["title"]),
        ANSWER: digest(row["answer"]),
        NOTES: digest(row["personal_notes"]),
    }
    text: str = front_matter.dump(meta) + row["answer"]
    return text


def _read(path: Path) -> AnswerFile:
    data = files.read(path, MAX_FILE_BYTES, ArticleFormatError)
    text, encoding = files.decoded(data, str(path), ArticleFormatError)
    try:
        meta, body = front_matter.split(files.with_line_feeds(text))
        question_id = front_matter.text_of(meta, QUESTION_KEY).strip()
        notes = front_matter.text_of(meta, _NOTES_KEY)
        title = front_matter.text_of(meta, TITLE).strip()
    except ValueError as error:
        raise ArticleFormatError(f"{path}: front matter is not YAML ({error})") from error
    if not question_id:
        raise ArticleFormatError(f"{path}: front matter lacks {QUESTION_KEY}")
    base = _base(meta, question_id)
    fields = {
        ANSWER: _answer(body, base.get(ANSWER)),
        NOTES: Edited(notes, base.get(NOTES)),
    }
    lost = [name for name, edited in fields.items() if edited.is_lost_in(encoding)]
    return AnswerFile(
        question_id,
        {name: edited for name, edited in fields.items() if name not in lost},
        str(path),
        title,
        base.get(TITLE, ""),
        tuple(f"{path}: {name} is left as it is: {_LOST} {encoding}" for name in lost),
    )


def _answer(body: str, base: str | None) -> Edited:
    """Return the answer; without the line end that an editor put after the last line."""
    without = Edited(body.removesuffix("\n"), base)
    return without if without.is_as_exported else Edited(body, base)


def _base(meta: dict[str, object], question_id: str) -> dict[str, str]:
    """Return the digests that a file was exported with; none where they are another question's."""
    base = meta.get(_BASE_KEY)
    if not isinstance(base, dict) or base.get("question") != question_id:
        return {}
    digests = {name: base.get(name) for name in (TITLE, ANSWER, NOTES)}
    return {name: value for name, value in digests.items() if isinstance(value, str)}


def _slug(row: Mapping[str, Any]) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", row["title"].lower()).strip("-")
    return f"{row['id'].lower()}-{words[:60].strip('-')}".rstrip("-")
