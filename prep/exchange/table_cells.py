"""What stands in the cells of a table: values of a question as spreadsheets write them."""

from __future__ import annotations

import re
from typing import Any

from prep.errors import AmbiguousDates, ExportFormatError
from prep.exchange import table_text, written_days
from prep.exchange.three_way import ANSWER, NOTES
from prep.progress.tracker import DATE_FIELDS, STATUS_TITLES

TEXTS = (NOTES, ANSWER)
DAYS = (*DATE_FIELDS, "moved_to")
MARKS = ("starred", "skipped", "pinned")
NUMBERS = ("confidence", "minutes")

_YES, _NO = ("yes", "y", "x", "true", "1"), ("", "no", "n", "false", "0")
_WHOLE = re.compile(r"(-?\d{1,9})([.,]0*)?", re.ASCII)
_STATUSES = {title.casefold(): status for status, title in STATUS_TITLES.items()}


def written(name: str, value: Any) -> Any:
    """Return a value of a question as its cell has it."""
    if name in TEXTS:
        return table_text.guarded(value)
    if name in MARKS:
        return _YES[0] if value else ""
    return table_text.without_formula(value) if isinstance(value, str) else value


def readings(name: str, cell: str) -> tuple[Any, ...]:
    """Return the values that a cell may stand for where programs rewrite what they save."""
    if name in TEXTS:
        return cell, table_text.unguarded(cell)
    if name in DAYS and cell.strip():
        reading = written_days.read(cell)
        return reading.day_first, reading.month_first
    return ()


def value(name: str, cell: str, where: str, day_first: bool | None) -> Any:
    """Return the value that a person put into a cell; `where` begins a message.

    Raises AmbiguousDates where a day can be read in two ways and `day_first` is None,
    ExportFormatError where it is no value of that column.
    """
    if name in TEXTS:
        return table_text.unguarded(cell)
    cell = cell.strip()
    if name in MARKS:
        return _mark(name, cell, where)
    if name in NUMBERS:
        return _number(name, cell, where) if cell else None
    if name in DAYS:
        return _day(name, cell, where, day_first) if cell else None
    return _STATUSES.get(cell.casefold(), cell)


def _mark(name: str, cell: str, where: str) -> int:
    word = cell.casefold().removesuffix(".0")
    if word not in _YES + _NO:
        raise ExportFormatError(f"{where}: {name} is yes or empty, not {cell[:40]!r}")
    return int(word in _YES)


def _number(name: str, cell: str, where: str) -> int:
    found = _WHOLE.fullmatch(cell)
    if found is None:
        raise ExportFormatError(f"{where}: {name} is no whole number: {cell[:40]!r}")
    return int(found[1])


def _day(name: str, cell: str, where: str, day_first: bool | None) -> str:
    reading = written_days.read(cell)
    day = reading.chosen(day_first)
    if day is None and reading.is_open:
        raise AmbiguousDates(
            f"{where}: {name} {cell} is {reading.day_first} or {reading.month_first}: say whether"
            " the day or the month comes first, with --dates dmy or --dates mdy"
        )
    if day is None:
        raise ExportFormatError(
            f"{where}: {cell[:40]!r} is no day for {name}: write it as YYYY-MM-DD"
        )
    return day
