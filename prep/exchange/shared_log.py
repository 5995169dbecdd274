"""What devices exchange: their changes, and what these refer to, as one log.

In it everything goes by what is the same on every device: a change and all that is numbered by its
key, a question of the sheets by id and title, an article by its permalink.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from prep.store import numbers
from prep.store.renumber import renamed

Said = tuple[str, str, str, str, str]  # subject, its id, field, old and new value as JSON
Row = Mapping[str, Any]  # of a table, by column


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `undoes` or `redoes` names another by its key; then it has no fields itself."""

    key: str
    device: str | None
    at: str
    undoes: str | None = None
    redoes: str | None = None
    said: tuple[Said, ...] = ()


@dataclass
class Log:
    """The changes of a device in the order of their keys, and what one needs to read them.

    `questions` and `articles` are the titles of what the changes speak of, `categories` those
    that questions of one's own may stand in, `numbers` what was numbered, by its key; `times` the
    seconds that each device counted. `beside` holds rows that earlier exports had: drafts, places
    and the state of a mock interview.
    """

    changes: list[Change]
    questions: dict[str, str] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)
    categories: dict[str, dict[int, str]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    beside: dict[str, list[Row]] = field(default_factory=dict)


COUNTED = ("reading", "answering", "reviewing")


def of(db: Database) -> Log:
    """Return the log of a database."""
    keys = {label: key for key, label in numbers.labels(db).items()}
    changes, times = list(_changes(db, keys)), _times(db, keys)
    ids = {subject_id for change in changes for _, subject_id, *_ in change.said} | times.keys()
    named = {part for subject_id in ids for part in subject_id.split("#")}
    return Log(
        changes=changes,
        questions=_titles(db, "question", "id", named),
        articles=_titles(db, "article", "permalink", named),
        categories=_categories(db),
        numbers=numbers.given(db),
        times=times,
    )


def _changes(db: Database, keys: Mapping[str, str]) -> Iterator[Change]:
    said: dict[int, list[Said]] = {}
    for change_id, subject, subject_id, *values in db.execute(
        "SELECT h.change_id, h.subject, h.subject_id, h.field, h.old, h.new FROM history h"
        " JOIN change c ON c.id = h.change_id WHERE c.undoes IS NULL AND c.redoes IS NULL"
        " ORDER BY h.id"
    ):
        row = (subject, renamed(subject, subject_id, keys), *values)
        said.setdefault(change_id, []).append(row)
    for change_id, key, device, at, undoes, redoes in db.execute(
        "SELECT c.id, c.key, c.device, c.at, u.key, r.key FROM change c"
        " LEFT JOIN change u ON u.id = c.undoes LEFT JOIN change r ON r.id = c.redoes"
        " ORDER BY c.key"
    ):
        rows = said.get(change_id, [])
        if device is None:  # of an earlier database: in what order it was said is not known
            rows.sort()
        yield Change(key, device, at, undoes, redoes, tuple(rows))


def _titles(db: Database, table: str, key: str, named: set[str]) -> dict[str, str]:
    """Return the titles of the questions and articles that are named."""
    own = "NOT own" if table == "question" else "1"
    rows = db.execute(f"SELECT {key}, title FROM {table} WHERE {own} ORDER BY {key}")
    return {name: title for name, title in rows if name in named}


def _categories(db: Database) -> dict[str, dict[int, str]]:
    """Return the categories that the changes refer to, by sheet and position.

    Those of the sheets as they are now are all among them: which of another device's categories
    is which of these, the one alone does not tell.
    """
    found: dict[str, dict[int, str]] = {}
    for sheet, position, title in db.execute(
        "WITH spoken_of AS (SELECT value FROM history,"
        " json_each(json_array(json(old), json(new))) WHERE subject = 'own'"
        " AND field = 'category_position')"
        " SELECT sheet, position, title FROM category c WHERE position IN spoken_of"
        " OR (EXISTS (SELECT 1 FROM spoken_of) AND EXISTS (SELECT 1 FROM question q"
        " WHERE q.sheet = c.sheet AND q.category_position = c.position AND NOT q.own"
        " AND NOT q.retired)) ORDER BY sheet, position"
    ):
        found.setdefault(sheet, {})[position] = title
    return found


def _times(db: Database, keys: Mapping[str, str]) -> dict[str, int]:
    marks = ", ".join("?" * len(COUNTED))
    rows = db.execute(f"SELECT id, seconds FROM time_spent WHERE kind IN ({marks})", list(COUNTED))
    return dict(sorted((renamed("time", name, keys), seconds) for name, seconds in rows))
