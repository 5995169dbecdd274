"""Reads what another device exported as JSON, for `device_merge` to take in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, cast

from prep.errors import ExportFormatError
from prep.exchange import first_export, json_export
from prep.exchange.first_export import FirstExportJson
from prep.exchange.json_export import (
    FORMAT,
    MAX_BYTES,
    MAX_TEXT,
    MAX_VALUES,
    VERSION,
    ChangeJson,
    ExportJson,
    dumps,
)
from prep.exchange.shared_log import Change, Log, Said
from prep.exchange.text_packing import Packed, unpacked
from prep.store import change_keys, devices, ids

WRONG_SHAPE = (
    sqlite3.Error,
    OverflowError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
)


_PARTS = {
    "questions": dict,
    "articles": dict,
    "categories": dict,
    "numbers": dict,
    "times": dict,
    "changes": list,
}


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
        before = dumps(old[0]) if old else last[field]
        if isinstance(new, dict):
            new = unpacked(json.loads(last[field]), cast(Packed, new))
        last[field] = dumps(new)
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
    if json_export.count_values(text) > MAX_VALUES:
        raise ExportFormatError(f"{source}: more than {MAX_VALUES:,} values, which no export has")
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


def _require_texts(*named: dict[Any, Any]) -> None:
    for texts in named:
        for name, text in texts.items():
            _require(isinstance(text, str), f"{str(name)[:40]!r} is no text")


def _require(holds: Any, what: str) -> None:
    if not holds:
        raise ValueError(what)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number that JSON has")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
