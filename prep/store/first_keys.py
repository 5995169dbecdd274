"""Keys for what an older database holds: changes were counted there.

Two devices that had exchanged their changes before give each of them the same key, since it is made
of when and what, not of the count it had. It is a step of `migrations`: it never changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlite_utils import Database

from prep.store import change_keys, first_log, first_parting
from prep.store.first_log import TOGETHER, Change, Key, to_json

_TABLES = {
    "question": ("progress", "question_id"),
    "article": ("reading", "permalink"),
    "section": ("section_note", "id"),
    "setting": ("setting", "key"),
    "answer": ("answer", "question_id"),
    "story": ("story", "id"),
    "link": ("story_link", "id"),
    "card": ("card", "question_id"),
    "review": ("review", "id"),
    "attempt": ("attempt", "id"),
    "attempt_question": ("attempt_question", "id"),
    "pass": ("pass", "id"),
    "pass_progress": ("pass_progress", "id"),
    "time": ("time_spent", "id"),
    "own": ("question", "id"),
}
_NUMBERED = {"story": "story", "attempt": "attempt", "pass": "pass", "own": "question"}
_BESIDE = {
    "attempt": ("state",),
    "article": ("last_anchor", "last_heading", "seconds"),
    "own": (
        "position",
        "number",
        "label",
        "article_status",
        "article_url",
        "phase_position",
        "own",
    ),
}
_MIGRATION = "migration"
_EPOCH = "1970-01-01T00:00:00+00:00"


def give(db: Database) -> None:
    """Write `change` and `history` anew, with keys, as `new_change` and `new_history`."""
    log = first_log.read(db)
    first_parting.part(db, log, _TABLES)
    first_log.bring_back_states(db, log)
    first_log.complete(db, log)
    names = _number(db, log)
    _give_keys(log, names)
    _settle(db, log)
    _store(db, log)


def _number(db: Database, log: Mapping[int, Change]) -> dict[str, str]:
    """Keep a key for all that is numbered, made of when it was made; return them by number."""
    made: dict[tuple[str, str], str] = {}
    for change in log.values():
        for subject, subject_id, _ in change.said:
            made[subject, subject_id] = min(made.get((subject, subject_id), change.at), change.at)
    names: dict[str, str] = {}
    for subject, table in _NUMBERED.items():
        where = " WHERE own" if table == "question" else ""
        counted: Counter[str] = Counter()
        for (label,) in db.execute(f"SELECT id FROM {table}{where} ORDER BY id").fetchall():
            at = made.get((subject, label), _EPOCH)
            names[label] = change_keys.made_of(
                _milliseconds(at), 0, _hash(subject, at, counted[at])
            )
            counted[at] += 1
            db.execute(
                "INSERT INTO numbered (key, label, given) VALUES (?, ?, ?)",
                [names[label], label, label],
            )
    return names


def _give_keys(log: Mapping[int, Change], names: Mapping[str, str]) -> None:
    """Give changes keys in their order; a clock that was set back stands still until it is over."""
    latest, counter = -1, 0
    seen: Counter[str] = Counter()
    for change in log.values():
        milliseconds = _milliseconds(change.at)
        latest, counter = (milliseconds, 0) if milliseconds > latest else (latest, counter + 1)
        said = sorted(
            [subject, _named(subject, subject_id, names), name, new]
            for (subject, subject_id, name), (_, new) in change.said.items()
            if (subject, subject_id, name) not in change.added
        )
        turned = change.undoes and [log[change.undoes].key, change.is_redo]
        what = to_json([change.at, turned or said])
        change.key = change_keys.made_of(latest, counter, _hash(what, "", seen[what]))
        seen[what] += 1


def _settle(db: Database, log: dict[int, Change]) -> None:
    """Have the history end in what the tables hold: a last change says what it does not."""
    undone = first_parting.undone(log)
    ends: dict[Key, str] = {}
    for change_id, change in log.items():
        for key, (old, new) in change.said.items():
            ends.setdefault(key, old)
            if change_id not in undone and change.undoes is None:
                ends[key] = new
    last = max(log, default=0)
    settling = Change(log[last].at if last else _EPOCH, None, device=_MIGRATION)
    for key, value, default in _held(db):
        if (ended := ends.get(key, default)) != value:
            settling.said[key] = (ended, value)
    if settling.said:
        _together(settling, {key: value for key, value, _ in _held(db)})
        settling.key = _after(log[last].key if last else "", settling)
        log[last + 1] = settling


def _together(change: Change, held: Mapping[Key, str]) -> None:
    for key in list(change.said):
        for name in TOGETHER.get(key[0], ()):
            other = (*key[:2], name)
            change.said.setdefault(other, (held[other], held[other]))


def _after(key: str, change: Change) -> str:
    said = to_json(sorted([*key, new] for key, (_, new) in change.said.items()))
    milliseconds = (int(key.replace("-", "")[:12], 16) if key else 0) + 1
    return change_keys.made_of(milliseconds, 0, _hash(said, change.at, 0))


def _held(db: Database) -> Iterator[tuple[Key, str, str]]:
    """Yield what the tables hold of each field that goes through the history, and its default."""
    for subject, (table, column) in _TABLES.items():
        names = {
            row[1]: to_json(db.execute(f"SELECT {row[4] or 'NULL'}").fetchone()[0])
            for row in db.execute(f"PRAGMA table_info({table})").fetchall()
        }
        where = " WHERE own" if subject == "own" else ""
        if subject == "time":  # what is counted goes beside the history
            where = " WHERE kind IN ('manual', 'mock')"
        for row in db.query(f"SELECT {', '.join(names)} FROM {table}{where}"):
            for name, value in row.items():
                if name != column and name not in _BESIDE.get(subject, ()):
                    yield (subject, row[column], name), to_json(value), names[name]


def _store(db: Database, log: Mapping[int, Change]) -> None:
    undone = first_parting.undone(log)
    for change_id, change in log.items():
        db.execute(
            "INSERT INTO new_change (id, key, device, at, undoes, redoes, undone)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                change_id,
                change.key,
                change.device,
                change.at,
                None if change.is_redo else change.undoes,
                change.undoes if change.is_redo else None,
                int(change_id in undone),
            ],
        )
        said: Iterable[tuple[Key, tuple[str, str]]] = change.said.items()
        if change.undoes:
            said = log[change.undoes].said.items()
        if change.undoes and not change.is_redo:
            said = ((key, (new, old)) for key, (old, new) in said)
        for key, values in said:
            db.execute(
                "INSERT INTO new_history (change_id, subject, subject_id, field, old, new)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [change_id, *key, *values],
            )


def _named(subject: str, subject_id: str, names: Mapping[str, str]) -> str:
    if subject in ("article", "section", "setting"):
        return subject_id
    return "#".join(names.get(part, part) for part in subject_id.split("#"))


def _milliseconds(at: str) -> int:
    instant = datetime.fromisoformat(at)
    return change_keys.milliseconds_of(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


def _hash(*parts: Any) -> int:
    return int.from_bytes(sha256("\0".join(map(str, parts)).encode()).digest()[:8])
