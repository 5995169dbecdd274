"""Things that a later one overwrote, since both had got one number, get numbers of their own again.

Numbers were counts once: after a merge the next could be one that was in use. What was written over
is still in the history. It is a part of `first_keys`: it never changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlite_utils import Database

from prep.store.first_log import Change, Key

# What is numbered: its table, and the field that says that it is there.
_NUMBERED = {
    "story": ("story", "removed"),
    "pass": ("pass", "removed"),
    "own": ("question", "retired"),
}


def part(db: Database, log: Mapping[int, Change], tables: Mapping[str, tuple[str, str]]) -> None:
    """Rename in the log what was said of things before another took their number; store them."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    for subject, label, until in _overwritten(log):
        table, _ = _NUMBERED[subject]
        free = _free(db, table, label)
        if subject == "own":
            _copy_question(db, label, free)
        renamed = _rename(log, label, free, until)
        for key in sorted({key[:2] for key in renamed}, key=lambda pair: pair[0] not in _NUMBERED):
            _store(db, log, key, renamed[key], tables[key[0]])


def undone(log: Mapping[int, Change]) -> set[int]:
    """Return the ids of the changes that undo took back and redo did not bring again."""
    found: set[int] = set()
    for change in log.values():
        if change.undoes is not None:
            (found.discard if change.is_redo else found.add)(change.undoes)
    return found


def _overwritten(log: Mapping[int, Change]) -> Iterator[tuple[str, str, int]]:
    """Yield what was made once more under its number, and by which change."""
    made: set[tuple[str, str]] = set()
    for change_id, change in log.items():
        for subject, label, name in list(change.said):
            mark = _NUMBERED.get(subject, ("", ""))[1]
            said = change.said[subject, label, name]
            title = change.said.get((subject, label, "title"), ("", ""))
            is_made = name == mark and said == ("1", "0") and title[0] == '""'
            if is_made and change.undoes is None:
                if (subject, label) in made:
                    yield subject, label, change_id
                made.add((subject, label))


def _free(db: Database, table: str, label: str) -> str:
    prefix = label.partition("-")[0] + "-"
    names = (name.removeprefix(prefix) for (name,) in db.execute(f"SELECT id FROM {table}"))
    return f"{prefix}{max(int(name) for name in names if name.isdigit()) + 1:03}"


def _copy_question(db: Database, label: str, free: str) -> None:
    [row] = db.query("SELECT * FROM question WHERE id = ?", [label])
    db.table("question").insert(row | {"id": free})


def _rename(
    log: Mapping[int, Change], label: str, free: str, until: int
) -> dict[tuple[str, str], str]:
    """Rename a number in what was said before a change; return the old id of each that has it."""
    was: dict[tuple[str, str], str] = {}
    for change_id, change in log.items():
        said: dict[Key, tuple[str, str]] = {}
        for (subject, subject_id, name), values in change.said.items():
            parts = subject_id.split("#")
            is_before = change_id < until or (change.undoes or until) < until
            if is_before and label in parts and subject not in ("article", "section", "setting"):
                renamed = "#".join(free if part == label else part for part in parts)
                was[subject, renamed] = subject_id
                subject_id = renamed
            said[subject, subject_id, name] = values
        change.said = said
    return was


def _store(
    db: Database,
    log: Mapping[int, Change],
    pair: tuple[str, str],
    was: str,
    place: tuple[str, str],
) -> None:
    """Have a row of its own hold what the changes make of a thing that was renamed."""
    table, column = place
    is_said_still = any(key[:2] == (pair[0], was) for change in log.values() for key in change.said)
    if not is_said_still:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [pair[1], was])
        return
    known = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
    fields = {name: value for name, value in _made_of(log, pair).items() if name in known}
    db.execute(f"INSERT OR IGNORE INTO {table} ({column}) VALUES (?)", [pair[1]])
    db.table(table).update(pair[1], fields)


def _made_of(log: Mapping[int, Change], pair: tuple[str, str]) -> dict[str, object]:
    gone = undone(log)
    fields: dict[str, str] = {}
    for change_id, change in log.items():
        for (*of, name), (old, new) in change.said.items():
            if tuple(of) == pair and change.undoes is None:
                fields[name] = new if change_id not in gone else fields.get(name, old)
    return {name: json.loads(value) for name, value in fields.items()}
