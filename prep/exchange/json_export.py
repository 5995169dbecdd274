"""Everything personal as one JSON file: its form, and writing it. `json_import` reads it.

What is typed and not saved, the place reached in an article and the state of a mock interview that
runs stay on their device; `backup` copies those as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypedDict

from sqlite_utils import Database

from prep.exchange import shared_log
from prep.exchange.shared_log import Log
from prep.exchange.text_packing import packed

FORMAT = "prep"
VERSION: Literal[2] = 2
MAX_BYTES = 20_000_000
MAX_TEXT = 100_000_000  # characters of all that was ever written, of which a file has what differs
MAX_VALUES = 3_000_000  # each takes more room in memory than the few bytes that it has in a file


class ChangeJson(TypedDict):
    """A change in an export. A field is its subject, the subject's id, its name and new value, and
    the old value where that is not the one before in the file. What undoes or redoes has none."""

    key: str
    device: str | None
    at: str
    undoes: NotRequired[str]
    redoes: NotRequired[str]
    fields: NotRequired[list[list[Any]]]


class ExportJson(TypedDict):
    """An export of the present form; its parts are those of `Log`."""

    version: Literal[2]
    questions: dict[str, str]
    articles: dict[str, str]
    categories: dict[str, dict[str, str]]
    numbers: dict[str, str]
    times: dict[str, int]
    changes: list[ChangeJson]


def export(db: Database) -> bytes:
    """Return everything personal in a database, with its history, as JSON.

    Devices that have the same changes give the same bytes.
    """
    log = shared_log.of(db)
    parts = {
        "format": FORMAT,
        "version": VERSION,
        "questions": log.questions,
        "articles": log.articles,
        "categories": log.categories,
        "numbers": log.numbers,
        "times": log.times,
    }
    lines = [f'"{name}": {dumps(value)},\n' for name, value in parts.items()]
    changes = ",\n".join(map(dumps, _written(log)))  # a line each, so that two can be compared
    return f'{{{"".join(lines)}"changes": [\n{changes}\n]}}\n'.encode()


def warning(db: Database, exported: bytes) -> str:
    """Return a warning where an export is larger than an import takes, else an empty text."""
    [length] = db.execute("SELECT coalesce(sum(length(new)), 0) FROM history").fetchone()
    if len(exported) <= MAX_BYTES and count_values(exported) <= MAX_VALUES and length <= MAX_TEXT:
        return ""
    return "; too large to be imported again: to move all of it, use backup and restore"


def _written(log: Log) -> Iterator[ChangeJson]:
    """Yield each change as JSON: an old value only where it is not the value before."""
    last: dict[tuple[str, ...], str] = {}
    for change in log.changes:
        row: ChangeJson = {"key": change.key, "device": change.device, "at": change.at}
        if change.undoes:
            row["undoes"] = change.undoes
        if change.redoes:
            row["redoes"] = change.redoes
        fields = []
        for *field, old, new in change.said:
            before = last.get(tuple(field))
            is_told = before == old or (change.device is None and before is not None)
            value = json.loads(new)
            shown = packed(before and json.loads(before), value) or value
            fields.append([*field, shown, *([] if is_told else [json.loads(old)])])
            last[tuple(field)] = new
        if fields:
            row["fields"] = fields
        yield row


def count_values(text: bytes) -> int:
    """Return how many values a JSON text has at most."""
    return sum(map(text.count, (b"[", b"{", b",")))


def dumps(value: Any) -> str:
    """Return a value as exports write it."""
    return json.dumps(value, ensure_ascii=False)
