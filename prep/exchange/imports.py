"""A file or folder that a person brings: what it is, what it would change, and taking it in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from prep.clock import Clock
from prep.content import importer
from prep.content.import_report import Report
from prep.content.sites import sources
from prep.content.sites.markdown_folder import SUFFIXES
from prep.errors import ArticleFormatError, ConflictingEdits, ExportFormatError, IndexFormatError
from prep.exchange import (
    answer_import,
    csv_table,
    device_merge,
    json_export,
    json_import,
    markdown_answers,
    table_import,
    validation,
)
from prep.exchange.three_way import Resolve
from prep.markdown import files
from prep.markdown.files import WINDOWS_1252
from prep.planning.wording import many
from prep.store import backups
from prep.store.database import rolled_back, writing

TABLES = (".csv", ".tsv", ".tab", ".txt")  # endings of what spreadsheets save as text
_SNIFFED = 4096


@dataclass(frozen=True)
class Choices:
    """What a person says of a file that leaves something open.

    Whether days are written with the day first; of what was changed on both sides, what to take.
    """

    day_first: bool | None = None
    resolve: Resolve | None = None


TakeIn = Callable[[Database, Clock], Report]


@dataclass(frozen=True)
class Import:
    """What was read of a file or folder: `take_in` writes it into a database.

    `is_index`: it holds the sheets themselves, which a new database need not have before.
    """

    take_in: TakeIn
    is_index: bool = False


_NO_CHOICES = Choices()


def read(path: Path, other_site: str | None = None, choices: Choices = _NO_CHOICES) -> Import:
    """Read a file or folder, each file once: an index, an export, a table, Markdown.

    With `other_site`, an index's articles alone, under that name. Raises PrepError;
    AmbiguousDates where a table's days can be read in two ways and nobody chose.
    """
    if not _exists(path):
        raise IndexFormatError(f"{path}: there is no such file")
    name = files.name(path)
    if path.is_dir():
        return Import(_folder(path, choices))
    if other_site:
        articles = sources.read_other_site(path, other_site)
        return Import(
            lambda db, clock: importer.import_articles(db, articles, name, clock, retires=True)
        )
    if path.suffix.lower() in TABLES:
        return Import(_table(path, choices))
    if path.suffix.lower() in SUFFIXES:
        raise ArticleFormatError(f"{path}: Markdown is imported by folder: name the one it is in")
    data = files.read(path, json_export.MAX_BYTES, IndexFormatError)
    if is_export(data):
        return Import(_export(data, name))
    content = sources.parse_content(data, str(path))
    return Import(
        lambda db, clock: importer.import_content(db, content, name, clock), is_index=True
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:  # a name that is too long
        raise IndexFormatError(f"{path}: cannot be read ({error.strerror})") from error


def preview(db: Database, clock: Clock, take_in: TakeIn) -> Report:
    """Return what taking in would change; the database stays as it is. Raises PrepError."""
    with rolled_back(db):
        return take_in(db, clock)


def apply(db: Database, path: Path, clock: Clock, take_in: TakeIn) -> Report:
    """Take in, after a backup of the database at `path`.

    What changes nothing needs no backup where there is one. It is made last, when that is known,
    and holds what was there before, for nothing of the import is committed yet. Raises PrepError,
    ConflictingEdits where nobody chose what to take: then nothing is changed.
    """
    with writing(db):
        is_filled = bool(db.table("question").count)
        report = take_in(db, clock)
        if report.is_open:
            raise ConflictingEdits(report.conflicts)
        if is_filled and (report.changes_anything or not backups.list_backups(path)):
            backups.automatic(path, "import")
    return report


def waiting(
    db: Database, fingerprint: Callable[[Path], str], folder: Path = sources.SHIPPED_INDEX.parent
) -> Path | None:
    """Return the newest index in `folder` where it was not imported yet, else None.

    `fingerprint` tells a file with its articles from others, as `sources.fingerprint`.
    """
    newest = max(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is None or importer.has_imported(db, fingerprint(newest)):
        return None
    return newest


def is_export(data: bytes) -> bool:
    """Whether a file looks like an export of Prep."""
    head = data[:_SNIFFED]
    text = head.decode(json.detect_encoding(head), errors="replace").lstrip("\ufeff \t\r\n")
    return text.startswith("{") and f'"{json_export.FORMAT}"' in text.split("[")[0]


def _export(data: bytes, name: str) -> TakeIn:
    text, _encoding = files.decoded(data, name, ExportFormatError)
    log = json_import.read(text.encode(), name)  # refused now, not when it is taken in

    def take_in(db: Database, _clock: Clock) -> Report:
        with writing(db):
            report = device_merge.merge(db, log, name)
            validation.refuse_unreadable(db, name)
        return report

    return take_in


def _table(path: Path, choices: Choices) -> TakeIn:
    data = files.read(path, csv_table.MAX_BYTES, ExportFormatError)
    name = files.name(path)
    table = csv_table.read(data, name, choices.day_first)
    warnings = []
    if table.encoding == WINDOWS_1252:
        warnings.append(f"{name} was read as {WINDOWS_1252}: look at its accents")
    if table.ignored:
        names = ", ".join(name[:40] for name in table.ignored[:8])
        warnings.append(f"left aside, as columns that no export has: {names}")
    if table.without_base:
        warnings.append(_without_base(many(table.without_base, "row")))

    def take_in(db: Database, clock: Clock) -> Report:
        report = table_import.take_in(db, clock, table, name, choices.resolve)
        report.warnings[:0] = warnings
        return report

    return take_in


def _folder(path: Path, choices: Choices) -> TakeIn:
    articles, answered = sources.read_folder(path), markdown_answers.read(path)
    name = files.name(path)
    without_base = sum(not file.has_base for file in answered)

    def take_in(db: Database, clock: Clock) -> Report:
        with writing(db):
            report = importer.import_articles(db, articles, name, clock, retires=False)
            if answered:
                report.add(answer_import.take_in(db, clock, answered, name, choices.resolve))
        if without_base:
            report.warnings.append(_without_base(many(without_base, "file")))
        return report

    return take_in


def _without_base(what: str) -> str:
    return (
        f"{what} without a record of what it was exported as: all that differs from what is here"
        " counts as your edit, older or not"
    )
