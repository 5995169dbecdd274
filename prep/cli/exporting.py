"""Taking the plan, answers and questions out, to other programs."""

from __future__ import annotations

from pathlib import Path

import click

from prep import answer_files, exports, spreadsheet, transfer, words
from prep.cli.base import command, opened
from prep.errors import InvalidValue


@command
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["json", "csv", "ics", "markdown", "anki"]),
    required=True,
)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def export(file_format: str, output: Path) -> None:
    """Write what is yours: all of it (json), a table (csv), the plan (ics), answers and notes
    (markdown, a folder), or a deck of all questions (anki).
    """
    with opened() as (db, clock):
        if file_format == "markdown":
            said = words.many(answer_files.write(db, output), "file")
        elif file_format == "anki":
            from prep import anki  # only here: no other command need wait for its library

            _write(output, anki.deck(db, clock))
            said = "a deck"
        elif file_format == "json":
            data = transfer.export(db)
            _write(output, data)
            said = "everything of yours" + transfer.warning(data)
        elif file_format == "csv":
            _write(output, spreadsheet.export(db))
            said = "a table of all questions"
        else:
            calendar = exports.plan_ics(db, clock)
            _write(output, calendar.data)
            said = words.many(calendar.events, "event")
            if calendar.cancelled:
                said += f", {calendar.cancelled} cancelled"
    click.echo(f"{output}: {said}")


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InvalidValue(f"{path}: cannot be written ({error.strerror})") from error
