"""Giving questions, articles and categories another key, with everything that mentions them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from prep.database import writing

# How a column mentions a key: it is the key, it starts with `key#`, or it ends with `#key`.
WHOLE, FIRST, LAST = "whole", "first", "last"

_CONDITIONS = {
    WHOLE: "{column} = :old",
    FIRST: "{column} >= :old || '#' AND {column} < :old || '$'",  # $ follows #
    LAST: "substr({column}, instr({column}, '#') + 1) = :old",
}
_VALUES = {
    WHOLE: ":new",
    FIRST: ":new || substr({column}, length(:old) + 1)",
    LAST: "substr({column}, 1, instr({column}, '#')) || :new",
}

_QUESTION_COLUMNS = (
    ("question", "id", WHOLE),
    ("progress", "question_id", WHOLE),
    ("answer", "question_id", WHOLE),
    ("answer_draft", "question_id", WHOLE),
    ("card", "question_id", WHOLE),
    ("time_spent", "question_id", WHOLE),
    ("time_spent", "id", FIRST),
    ("review", "id", FIRST),
    ("story_link", "id", LAST),
    ("attempt_question", "id", LAST),
    ("pass_progress", "id", LAST),
)
_QUESTION_SUBJECTS = {
    "question": WHOLE, "answer": WHOLE, "card": WHOLE, "own": WHOLE, "time": FIRST,
    "review": FIRST, "link": LAST, "attempt_question": LAST, "pass_progress": LAST,
}  # fmt: skip
_ARTICLE_COLUMNS = (
    ("article", "permalink", WHOLE),
    ("reading", "permalink", WHOLE),
    ("section_note", "id", FIRST),
)
_ARTICLE_SUBJECTS = {"article": WHOLE, "section": FIRST}


def questions(db: Database, ids: Mapping[str, str]) -> None:
    """Give questions other ids, everywhere; `ids` maps the old to the new, in any order or circle.

    Progress, answers, reviews, stories' links, mock interviews, passes, time and history follow.
    """
    if not ids:
        return
    with writing(db):
        for renamed in _in_two_steps(db, ids):
            _rename(db, renamed, _QUESTION_COLUMNS, _QUESTION_SUBJECTS, ("question", "note"))
        _rename_in_attempts(db, ids)


def numbered(db: Database, kind: str, ids: Mapping[str, str]) -> None:
    """Give stories, attempts or passes other ids, with what hangs on them; `kind` names the table.

    Stories take their links along, attempts and passes their questions.
    """
    part, part_table = {
        "story": ("link", "story_link"),
        "attempt": ("attempt_question", "attempt_question"),
        "pass": ("pass_progress", "pass_progress"),
    }[kind]
    with writing(db):
        for renamed in _in_two_steps(db, ids):
            columns = ((kind, "id", WHOLE), (part_table, "id", FIRST))
            _rename(db, renamed, columns, {kind: WHOLE, part: FIRST})


def articles(db: Database, permalinks: Mapping[str, str]) -> None:
    """Give articles other permalinks, with their reading state, notes and history."""
    if not permalinks:
        return
    with writing(db):
        for renamed in _in_two_steps(db, permalinks):
            _rename(db, renamed, _ARTICLE_COLUMNS, _ARTICLE_SUBJECTS, ("article", "note"))


def categories(db: Database, sheet: str, positions: Mapping[int, int]) -> None:
    """Give categories of a sheet other positions; their questions follow."""
    if not positions:
        return
    steps = ({old: -old for old in positions}, {-old: new for old, new in positions.items()})
    with writing(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        for step in steps:
            for old, new in step.items():
                for table, column in (("category", "position"), ("question", "category_position")):
                    db.execute(
                        f"UPDATE {table} SET {column} = ? WHERE sheet = ? AND {column} = ?",
                        [new, sheet, old],
                    )


def _in_two_steps(db: Database, keys: Mapping[str, str]) -> Iterable[Mapping[str, str]]:
    """Yield old → passing, then passing → new: where two change places, neither is in the way."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    passing = {old: f"{old} passing" for old in keys}
    yield passing
    yield {passing[old]: new for old, new in keys.items()}


def _rename(
    db: Database,
    keys: Mapping[str, str],
    columns: Iterable[tuple[str, str, str]],
    subjects: Mapping[str, str],
    kinds: tuple[str, ...] = (),
) -> None:
    for old, new in keys.items():
        for table, column, shape in columns:
            _update(db, table, column, shape, old, new)
        for subject, shape in subjects.items():
            _update(db, "history", "subject_id", shape, old, new, f"subject = '{subject}'")
        for kind in kinds:
            _update(db, "search_doc", "ref", WHOLE, old, new, f"kind = '{kind}'")


def _update(
    db: Database, table: str, column: str, shape: str, old: str, new: str, where: str = "1"
) -> None:
    value, condition = _VALUES[shape], _CONDITIONS[shape]
    db.execute(
        f"UPDATE {table} SET {column} = {value.format(column=column)}"
        f" WHERE {where} AND {condition.format(column=column)}",
        {"old": old, "new": new},
    )


def _rename_in_attempts(db: Database, ids: Mapping[str, str]) -> None:
    """Rename the ids that JSON holds: a mock interview's state, and history's values."""
    for rowid, text in _values(db, "attempt", "state", "state IS NOT NULL"):
        _set(db, "attempt", "state", rowid, json.dumps(_state(text, ids), ensure_ascii=False))
    for column in ("old", "new"):
        stands = f"{column} <> 'null'"
        for rowid, text in _values(db, "history", column, f"{stands} AND field = 'state'"):
            state = json.dumps(_state(json.loads(text), ids), ensure_ascii=False)
            _set(db, "history", column, rowid, json.dumps(state, ensure_ascii=False))
        where = f"{stands} AND subject = 'time' AND field = 'question_id'"
        for rowid, text in _values(db, "history", column, where):
            old = json.loads(text)
            _set(db, "history", column, rowid, json.dumps(ids.get(old, old)))


def _state(text: str, ids: Mapping[str, str]) -> dict[str, Any]:
    """Return a mock interview's state: its questions, and facts by question."""
    state = json.loads(text)
    return {
        name: [ids.get(item, item) for item in value]
        if isinstance(value, list)
        else {ids.get(key, key): item for key, item in value.items()}
        if isinstance(value, dict)
        else value
        for name, value in state.items()
    }


def _values(db: Database, table: str, column: str, where: str) -> list[tuple[int, str]]:
    return db.execute(f"SELECT rowid, {column} FROM {table} WHERE {where}").fetchall()


def _set(db: Database, table: str, column: str, rowid: int, value: str) -> None:
    db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [value, rowid])
