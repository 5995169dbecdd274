"""Commands on content: imports, articles, phases, search."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from prep import answer_files, importer, questions, search, sources
from prep.cli.base import command, database_path, json_option, open_filled, print_json
from prep.clock import Clock, system_clock
from prep.database import open_database
from prep.sheets import SHEET_TITLES


@command
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--articles-only", is_flag=True, help="The index is another site's: its articles.")
@click.option("--site", help="The other site's name (default: the file's).")
@json_option
def import_(path: Path | None, articles_only: bool, site: str | None, as_json: bool) -> None:
    """Import a search index, or a folder of Markdown articles and answers.

    Without PATH, what data/ ships.
    """
    clock = system_clock()
    source = path or sources.SHIPPED_INDEX
    answered = answer_files.read(source) if source.is_dir() else []
    if articles_only or source.is_dir():
        report = _import_articles(source, articles_only, site, clock)
    else:
        content = sources.read_content(source)
        with open_database(database_path()) as db:
            report = importer.import_content(db, content, source.name, clock)
    taken = None
    if answered:
        with open_filled(clock) as db:
            taken = answer_files.take_in(db, clock, answered)
    if as_json:
        print_json(asdict(report) | ({"answers": asdict(taken)} if taken else {}))
        return
    if taken:
        click.echo(f"answers: {taken.answers} changed, {taken.unchanged} unchanged")
        click.echo(f"notes: {taken.notes} changed")
    for kind in ("sheets", "questions", "articles"):
        counts = ", ".join(f"{n} {word}" for word, n in asdict(getattr(report, kind)).items())
        click.echo(f"{kind}: {counts}")
    for warning in report.warnings:
        click.echo(f"warning: {warning}")


def _import_articles(
    source: Path, is_other_site: bool, site: str | None, clock: Clock
) -> importer.Report:
    if is_other_site:
        articles = sources.read_other_site(source, site or source.stem)
    else:
        articles = sources.read_folder(source)
    with open_filled(clock) as db:
        return importer.import_articles(db, articles, source.name, clock, retires=is_other_site)


@command
@json_option
def articles(as_json: bool) -> None:
    """Print the articles."""
    with open_filled(system_clock()) as db:
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
    with open_filled(system_clock()) as db:
        click.echo(questions.article(db, permalink)["body"], nl=False)


@command
@json_option
def phases(as_json: bool) -> None:
    """Print the suggested study sequence of both sheets."""
    with open_filled(system_clock()) as db:
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
    with open_filled(system_clock()) as db:
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
