"""Giving questions, articles, categories and numbered things another label, with all that names it.

Inside a database everything goes by the label that people read: `SD-001`, `ST-001`. A sheet that
was numbered anew, or another device that gave the same number, gives a thing another label; what
it *is* (a title, a key of `numbered`) stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from prep.store.database import writing
from prep.store.subjects import labelled

_OF_ARTICLES = ("article", "section")
_WEIGHTED = re.compile(r"([a-z-]{1,20}):([0-9]{1,3})(?==)")


def renamed(subject: str, subject_id: str, names: Mapping[str, str]) -> str:
    """Return a subject's id with the labels in it that have other names."""
    if subject == "setting":
        return subject_id
    if subject in _OF_ARTICLES:  # an anchor is no label, whatever it looks like
        permalink, mark, anchor = subject_id.partition("#")
        return names.get(permalink, permalink) + mark + anchor
    return _renamed(subject_id, names)


def questions(db: Database, names: Mapping[str, str]) -> None:
    """Give questions other ids; `names` maps the old to the new, in any order or circle.

    Progress, answers, reviews, stories' links, mock interviews, passes, time, history and the
    day's session follow.
    """
    if names:
        with writing(db):
            beside = [(table, "question_id") for table in ("answer_draft", "session_question")]
            _rename(db, names, [*labelled("question"), *beside], ("question", "note"))
            _rename_in_attempts(db, names)


def numbered(db: Database, names: Mapping[str, str]) -> None:
    """Give stories, attempts and passes other labels, with what hangs on them."""
    if names:
        with writing(db):
            _rename(db, names, labelled("numbered"))


def articles(db: Database, names: Mapping[str, str]) -> None:
    """Give articles other permalinks, with their reading state, notes and history."""
    if names:
        with writing(db):
            columns = [("article", "permalink"), *labelled("article")]
            _rename(db, names, columns, ("article", "note"), of_articles=True)


def categories(db: Database, sheet: str, positions: Mapping[int, int]) -> None:
    """Give categories of a sheet other positions; their questions follow, and the history."""
    if not positions:
        return
    with writing(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        for step in (
            {old: -old for old in positions},
            {-old: new for old, new in positions.items()},
        ):
            for old, new in step.items():
                for table, column in (("category", "position"), ("question", "category_position")):
                    db.execute(
                        f"UPDATE {table} SET {column} = ? WHERE sheet = ? AND {column} = ?",
                        [new, sheet, old],
                    )
                for column in ("old", "new"):
                    _move_in_history(db, column, sheet, old, new)
                _move_in_drafts(db, sheet, old, new)
        _move_in_focus(db, sheet, positions)


def _move_in_history(db: Database, column: str, sheet: str, old: int, new: int) -> None:
    """Give a category that a question of one's own was put into its other position."""
    db.execute(
        f"UPDATE history SET {column} = :new WHERE subject = 'own' AND field = 'category_position'"
        f" AND {column} = :old AND EXISTS (SELECT 1 FROM history s WHERE s.subject = 'own'"
        " AND s.change_id = history.change_id AND s.subject_id = history.subject_id"
        f" AND s.field = 'sheet' AND s.{column} = :sheet)",
        {"new": str(new), "old": str(old), "sheet": json.dumps(sheet)},
    )


def _move_in_focus(db: Database, sheet: str, positions: Mapping[int, int]) -> None:
    """Give the categories that the setting `focus` names their other positions."""

    def moved(text: str | None) -> str | None:
        return text and _WEIGHTED.sub(
            lambda found: (
                f"{sheet}:{positions.get(int(found[2]), found[2])}"
                if found[1] == sheet
                else found[0]
            ),
            text,
        )

    db.conn.create_function("moved", 1, moved)
    db.execute("UPDATE setting SET value = moved(value) WHERE key = 'focus'")
    of_focus = "WHERE subject = 'setting' AND subject_id = 'focus'"
    for table, columns in (("history", ("old", "new")), ("conflict", ("there", "mine"))):
        for column in columns:
            db.execute(f"UPDATE {table} SET {column} = moved({column}) {of_focus}")


def _move_in_drafts(db: Database, sheet: str, old: int, new: int) -> None:
    """Give a category that is chosen in a form, and not saved, its other position."""
    db.execute(
        "UPDATE form_draft SET fields = json_set(fields, '$.category_position', :new)"
        " WHERE fields ->> 'category_position' = :old AND (form = 'own:new:' || :sheet"
        " OR form IN (SELECT 'own:' || n.key FROM numbered n JOIN question q ON q.id = n.label"
        " WHERE q.sheet = :sheet))",
        {"new": new, "old": old, "sheet": sheet},
    )


def _rename(
    db: Database,
    names: Mapping[str, str],
    columns: Iterable[tuple[str, str]],
    kinds: Iterable[str] = (),
    *,
    of_articles: bool = False,
) -> None:
    """Rename in two steps, old → passing → new: where two change places, neither is in the way."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    columns = list(columns)
    passing = {old: f"{old} passing" for old in names}
    subjects = f"subject {'' if of_articles else 'NOT'} IN {_OF_ARTICLES}"
    found_in = ", ".join(f"'{kind}'" for kind in kinds)
    for step in (passing, {passing[old]: new for old, new in names.items()}):
        db.conn.create_function("renamed", 1, lambda text, step=step: _renamed(text, step))
        _update(db, "search_doc", "ref", f"kind IN ({found_in})")
        for table, column in columns:
            _update(db, table, column)
        for table in ("history", "conflict"):
            _update(db, table, "subject_id", subjects)


def _update(db: Database, table: str, column: str, where: str = "1") -> None:
    db.execute(
        f"UPDATE {table} SET {column} = renamed({column})"
        f" WHERE {where} AND renamed({column}) <> {column}"
    )


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return "#".join(names.get(part, part) for part in text.split("#"))


def _rename_in_attempts(db: Database, names: Mapping[str, str]) -> None:
    """Rename the ids within a mock interview's state."""
    found = db.execute("SELECT id, state FROM attempt WHERE state IS NOT NULL").fetchall()
    for attempt_id, text in found:
        renamed_state = json.dumps(state(json.loads(text), names), ensure_ascii=False)
        db.execute("UPDATE attempt SET state = ? WHERE id = ?", [renamed_state, attempt_id])


def state(of_attempt: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, object]:
    """Return a mock interview's state, its questions and facts by question, with other ids."""
    return {
        name: [names.get(item, item) for item in value]
        if isinstance(value, list)
        else {names.get(key, key): item for key, item in value.items()}
        if isinstance(value, dict)
        else value
        for name, value in of_attempt.items()
    }
