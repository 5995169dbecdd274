"""The command line: `python -m prep …`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from prep import coverage, history, importer, questions, search
from prep.clock import Clock, system_clock
from prep.database import default_path, open_database
from prep.errors import InvalidDates, PrepError
from prep.sheets import SHEET_TITLES
from prep.tracker import STATUS_TITLES, STATUSES, Tracker


def _keep_path(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.find_root().obj = value


_db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The database file (default: PREP_DB, else data/prep.db).",
    expose_value=False,
    callback=_keep_path,
    is_eager=True,
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class _OneLineErrors(click.Group):
    """Prints what a person can act on as one line on standard error, and exits 1."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **{**kwargs, "standalone_mode": False})
        except PrepError as error:
            message = str(error)
        except click.UsageError as error:
            message = error.format_message()
        except click.ClickException as error:
            message = error.format_message()
        except click.Abort:
            message = "stopped"
        print(f"error: {' '.join(message.split())}", file=sys.stderr)
        sys.exit(1)


@click.group(cls=_OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@_db_option
def cli() -> None:
    """Track preparation for senior engineering interviews."""


def _command(function: Callable[..., None]) -> click.Command:
    return cli.command(function.__name__.rstrip("_"))(_db_option(function))


def _open(clock: Clock) -> Database:
    return importer.open_filled(_path(), clock)


def _path() -> Path:
    return click.get_current_context().find_root().obj or default_path()


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


@_command
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--articles-only", is_flag=True, help="The index is another site's: its articles.")
@click.option("--site", help="The other site's name (default: the file's).")
@_json_option
def import_(path: Path | None, articles_only: bool, site: str | None, as_json: bool) -> None:
    """Import a search index, or a folder of Markdown articles (default: what data/ ships)."""
    clock = system_clock()
    source = path or importer.SHIPPED_INDEX
    if articles_only or source.is_dir():
        report = _import_articles(source, articles_only, site, clock)
    else:
        content = importer.read_content(source)
        with open_database(_path()) as db:
            report = importer.import_content(db, content, source.name, clock)
    if as_json:
        _print_json(asdict(report))
        return
    for kind in ("sheets", "questions", "articles"):
        counts = ", ".join(f"{n} {word}" for word, n in asdict(getattr(report, kind)).items())
        click.echo(f"{kind}: {counts}")
    for warning in report.warnings:
        click.echo(f"warning: {warning}")


def _import_articles(
    source: Path, is_other_site: bool, site: str | None, clock: Clock
) -> importer.Report:
    if is_other_site:
        articles = importer.read_other_site(source, site or source.stem)
    else:
        articles = importer.read_folder(source)
    with _open(clock) as db:
        return importer.import_articles(db, articles, source.name, clock, retires=is_other_site)


@_command
@_json_option
def status(as_json: bool) -> None:
    """Print how much is covered, by sheet and category."""
    with _open(system_clock()) as db:
        totals, frame = coverage.totals(db), coverage.by(db, "category")
    categories = [
        {"sheet": sheet, "category": group, "position": int(position)}
        | {row["status"]: int(row["count"]) for _, row in rows.iterrows()}
        | {"total": int(rows["total"].iloc[0])}
        for (sheet, position, group), rows in frame.groupby(
            ["sheet", "position", "group"], sort=False
        )
    ]
    if as_json:
        _print_json({"sheets": totals, "categories": categories})
        return
    for sheet, counts in totals.items():
        click.echo(f"{SHEET_TITLES[sheet]}: {_counts_line(counts)}")
        for row in categories:
            if row["sheet"] == sheet:
                click.echo(f"  {row['position']:>2}. {row['category']}: {_counts_line(row)}")


def _counts_line(counts: dict[str, Any]) -> str:
    rest = ", ".join(f"{counts[s]} {STATUS_TITLES[s].lower()}" for s in STATUSES if s != "done")
    return f"{counts['done']} of {counts['total']} done ({rest})"


@_command
@_json_option
def questions_(as_json: bool) -> None:
    """Print all questions with their progress."""
    with _open(system_clock()) as db:
        rows = questions.export_rows(db)
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']:<7} {row['status']:<12} {row['title']}")


@_command
@click.argument("question_id", metavar="ID")
@click.argument("new_status", metavar="STATUS")
@click.option("--on", metavar="YYYY-MM-DD", help="The day it was reached (default: today).")
def set_(question_id: str, new_status: str, on: str | None) -> None:
    """Give a question a status: todo, in_progress, drafted or done."""
    day = None if on is None else _day(on)
    clock = system_clock()
    with _open(clock) as db:
        changed = Tracker(db, clock).set_status(question_id, new_status, on=day)
    click.echo(f"{question_id}: {new_status}" + ("" if changed else " already"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidDates(f"{text[:40]!r} is no day: write it as YYYY-MM-DD") from None


@_command
def undo() -> None:
    """Take the last change back; again, the one before it."""
    clock = system_clock()
    with _open(clock) as db:
        undone = history.undo(db, clock)
    if not undone:
        click.echo("nothing to undo")
    for item in undone:
        click.echo(f"{item.subject_id}: {item.field} {_shown(item.new)} → {_shown(item.old)}")


@_command
@click.argument("question_id", metavar="[ID]", required=False)
@_json_option
def history_(question_id: str | None, as_json: bool) -> None:
    """Print what was changed, newest first: all of it, or one question's."""
    with _open(system_clock()) as db:
        if question_id is None:
            changes = history.changes(db)
        else:
            questions.get(db, question_id)
            changes = history.changes(db, subject="question", subject_id=question_id)
    if as_json:
        _print_json([asdict(item) | {"at": item.at.isoformat()} for item in changes])
        return
    for item in changes:
        undo_mark = " (undo)" if item.undoes else ""
        click.echo(
            f"{item.at.astimezone():%Y-%m-%d %H:%M} {item.subject_id}:"
            f" {item.field} {_shown(item.old)} → {_shown(item.new)}{undo_mark}"
        )


def _shown(value: Any) -> str:
    return "–" if value in (None, "") else str(value)


@_command
@_json_option
def articles(as_json: bool) -> None:
    """Print the articles."""
    with _open(system_clock()) as db:
        rows = questions.articles(db)
    if as_json:
        names = ("permalink", "title", "section", "words", "minutes")
        _print_json(
            [
                {name: row[name] for name in names}
                | {"date": row["published_on"], "read": row["read_on"] is not None}
                for row in rows
            ]
        )
        return
    for row in rows:
        click.echo(f"{row['permalink']}  {row['title']} ({row['minutes']} min)")


@_command
@click.argument("permalink")
def article(permalink: str) -> None:
    """Print an article's Markdown."""
    with _open(system_clock()) as db:
        click.echo(questions.article(db, permalink)["body"], nl=False)


@_command
@_json_option
def phases(as_json: bool) -> None:
    """Print the suggested study sequence of both sheets."""
    with _open(system_clock()) as db:
        rows = questions.phases(db)
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        weeks = f"weeks {row['first_week']}–{row['last_week']}" if row["first_week"] else "no weeks"
        click.echo(
            f"{SHEET_TITLES[row['sheet']]} {row['position']}. {row['title']} ({weeks}):"
            f" {len(row['question_ids'])} questions"
        )


@_command
@click.argument("query")
@click.option("--limit", default=12, show_default=True, type=click.IntRange(1, 100))
@_json_option
def search_(query: str, limit: int, as_json: bool) -> None:
    """Search questions, articles and your notes."""
    with _open(system_clock()) as db:
        result = search.search(db, query, limit)
    hits = [asdict(search.without_marks(hit)) for hit in result.hits]
    if as_json:
        _print_json(hits)
        return
    if result.corrected:
        click.echo(f"showing results for {result.corrected}")
    for hit in hits:
        section = f" › {hit['section_heading']}" if hit["section_heading"] else ""
        click.echo(f"{hit['id']}  {hit['title']}{section}")


if __name__ == "__main__":
    cli(prog_name="python -m prep")
