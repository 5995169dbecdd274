"""Questions as an Anki deck: an .apkg file with stable ids, so that importing it again updates."""

from __future__ import annotations

import io
import re
from typing import Any

import genanki
from markdown_it import MarkdownIt
from sqlite_utils import Database

from prep import questions
from prep.clock import Clock
from prep.sheets import SHEET_TITLES

_MODEL_ID, _DECK_ID = 1_702_910_171, 1_702_910_120  # fixed: Anki tells decks and models by them
_LINKED = MarkdownIt("commonmark", {"html": False}).enable("table")
_MODEL = genanki.Model(
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

    The front is the question, the back the person's answer; without one, what the article is
    about and a link to it. Tags: sheet, category, level.
    """
    decks = {
        sheet: genanki.Deck(_DECK_ID + place, f"Prep::{title}")
        for place, (sheet, title) in enumerate(SHEET_TITLES.items())
    }
    for row in _rows(db):
        decks[row["sheet"]].add_note(_note(row))
    file = io.BytesIO()
    genanki.Package(list(decks.values())).write_to_file(file, timestamp=clock.now().timestamp())
    return file.getvalue()


def _rows(db: Database) -> list[dict[str, Any]]:
    return list(
        db.query(
            "SELECT t.*, w.body AS answer, a.summary, a.title AS article_title FROM tracker t"
            " LEFT JOIN answer w ON w.question_id = t.id"
            " LEFT JOIN article a ON a.permalink = t.article_url || '/' AND NOT a.retired"
            f" WHERE NOT t.retired ORDER BY {questions.SHEET_ORDER}"
        )
    )


def _note(row: dict[str, Any]) -> genanki.Note:
    tags = [row["sheet"], _tag(row["section"]), *([row["level"]] if row["level"] else [])]
    return genanki.Note(
        model=_MODEL,
        fields=[_html(row["title"]), _back(row), row["id"]],
        tags=tags,
        guid=genanki.guid_for("prep", row["id"]),
    )


def _back(row: dict[str, Any]) -> str:
    if row["answer"]:
        return _html(row["answer"])
    if row["article_title"]:
        link = f"[{row['article_title']}](https://nskillhub.com{row['article_url']}/)"
        return _html(f"{row['summary'] or ''}\n\n{link}")
    return _html(row["signal"] or row["notes"] or "No answer yet.")


def _html(markdown: str) -> str:
    return _LINKED.render(markdown).strip()


def _tag(text: str) -> str:
    return re.sub(r"\W+", "-", text).strip("-")
