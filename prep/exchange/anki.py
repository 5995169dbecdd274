"""Questions as an Anki deck: an .apkg file with stable ids, so that importing it again updates.

Anki takes a note whose stamp is newer than that of the note it has, and leaves the others alone. So
each note is stamped by its own last change: one edited in Anki stays, until it changes here.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

import genanki
from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.models import SHEET_TITLES, Level
from prep.exchange import anki_text
from prep.markdown import outline

_MODEL_ID, _DECK_ID = 1_702_910_171, 1_702_910_120  # fixed: Anki tells decks and models by them
_MODEL_CHANGED = 1_764_115_200  # 26 November 2025: to be raised when the templates below change


class _Model(genanki.Model):
    """A note type that is not newer with each export: templates edited in Anki stay."""

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, object]:
        model: dict[str, object] = super().to_json(_MODEL_CHANGED, deck_id)
        return model


@dataclass(frozen=True, slots=True)
class _Question:
    """What of a question stands in its note; what it lacks is None or empty."""

    id: str
    sheet: str
    category: str
    title: str
    level: Level | None
    signal: str | None
    notes: str | None
    permalink: str | None
    answer: str | None
    article_title: str | None
    summary: str | None


class _Note(genanki.Note):
    """A note stamped by its own last change, in seconds since 1970."""

    def __init__(self, changed_at: float, **fields: Any) -> None:
        super().__init__(**fields)
        self._changed_at = changed_at

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Any) -> None:
        super().write_to_db(cursor, min(self._changed_at, timestamp), deck_id, id_gen)


_MODEL = _Model(
    _MODEL_ID,
    "Prep question",
    fields=[{"name": "Question"}, {"name": "Answer"}, {"name": "Id"}],
    templates=[
        {
            "name": "Recall",
            "qfmt": "{{Question}}",
            "afmt": '{{FrontSide}}<hr id="answer">{{Answer}}<p><small>{{Id}}</small></p>',
        }
    ],
    css=".card { font-family: sans-serif; font-size: 18px; text-align: left; margin: 1em; }",
)


def deck(db: Database, clock: Clock) -> bytes:
    """Return every question as a note of an .apkg file.

    The front is the question, the back the person's answer; without one, what they listen for, what
    the article is about and a link to it, each under its name. Tags: sheet, category, level.
    """
    decks = {
        sheet: genanki.Deck(_DECK_ID + place, f"Prep::{title}")
        for place, (sheet, title) in enumerate(SHEET_TITLES.items())
    }
    changed = _last_changes(db)
    for question in _questions(db):
        keys = (question.id, question.permalink or "")
        note = _note(question, max(changed.get(key, 0) for key in keys))
        decks[question.sheet].add_note(note)
    return _packed(genanki.Package(list(decks.values())), clock.now().timestamp())


def _packed(package: genanki.Package, timestamp: float) -> bytes:
    """Return an .apkg file. The library's own way leaves a copy of it among temporary files."""
    with closing(sqlite3.connect(":memory:")) as collection:
        package.write_to_db(collection.cursor(), timestamp, count(int(timestamp * 1000)))
        collection.commit()
        data = collection.serialize()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", data)
        archive.writestr("media", "{}")
    return file.getvalue()


def _questions(db: Database) -> list[_Question]:
    rows = db.execute(
        "SELECT t.id, t.sheet, t.category, t.title, t.level, t.signal, t.notes, t.permalink,"
        " w.body, a.title, a.summary FROM tracker t LEFT JOIN answer w ON w.question_id = t.id"
        " LEFT JOIN article a ON a.permalink = t.permalink AND NOT a.retired"
        f" WHERE NOT t.retired ORDER BY {questions.SHEET_ORDER}"
    )
    return [_Question(*row) for row in rows]


def _last_changes(db: Database) -> dict[str, float]:
    """Return when what a note shows was last changed, by question's id or article's permalink."""
    by_hand = db.execute(
        "SELECT h.subject_id, max(c.at) FROM history h JOIN change c ON c.id = h.change_id"
        " WHERE h.subject IN ('answer', 'own') GROUP BY h.subject_id"
    )
    changed = {key: _seconds(at) for key, at in by_hand}
    for at, report in db.execute("SELECT at, report FROM import_log"):
        for key in json.loads(report).get("touched", ()):
            changed[key] = max(changed.get(key, 0), _seconds(at))
    return changed


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()


def _note(question: _Question, changed_at: float) -> genanki.Note:
    tags = [question.sheet, _tag(question.category), *([question.level] if question.level else [])]
    return _Note(
        changed_at,
        model=_MODEL,
        fields=[anki_text.from_markdown(question.title), _back(question), question.id],
        tags=tags,
        guid=genanki.guid_for("prep", question.id),
    )


def _back(question: _Question) -> str:
    """Return the answer; without one, that there is none, and what else is known, each named."""
    answer = outline.without_empty_sections(question.answer or "")
    if answer.strip():
        return anki_text.from_markdown(answer)
    said = [anki_text.from_markdown("No answer yet.")]
    if question.signal:
        said.append(anki_text.labelled("What they listen for", question.signal))
    if question.notes:
        said.append(anki_text.labelled("The sheet's note", question.notes))
    if question.article_title:
        if question.summary:
            said.append(anki_text.labelled("What the article is about", question.summary))
        address = f"https://nskillhub.com{question.permalink}"
        said.append(anki_text.link(question.article_title, address))
    return "\n".join(said)


def _tag(text: str) -> str:
    return re.sub(r"\W+", "-", text).strip("-")
