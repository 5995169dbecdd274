"""The log of an older database, in which changes were counted: read, and completed.

Its parts once had less to say than those of today. It is a part of `first_keys`: it never changes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

Key = tuple[str, str, str]  # subject, its id, field
_OWN_FIELDS = ("sheet", "category_position", "title", "notes", "level", "difficulty", "retired")
# What is no part of the history any more: it is said by the subject's id, or kept beside it.
_DROPPED = {("attempt", "state"), ("time", "question_id"), ("time", "kind")}
# Fields of which a change says all, with what they begin as.
TOGETHER = {
    "question": {"status": '"todo"', "started_on": "null", "drafted_on": "null", "done_on": "null"},
    "card": {"card": "null", "due_on": "null"},
    "own": dict.fromkeys(("sheet", "category_position", "level", "difficulty"), "null"),
}


@dataclass
class Change:
    """One change as it was counted: what it says (old and new value of each key, as JSON)."""

    at: str
    undoes: int | None
    said: dict[Key, tuple[str, str]] = field(default_factory=dict)
    added: set[Key] = field(default_factory=set)  # said by the tables, not by the history
    key: str = ""
    device: str | None = None
    is_redo: bool = False


def read(db: Database) -> dict[int, Change]:
    """Return the changes of the database by their numbers."""
    rows = db.execute("SELECT id, at, undoes FROM change ORDER BY id")
    log = {change_id: Change(at, undoes) for change_id, at, undoes in rows}
    for change in log.values():  # an undo of an undo was a redo
        if change.undoes and (other := log[change.undoes]).undoes:
            change.undoes, change.is_redo = other.undoes, not other.is_redo
    for change_id, *key, old, new in db.execute(
        "SELECT change_id, subject, subject_id, field, old, new FROM history ORDER BY id"
    ):
        log[change_id].said[tuple(key)] = (old, new)
    return log


def bring_back_states(db: Database, log: Mapping[int, Change]) -> None:
    """Give mock interviews back the state that an undo wiped, as it is known from their start."""
    known = {
        subject_id: value
        for change in log.values()
        for (subject, subject_id, name), values in change.said.items()
        for value in values
        if (subject, name) == ("attempt", "state") and value != "null"
    }
    for attempt_id, value in known.items():
        db.execute(
            "UPDATE attempt SET state = ? WHERE id = ? AND state IS NULL",
            [json.loads(value), attempt_id],
        )


def complete(db: Database, log: Mapping[int, Change]) -> None:
    """Have each change say all that stands together, and the first of a thing all of it."""
    now: dict[Key, str] = {}
    places = _places(db)
    _complete_own(db, log)
    for change in log.values():
        change.said = {
            key: said for key, said in change.said.items() if (key[0], key[2]) not in _DROPPED
        }
        for key in [key for key in change.said if key[2] in TOGETHER.get(key[0], ())]:
            for name, begins_as in TOGETHER[key[0]].items():
                value = now.get((*key[:2], name), begins_as)
                change.said.setdefault((*key[:2], name), (value, value))
        now |= {key: new for key, (_, new) in change.said.items()}
        for subject, subject_id, name in list(change.said):
            if (subject, name) == ("attempt_question", "removed") and change.undoes is None:
                _add(change, (subject, subject_id, "position"), 0, places.get(subject_id, 0))


def _places(db: Database) -> dict[str, int]:
    """Return the place of each question of a mock interview, by both their ids."""
    places = {
        f"{attempt_id}#{question_id}": place
        for attempt_id, text in db.execute("SELECT id, state FROM attempt WHERE state IS NOT NULL")
        for place, question_id in enumerate(json.loads(text)["questions"])
    }
    for key, place in places.items():
        db.execute("UPDATE attempt_question SET position = ? WHERE id = ?", [place, key])
    return places


def _complete_own(db: Database, log: Mapping[int, Change]) -> None:
    """Have the first change of a question of one's own say all of it: no table has defaults."""
    begins: dict[Key, str] = {}
    first: dict[str, Change] = {}
    for change in log.values():
        for key, (old, _) in change.said.items():
            begins.setdefault(key, old)
            if key[0] == "own":
                first.setdefault(key[1], change)
    rows = {row["id"]: row for row in db.query("SELECT * FROM question WHERE own")}
    for question_id, change in first.items():
        for name in _OWN_FIELDS:
            key = ("own", question_id, name)
            value = json.loads(begins[key]) if key in begins else rows[question_id][name]
            _add(change, key, value, value)


def _add(change: Change, key: Key, old: Any, new: Any) -> None:
    if key not in change.said:
        change.said[key] = (to_json(old), to_json(new))
        change.added.add(key)


def to_json(value: Any) -> str:
    """Return a value as the log writes it."""
    return json.dumps(value, ensure_ascii=False)
