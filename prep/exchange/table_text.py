"""Tables as text: rows of cells between commas, semicolons or tabs, as spreadsheets save them.

A cell that a spreadsheet would run as a formula (OWASP, "CSV injection"), or turn into a number, a
day or nothing, is written with an apostrophe before it, which makes it text. One that was there
already gets another, so that each comes back as it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from prep.errors import ExportFormatError
from prep.markdown import files

MAX_ROWS, _MAX_COLUMNS = 10_000, 100
_DELIMITERS = (",", ";", "\t")
_WITHIN = 10_000  # characters: the names of all columns

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_LONGEST_NUMBER, _MOST_LETTERS = 40, 12  # of what may be taken for a number or a day
_WORDS = frozenset(
    (
        "true",
        "false",
        "wahr",
        "falsch",
        "vrai",
        "faux",
        "vero",
        "falso",
        "verdadero",
        "na",
        "n/a",
        "<na>",
        "nan",
        "null",
        "none",
        "inf",
    )
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: which one, as spreadsheets number them, and its cells by column."""

    place: int
    cells: dict[str, str]


def without_formula(cell: str) -> str:
    """Return a text that no spreadsheet runs as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def guarded(cell: str) -> str:
    """Return a text that spreadsheets leave as it is."""
    return f"'{cell}" if _is_rewritten(cell) else cell


def unguarded(cell: str) -> str:
    """Return what `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _is_rewritten(cell[1:]) else cell


def rows(text: str, source: str, ends_with: str = "") -> Iterator[Row]:
    """Yield each row below the names of the columns that holds anything.

    Raises ExportFormatError where no column is named id, two have one name, or a row has no id or
    more cells than there are columns; and where the text ends within a row: between quotation
    marks, or before the column `ends_with`.
    """
    text = _from_the_names(text)
    is_cut = not text.endswith(("\n", "\r"))
    row = None
    first = text[:_WITHIN].partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = _columns(next(reader, []), source)
        for place, cells in enumerate(reader, start=2):
            if not any(map(str.strip, cells)):
                continue
            if place > MAX_ROWS:
                raise ExportFormatError(
                    f"{source}: more than {MAX_ROWS:,} rows, which no export has"
                )
            if any(map(str.strip, islice(cells, len(columns), None))):
                raise ExportFormatError(
                    f"{source}: row {place} has more cells than there are columns: put a text with"
                    f" {delimiter!r} in it between quotation marks"
                )
            row = Row(place, dict(zip(columns, cells, strict=False)))
            if not row.cells.get("id", "").strip():
                raise ExportFormatError(f"{source}: row {place} has no id: empty it or name one")
            yield row
        if row and is_cut and ends_with in columns and ends_with not in row.cells:
            raise ExportFormatError(f"{source}: it ends within row {row.place}: it was cut off")
    except csv.Error as error:
        raise ExportFormatError(
            f"{source}: no table that can be read, or one cut off ({error}, before line"
            f" {reader.line_num + 1})"
        ) from error


def _from_the_names(text: str) -> str:
    """Return a table from the names of its columns on, each line ended by a line feed.

    Before them may stand empty lines, and one that tells Excel what stands between the cells.
    """
    text = (text if "\n" in text else files.with_line_feeds(text)).lstrip("\r\n")
    return text.partition("\n")[2] if re.match(r"sep=.\r?\n", text) else text


def _columns(names: list[str], source: str) -> list[str]:
    columns = [name.strip().casefold() for name in names[: _MAX_COLUMNS + 1]]
    if "id" not in columns or len(columns) > _MAX_COLUMNS:
        raise ExportFormatError(f"{source}: no column named id: export once more and edit that")
    named = [name for name in columns if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice:
        raise ExportFormatError(f"{source}: two columns are named {twice[:40]}: remove one")
    return columns


def _is_rewritten(cell: str) -> bool:
    bare = cell.lstrip("'")
    if _FORMULA.match(bare) or bare.strip().casefold() in _WORDS:
        return True
    is_short = len(bare) <= _LONGEST_NUMBER and "\n" not in bare.strip()
    return is_short and (
        bare.startswith("#")
        or (any(map(str.isdigit, bare)) and sum(map(str.isalpha, bare)) <= _MOST_LETTERS)
    )
