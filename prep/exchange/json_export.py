"""Everything personal as one JSON file: out, and read again, for `device_merge` to take in.

What is typed and not saved, the place reached in an article and the state of a mock interview that
runs stay on their device; `backup` copies those as well.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Literal, NotRequired, TypedDict, cast

from sqlite_utils import Database

from prep.errors import ExportFormatError
from prep.exchange import first_export, shared_log
from prep.exchange.first_export import FirstExportJson
from prep.exchange.shared_log import Change, Log, Said
from prep.exchange.text_packing import Packed, packed, unpacked
from prep.store import change_keys, devices, ids

FORMAT = "prep"
VERSION: Literal[2] = 2
MAX_BYTES = 20_000_000
MAX_TEXT = 100_000_000  # characters of all that was ever written, of which a file has what differs
_MAX_VALUES = 3_000_000  # each takes more room in memory than the few bytes that it has in a file
_PARTS = {
    "questions": dict,
    "articles": dict,
    "categories": dict,
    "numbers": dict,
    "times": dict,
    "changes": list,
}


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


WRONG_SHAPE = (
    sqlite3.Error,
    OverflowError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
)


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
    lines = [f'"{name}": {_json(value)},\n' for name, value in parts.items()]
    changes = ",\n".join(map(_json, _written(log)))  # a line each, so that two can be compared
    return f'{{{"".join(lines)}"changes": [\n{changes}\n]}}\n'.encode()


def warning(db: Database, exported: bytes) -> str:
    """Return a warning where an export is larger than an import takes, else an empty text."""
    [length] = db.execute("SELECT coalesce(sum(length(new)), 0) FROM history").fetchone()
    if len(exported) <= MAX_BYTES and _values(exported) <= _MAX_VALUES and length <= MAX_TEXT:
        return ""
    return "; too large to be imported again: to move all of it, use backup and restore"


def read(text: bytes, source: str) -> Log:
    """Return the log that an export holds. Raises ExportFormatError."""
    data = _parsed(text, source)
    try:
        if data["version"] == first_export.VERSION:
            with closing(first_export.read(data)) as db:
                return first_export.log_of(db)
        return _log(data)
    except WRONG_SHAPE as error:
        raise ExportFormatError(
            f"{source}: it holds what no export does ({_short(error)}): export it once more"
        ) from error


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


def _log(data: ExportJson) -> Log:
    _require_texts(data["questions"], data["articles"], data["numbers"])
    for name in data["questions"]:
        _require(ids.FORMS["question"].fullmatch(name), f"the id {name[:40]!r}")
    changes = len(data["changes"])
    for name, label in data["numbers"].items():
        is_label = any(ids.FORMS[kind].fullmatch(label) for kind in ("story", "attempt", "pass"))
        is_label = is_label or ids.OWN_QUESTION.fullmatch(label) is not None
        _require(
            change_keys.is_key(name, changes + 1) and is_label,
            f"the number {name[:40]!r} {label[:40]!r}",
        )
    for name, seconds in data["times"].items():
        _require(
            ids.COUNTED_TIME.fullmatch(name) and type(seconds) is int and seconds >= 0,
            f"the time {name[:40]!r}",
        )
    categories = {
        sheet: {int(position): title for position, title in titles.items()}
        for sheet, titles in data["categories"].items()
    }
    _require_texts(*categories.values())
    return Log(
        changes=list(_read_changes(data["changes"])),
        questions=data["questions"],
        articles=data["articles"],
        categories=categories,
        numbers=data["numbers"],
        times=data["times"],
    )


def _read_changes(rows: list[ChangeJson]) -> Iterator[Change]:
    last: dict[tuple[str, ...], str] = {}
    length = 0
    named: dict[str, bool] = {}  # keys so far, and whether they may be undone
    key = ""
    for before, row in enumerate(rows):
        _require(
            change_keys.is_key(row["key"], before) and row["key"] > key,
            f"the change {str(row['key'])[:40]}",
        )
        key, undoes, redoes = row["key"], row.get("undoes"), row.get("redoes")
        turned = [other for other in (undoes, redoes) if other is not None]
        _require(
            len(turned) <= 1 and all(named.get(other) for other in turned), f"what {key} undoes"
        )
        named[key] = not turned
        at = _instant(row["at"])
        said = [] if turned else list(_read_fields(row["fields"], last))
        _require(turned or said, f"what {key} changed")
        length += sum(len(new) for *_, new in said)
        _require(length <= MAX_TEXT, f"more than {MAX_TEXT:,} characters of text")
        yield Change(key, _device(row["device"]), at, undoes, redoes, tuple(said))


def _read_fields(fields: list[list[Any]], last: dict[tuple[str, ...], str]) -> Iterator[Said]:
    for subject, subject_id, name, new, *old in fields:
        _require_texts({subject: subject_id, name: name})
        field = (subject, subject_id, name)
        before = _json(old[0]) if old else last[field]
        if isinstance(new, dict):
            new = unpacked(json.loads(last[field]), cast(Packed, new))
        last[field] = _json(new)
        yield (*field, before, last[field])


def _device(value: Any) -> str | None:
    _require(value is None or devices.FORM.fullmatch(value), f"the device {str(value)[:40]!r}")
    return None if value is None else str(value)


def _instant(text: str) -> str:
    at = datetime.fromisoformat(text)
    _require(at.tzinfo is not None, f"{text} in no time zone")
    return at.astimezone(UTC).isoformat()


def _parsed(text: bytes, source: str) -> ExportJson | FirstExportJson:
    if len(text) > MAX_BYTES:
        raise ExportFormatError(f"{source}: larger than {MAX_BYTES:,} bytes, which no export is")
    if _values(text) > _MAX_VALUES:
        raise ExportFormatError(f"{source}: more than {_MAX_VALUES:,} values, which no export has")
    try:
        data = json.loads(text.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ExportFormatError(f"{source}: no JSON that can be read ({_short(error)})") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ExportFormatError(f"{source}: no export of Prep: its format is not {FORMAT!r}")
    version = data.get("version")
    if version not in (first_export.VERSION, VERSION):
        raise ExportFormatError(f"{source}: written by another Prep: update Prep to read it")
    for name, shape in (_PARTS if version == VERSION else first_export.PARTS).items():
        if not isinstance(data.get(name), shape):
            raise ExportFormatError(f"{source}: {name} is missing or no {shape.__name__}")
    return cast(ExportJson | FirstExportJson, data)


def _values(text: bytes) -> int:
    return sum(map(text.count, (b"[", b"{", b",")))


def _require_texts(*named: dict[Any, Any]) -> None:
    for texts in named:
        for name, text in texts.items():
            _require(isinstance(text, str), f"{str(name)[:40]!r} is no text")


def _require(holds: Any, what: str) -> None:
    if not holds:
        raise ValueError(what)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number that JSON has")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
