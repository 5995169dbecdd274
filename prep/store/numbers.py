"""The numbers that people read: `ST-001`, `X-001`, `MI-001`, `PA-001`.

Each is given once, for display. What it stands for has a key that no other device gives. Where two
devices gave the same number, the earlier thing keeps it and the later gets the next free one: what
all devices work out alike from the same keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from prep.clock import Clock
from prep.store import change_keys, renumber

STORY, OWN, ATTEMPT, PASS = "ST-", "X-", "MI-", "PA-"
FIRST_PLACE = 10_000
_LAST_NUMBER = 9_999  # what follows is the lowest that was never given
PREFIXES = {"story": STORY, "own": OWN, "attempt": ATTEMPT, "pass": PASS}


def give(db: Database, clock: Clock, prefix: str) -> str:
    """Return the next number, kept with a key of its own. Call it inside `writing(db)`."""
    labels = (label for (label,) in db.execute("SELECT label FROM numbered"))
    label = _next(prefix, labels)
    last = db.execute("SELECT coalesce(max(key), '') FROM change").fetchone()[0]
    add(db, change_keys.following(last, clock.now()), label, label)
    return label


def add(db: Database, key: str, label: str, given: str) -> None:
    """Keep the label of a thing in this database; `given` is the one its device gave it."""
    db.execute("INSERT INTO numbered (key, label, given) VALUES (?, ?, ?)", [key, label, given])


def labels(db: Database) -> dict[str, str]:
    """Return each key's label here."""
    return dict(db.execute("SELECT key, label FROM numbered").fetchall())


def key_of(db: Database, label: str) -> str:
    """Return the key of the thing with a label; the label itself where there is none."""
    row = db.execute("SELECT key FROM numbered WHERE label = ?", [label]).fetchone()
    return row[0] if row else label


def label_of(db: Database, key: str) -> str:
    """Return the label of the thing with a key; the key itself where there is none."""
    row = db.execute("SELECT label FROM numbered WHERE key = ?", [key]).fetchone()
    return row[0] if row else key


def given(db: Database) -> dict[str, str]:
    """Return each key's label as its device gave it, in the order of the keys."""
    return dict(db.execute("SELECT key, given FROM numbered ORDER BY key").fetchall())


def place(label: str) -> int:
    """Return the position of a question of one's own: after all of the sheet's."""
    return FIRST_PLACE + int(label.removeprefix(OWN).partition("-")[0])


def settle(db: Database, theirs: dict[str, str]) -> dict[str, str]:
    """Take over the numbers that other devices gave; return each key's label from now on.

    What another thing came before is given another label, everywhere in this database.
    """
    ours, before = given(db), labels(db)
    every = theirs | {key: min(label, theirs.get(key, label)) for key, label in ours.items()}
    settled = _settled(every)
    if settled != before or every != ours:
        _relabel(db, {before[key]: settled[key] for key in before if before[key] != settled[key]})
        _keep(db, settled, every)
    return settled


def _relabel(db: Database, moved: Mapping[str, str]) -> None:
    questions = {old: new for old, new in moved.items() if old.startswith(OWN)}
    renumber.questions(db, questions)
    renumber.numbered(db, {old: new for old, new in moved.items() if old not in questions})
    for label in questions.values():
        db.execute("UPDATE question SET position = ? WHERE id = ?", [place(label), label])


def _keep(db: Database, settled: Mapping[str, str], every: Mapping[str, str]) -> None:
    """Keep each key's label, and since which change a label means another thing."""
    meant = {label: key for key, label in labels(db).items()}
    next_change = db.execute("SELECT coalesce(max(id), 0) + 1 FROM change").fetchone()[0]
    db.execute("UPDATE numbered SET label = 'passing ' || key")
    for key, label in settled.items():
        since = next_change if meant.get(label, key) != key else 0
        db.execute(
            "INSERT INTO numbered (key, label, given, since) VALUES (:key, :label, :given, :since)"
            " ON CONFLICT (key) DO UPDATE SET label = :label, given = :given,"
            " since = max(since, :since)",
            {"key": key, "label": label, "given": every[key], "since": since},
        )


def _settled(every: Mapping[str, str]) -> dict[str, str]:
    """Return a label for each key: the one given, or the next free one if an earlier key has it."""
    keepers: dict[str, str] = {}
    for key in sorted(every):
        keepers.setdefault(every[key], key)
    settled = {key: label for label, key in keepers.items()}
    taken = set(keepers)
    for key in sorted(every.keys() - settled.keys()):
        settled[key] = _next(every[key].partition("-")[0] + "-", taken)
        taken.add(settled[key])
    return settled


def _next(prefix: str, taken: Iterable[str]) -> str:
    own = (name.removeprefix(prefix) for name in taken if name.startswith(prefix))
    numbers = {int(number) for number in own if number.isdigit()}
    number = max(numbers, default=0) + 1
    if number > _LAST_NUMBER:
        number = next((n for n in range(1, number) if n not in numbers), number)
    return f"{prefix}{number:03}"
