"""A file or folder that a person brings: what it is, what it would change, and taking it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from prep import (
    answer_files,
    backup,
    files,
    importer,
    merging,
    readable,
    sources,
    spreadsheet,
    transfer,
)
from prep.clock import Clock
from prep.database import rehearsing, writing
from prep.errors import ExportFormatError, IndexFormatError
from prep.importer import Difference, Report
from prep.words import many

_SHORT = 60
_SNIFFED = 4096


@dataclass
class Outcome:
    """What taking a file in changes: in short, each difference, what is odd, and as data."""

    summary: list[str]
    differences: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    changes_anything: bool = True


TakeIn = Callable[[Database, Clock], Outcome]


def read(path: Path, other_site: str | None = None) -> TakeIn:
    """Return what takes a file or folder in: an index, an export, a table, Markdown.

    With `other_site`, an index's articles alone, under that name. Raises PrepError.
    """
    if not _exists(path):
        raise IndexFormatError(f"{path}: there is no such file")
    if path.is_dir():
        return _folder(path)
    if other_site:
        articles = sources.read_other_site(path, other_site)
        return lambda db, clock: _of_report(
            importer.import_articles(db, articles, files.name(path), clock, retires=True)
        )
    if path.suffix.lower() == ".csv":
        return _table(path)
    if is_export(path):
        return _export(path)
    content = sources.read_content(path)
    return lambda db, clock: _of_report(
        importer.import_content(db, content, files.name(path), clock)
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:  # a name that is too long
        raise IndexFormatError(f"{path}: cannot be read ({error.strerror})") from error


def preview(db: Database, clock: Clock, take_in: TakeIn) -> Outcome:
    """Return what taking in would change; the database stays as it is. Raises PrepError."""
    with rehearsing(db):
        return take_in(db, clock)


def apply(db: Database, path: Path, clock: Clock, take_in: TakeIn) -> Outcome:
    """Take in, after a backup of the database at `path`. Raises PrepError: nothing is changed.

    What changes nothing needs no backup where there is one. It is made last, when that is known,
    and holds what was there before, for nothing of the import is committed yet.
    """
    with writing(db):
        is_filled = bool(db.table("question").count)
        outcome = take_in(db, clock)
        if is_filled and (outcome.changes_anything or not backup.every(path)):
            backup.automatic(path, "import")
    return outcome


def waiting(
    db: Database, fingerprint: Callable[[Path], str], folder: Path = sources.SHIPPED_INDEX.parent
) -> Path | None:
    """Return the newest index in `folder` where it was not imported yet, else None.

    `fingerprint` tells a file with its articles from others, as `sources.fingerprint`.
    """
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    if not files or importer.has_imported(db, fingerprint(files[-1])):
        return None
    return files[-1]


def is_export(path: Path) -> bool:
    """Whether a file looks like an export of Prep. Raises IndexFormatError where unreadable."""
    try:
        files.refuse_special(path, IndexFormatError)
        with path.open("rb") as file:
            head = file.read(_SNIFFED).decode(errors="replace").lstrip("\ufeff \t\r\n")
    except OSError as error:
        raise IndexFormatError(f"{path}: cannot be read ({error.strerror})") from error
    return head.startswith("{") and f'"{transfer.FORMAT}"' in head.split("[")[0]


def is_index(path: Path) -> bool:
    """Whether a file is no folder, table or export: what is left is read as an index."""
    return path.is_file() and path.suffix.lower() != ".csv" and not is_export(path)


def _export(path: Path) -> TakeIn:
    data = files.read(path, transfer.MAX_BYTES, ExportFormatError)
    log = transfer.read(data, files.name(path))

    def take_in(db: Database, _clock: Clock) -> Outcome:
        with writing(db):
            merged = merging.merge(db, log, files.name(path))
            readable.refuse_unreadable(db, files.name(path))
        touched = sorted(+merged.added | +merged.changed)
        lines = [f"{name}: {merged.added[name]} added, {merged.changed[name]} changed"
                 for name in touched]  # fmt: skip
        taken = many(merged.changes, "change")
        return Outcome([f"{taken} taken over", *lines], data=asdict(merged),
                       changes_anything=bool(lines or merged.changes))  # fmt: skip

    return take_in


def _table(path: Path) -> TakeIn:
    data = files.read(path, spreadsheet.MAX_BYTES, ExportFormatError)
    found = spreadsheet.read(data, files.name(path))

    def take_in(db: Database, clock: Clock) -> Outcome:
        changed = spreadsheet.take_in(db, clock, found, files.name(path))
        said = f"{many(changed, 'row')} of {len(found)} changed"
        return Outcome([said], data={"changed": changed}, changes_anything=bool(changed))

    return take_in


def _folder(path: Path) -> TakeIn:
    articles, answered = sources.read_folder(path), answer_files.read(path)

    def take_in(db: Database, clock: Clock) -> Outcome:
        with writing(db):
            report = importer.import_articles(db, articles, files.name(path), clock, retires=False)
            taken = answer_files.take_in(db, clock, answered) if answered else None
        outcome = _of_report(report)
        if taken:
            outcome.summary += [
                f"answers: {taken.answers} changed, {taken.unchanged} unchanged",
                f"notes: {taken.notes} changed",
            ]
            outcome.data["answers"] = asdict(taken)
            outcome.changes_anything |= bool(taken.answers or taken.notes)
        return outcome

    return take_in


def _of_report(report: Report) -> Outcome:
    summary = [
        f"{kind}: " + _counted(asdict(getattr(report, kind)))
        for kind in ("sheets", "questions", "articles")
    ]
    lines = [line for found in report.differences for line in _lines(found)]
    return Outcome(summary, lines, report.warnings, asdict(report), report.changes_anything)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "none"


def _lines(found: Difference) -> Iterator[str]:
    moved = f" from {found.was}" if found.was else ""
    yield f"{found.key} {found.what}{moved}: {found.title}"
    for name, (old, new) in found.fields.items():
        yield f"  {name}: {_shown(old)} → {_shown(new)}"


def _shown(value: Any) -> str:
    if isinstance(value, str) and len(value) > _SHORT:
        return f"{value[:_SHORT].strip()!r}… ({len(value):,} characters)"
    return "none" if value is None else repr(value)
