"""Taking the plan, answers and questions out, to other programs."""

from __future__ import annotations

from pathlib import Path

import click
from sqlite_utils import Database

from prep.cli.base import command, database_path, force_option, opened
from prep.clock import Clock
from prep.exchange import csv_table, exports, json_export, markdown_answers
from prep.planning import wording
from prep.store import output
from prep.store.database import writing


@command
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["json", "csv", "ics", "markdown", "anki"]),
    required=True,
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True)
@force_option
def export(file_format: str, target: Path, force: bool) -> None:
    """Write what is yours: all of it (json), a table (csv), the plan (ics), answers and notes
    (markdown, a folder), or a deck of all questions (anki).
    """
    with opened() as (db, clock):
        if file_format == "markdown":
            said = wording.many(markdown_answers.write(db, target, force=force), "file")
            said += _remark(markdown_answers.warning(db))
        else:
            output.free_place(target, database_path(), force=force)  # said before the work is done
            with writing(db):  # what a calendar was given is noted only where it was written
                data, said = _made(db, clock, file_format)
                output.write({target: data}, database_path(), force=force)
    click.echo(f"{target}: {said}")


def _remark(warning: str) -> str:
    return f"; {warning}" if warning else ""


def _made(db: Database, clock: Clock, file_format: str) -> tuple[bytes, str]:
    """Return an export, and what it is."""
    if file_format == "anki":
        from prep.exchange import anki

        return anki.deck(db, clock), "a deck"
    if file_format == "json":
        data = json_export.export(db)
        return data, "everything of yours" + json_export.warning(db, data)
    if file_format == "csv":
        data = csv_table.export(db)
        return data, "a table of all questions" + _remark(csv_table.warning(db, data))
    calendar = exports.plan_ics(db, clock)
    said = wording.many(calendar.events, "event")
    if calendar.cancelled:
        said += f", {calendar.cancelled} cancelled"
    return calendar.data, said
