"""Taking in a table that a person edited in a spreadsheet: what they changed of it, and no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.import_report import Counts, Report
from prep.errors import ExportFormatError, PrepError
from prep.exchange import present_questions, three_way
from prep.exchange.csv_table import Table
from prep.exchange.table_cells import TEXTS
from prep.exchange.three_way import ANSWER, MAX_CELL, Edited, Resolve
from prep.markdown.files import WINDOWS_1252
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store import change_log
from prep.store.change_rows import Edit
from prep.store.database import writing


def take_in(
    db: Database, clock: Clock, table: Table, source: str, resolve: Resolve | None = None
) -> Report:
    """Keep what a person edited in a table, as one change.

    What was edited here as well is left as it is, unless `resolve` says otherwise, and so is what
    a spreadsheet cut or an encoding lost, and a question that is not here. Raises ExportFormatError
    where a row cannot be kept: then nothing is changed.
    """
    with writing(db):
        try:
            _refuse_misread(db, table)
            names, warnings = present_questions.find(
                db, table.edits, table.titles, table.title_digests
            )
            edits_here = {here: table.edits[name] for name, here in names.items()}
            table = replace(table, edits=edits_here)
            here = _states(db, clock, table)
            titles = questions.titles(db, table.edits)
            edited, left = _whole(table, here)
            past = partial(three_way.past_values, db)
            settled = three_way.settle(edited, here, past, resolve, titles)
            edits = _edits(db, clock, settled.taken)
        except PrepError as error:
            raise ExportFormatError(f"{source}: {error}") from error
        differences = three_way.differences(db, edits, titles)
        change_log.write_together(db, clock, edits)
    changed = len(differences)
    counts = {"rows": Counts(changed=changed, unchanged=len(table.edits) - changed)}
    return Report(source, None, counts, differences, settled.conflicts, warnings + left)


def _refuse_misread(db: Database, table: Table) -> None:
    """Raise ExportFormatError where a category differs from the sheet's in letters beyond ASCII.

    A program that lacks them writes question marks.
    """
    if table.encoding != WINDOWS_1252:
        return
    for question_id, known in db.execute("SELECT id, category FROM tracker"):
        category = table.categories.get(question_id, known)
        if category != known and _in_ascii(category) == _in_ascii(known):
            raise ExportFormatError(
                f"its encoding is none that Prep knows, it has {category[:40]!r} for"
                f" {known[:40]!r}: save it as CSV UTF-8"
            )


def _in_ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode().replace("?", "")


def _states(db: Database, clock: Clock, table: Table) -> dict[str, dict[str, object]]:
    """Return what stands here of the questions in a table, by id and column."""
    bodies = dict(db.execute("SELECT question_id, body FROM answer").fetchall())
    states = Tracker(db, clock).states(table.edits)
    return {
        name: asdict(progress) | {ANSWER: bodies.get(name, "")} for name, progress in states.items()
    }


def _whole(
    table: Table, here: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, dict[str, Edited]], list[str]]:
    """Return the cells that came back whole, and a sentence on those that did not."""
    whole: dict[str, dict[str, Edited]] = {}
    broken: defaultdict[str, list[str]] = defaultdict(list)
    for question_id, fields in table.edits.items():
        for name, edited in fields.items():
            why = (
                name in TEXTS and edited.value != here[question_id][name] and _broken(edited, table)
            )
            if why:
                broken[why].append(f"{question_id} {name}")
            else:
                whole.setdefault(question_id, {})[name] = edited
    return whole, [
        f"{', '.join(cells)}: left as it is here: {why}" for why, cells in broken.items()
    ]


def _broken(edited: Edited, table: Table) -> str:
    """Return why a text is not as the person left it, empty where it is."""
    if edited.is_as_exported:
        return ""
    units = three_way.utf_16_units(edited.value)
    if units <= MAX_CELL and (edited.was_long or units >= MAX_CELL - 1):
        return f"a spreadsheet cuts what is longer than {MAX_CELL:,} characters"
    if edited.is_lost_in(table.encoding):
        return f"its characters are lost in {table.encoding}: save the table as CSV UTF-8"
    return ""


def _edits(db: Database, clock: Clock, taken: Mapping[str, Mapping[str, Any]]) -> list[Edit]:
    progress = {
        question_id: {name: value for name, value in fields.items() if name != ANSWER}
        for question_id, fields in taken.items()
    }
    bodies = {
        question_id: {"body": answers.checked(fields[ANSWER])}
        for question_id, fields in taken.items()
        if ANSWER in fields
    }
    return [Tracker(db, clock).prepared(progress), Edit("answer", bodies)]
