"""Commands on content: imports, articles, phases, search."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from sqlite_utils import Database

from prep.cli.base import command, database_path, json_option, opened, opened_db, print_json
from prep.clock import Clock
from prep.content import articles, phases, search
from prep.content.import_report import Conflict, Report
from prep.content.models import SHEET_TITLES
from prep.content.sites.sources import SHIPPED_INDEX
from prep.errors import ConflictingEdits
from prep.exchange import difference_lines, imports
from prep.exchange.imports import Choices, TakeIn


@command
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--articles-only", is_flag=True, help="The index is another site's: its articles.")
@click.option("--site", help="The other site's name (default: the file's).")
@click.option("--dry-run", is_flag=True, help="Only print what would change.")
@click.option(
    "--dates",
    type=click.Choice(["dmy", "mdy"]),
    help="How a table writes days, where it leaves that open: 20/11 or 11/20.",
)
@click.option(
    "--on-conflict",
    type=click.Choice(["file", "here"]),
    help="What stays of what was changed in the file and here as well.",
)
@json_option
def import_(
    path: Path | None,
    articles_only: bool,
    site: str | None,
    dry_run: bool,
    dates: str | None,
    on_conflict: str | None,
    as_json: bool,
) -> None:
    """Import an index, an export (.json), a table (.csv) or a folder of Markdown.

    Without PATH, what data/ ships. A backup is made first. Of a table or Markdown that export
    wrote, what you edited is taken; the rest may be older than what is here, and is not.
    """
    source = path or SHIPPED_INDEX
    choices = _choices(dates, on_conflict)
    read = imports.read(source, (site or source.stem) if articles_only else None, choices)
    with opened(filled=not read.is_index) as (db, clock):
        report = (imports.preview if dry_run else _applied)(db, clock, read.take_in)
    if as_json:
        print_json(asdict(report))
        return
    differences = difference_lines.of_differences(report.differences) if dry_run else []
    for line in [*report.summary, *differences]:
        click.echo(line)
    _print_conflicts(report.conflicts)
    for warning in report.warnings:
        click.echo(f"warning: {warning}")


def _choices(dates: str | None, on_conflict: str | None) -> Choices:
    takes_file = on_conflict == "file"
    return Choices(
        day_first=None if dates is None else dates == "dmy",
        resolve=None if on_conflict is None else lambda _id, _field: takes_file,
    )


def _applied(db: Database, clock: Clock, take_in: TakeIn) -> Report:
    try:
        return imports.apply(db, database_path(), clock, take_in)
    except ConflictingEdits as error:
        _print_conflicts(error.conflicts)
        raise


def _print_conflicts(conflicts: list[Conflict]) -> None:
    for line in difference_lines.of_conflicts(conflicts):
        click.echo(f"conflict: {line}")


@command
@json_option
def articles_(as_json: bool) -> None:
    """Print the articles."""
    with opened_db() as db:
        found = articles.list_articles(db)
    if as_json:
        names = ("permalink", "title", "section", "words", "minutes")
        print_json(
            [
                {name: getattr(article, name) for name in names}
                | {"date": article.published_on, "read": article.read_on is not None}
                for article in found
            ]
        )
        return
    for article in found:
        click.echo(f"{article.permalink}  {article.title} ({article.minutes} min)")


@command
@click.argument("permalink")
def article(permalink: str) -> None:
    """Print an article's Markdown."""
    with opened_db() as db:
        click.echo(articles.get(db, permalink).body, nl=False)


@command
@json_option
def phases_(as_json: bool) -> None:
    """Print the suggested study sequence of both sheets."""
    with opened_db() as db:
        found = phases.list_phases(db)
    if as_json:
        print_json([asdict(phase) for phase in found])
        return
    for phase in found:
        weeks = f"weeks {phase.first_week}–{phase.last_week}" if phase.first_week else "no weeks"
        click.echo(
            f"{SHEET_TITLES[phase.sheet]} {phase.position}. {phase.title} ({weeks}):"
            f" {len(phase.question_ids)} questions"
        )


@command
@click.argument("query")
@click.option("--limit", default=12, show_default=True, type=click.IntRange(1, 100))
@json_option
def search_(query: str, limit: int, as_json: bool) -> None:
    """Search questions, articles and your notes."""
    with opened_db() as db:
        result = search.search(db, query, limit)
    hits = [asdict(search.without_marks(hit)) for hit in result.hits]
    if as_json:
        print_json(hits)
        return
    if result.corrected:
        click.echo(f"showing results for {result.corrected}")
    for hit in hits:
        section = f" › {hit['section_heading']}" if hit["section_heading"] else ""
        click.echo(f"{hit['id']}  {hit['title']}{section}")
