"""Commands on content: imports, articles, phases, search."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from prep import incoming, questions, search
from prep.cli.base import command, database_path, json_option, opened, opened_db, print_json
from prep.sheets import SHEET_TITLES
from prep.sources import SHIPPED_INDEX


@command
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--articles-only", is_flag=True, help="The index is another site's: its articles.")
@click.option("--site", help="The other site's name (default: the file's).")
@click.option("--dry-run", is_flag=True, help="Only print what would change.")
@json_option
def import_(
    path: Path | None, articles_only: bool, site: str | None, dry_run: bool, as_json: bool
) -> None:
    """Import an index, an export (.json), a table (.csv) or a folder of Markdown.

    Without PATH, what data/ ships. A backup is made first.
    """
    source = path or SHIPPED_INDEX
    take_in = incoming.read(source, (site or source.stem) if articles_only else None)
    fills_itself = not articles_only and incoming.is_index(source)
    with opened(filled=not fills_itself) as (db, clock):
        if dry_run:
            outcome = incoming.preview(db, clock, take_in)
        else:
            outcome = incoming.apply(db, database_path(), clock, take_in)
    if as_json:
        print_json(outcome.data)
        return
    for line in [*outcome.summary, *(outcome.differences if dry_run else ())]:
        click.echo(line)
    for warning in outcome.warnings:
        click.echo(f"warning: {warning}")


@command
@json_option
def articles(as_json: bool) -> None:
    """Print the articles."""
    with opened_db() as db:
        rows = questions.articles(db)
    if as_json:
        names = ("permalink", "title", "section", "words", "minutes")
        print_json(
            [
                {name: row[name] for name in names}
                | {"date": row["published_on"], "read": row["read_on"] is not None}
                for row in rows
            ]
        )
        return
    for row in rows:
        click.echo(f"{row['permalink']}  {row['title']} ({row['minutes']} min)")


@command
@click.argument("permalink")
def article(permalink: str) -> None:
    """Print an article's Markdown."""
    with opened_db() as db:
        click.echo(questions.article(db, permalink)["body"], nl=False)


@command
@json_option
def phases(as_json: bool) -> None:
    """Print the suggested study sequence of both sheets."""
    with opened_db() as db:
        rows = questions.phases(db)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        weeks = f"weeks {row['first_week']}–{row['last_week']}" if row["first_week"] else "no weeks"
        click.echo(
            f"{SHEET_TITLES[row['sheet']]} {row['position']}. {row['title']} ({weeks}):"
            f" {len(row['question_ids'])} questions"
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
