"""Content → database: one transaction, and a report of what it changed.

Imported tables are only ever added to and updated: a question or article that a later
source no longer holds is retired, so that what the person noted on it stays attached.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from prep.clock import Clock
from prep.content import content_rows, matching, placeholders, search
from prep.content.import_report import Counts, Difference, Report, What
from prep.content.models import Sheet, mismatches
from prep.content.row_sync import sync_rows
from prep.content.sites import index, sources
from prep.content.sites.markdown_folder import Article
from prep.content.sites.sources import SHIPPED_INDEX, Content
from prep.store import renumber
from prep.store.database import open_database, rolled_back, writing


def import_articles(
    db: Database, articles: Iterable[Article], source: str, clock: Clock, *, retires: bool
) -> Report:
    """Write articles alone into the database. With `retires`, they are all that their site has: its
    others are retired."""
    articles = list(articles)
    sites = {article.site for article in articles} if retires else set()
    report = Report(source)
    with writing(db):
        _import_articles(db, articles, report, sites)
        _conclude(db, report, clock)
    return report


def import_content(db: Database, content: Content, source: str, clock: Clock) -> Report:
    """Write the content into the database and return what changed; nothing on any error."""
    with writing(db):
        report = _import(db, content, source)
        _conclude(db, report, clock)
    return report


def preview(db: Database, content: Content, source: str) -> Report:
    """Return what `import_content` would change; the database stays as it is."""
    with rolled_back(db):
        return _import(db, content, source)


def _import(db: Database, content: Content, source: str) -> Report:
    report = Report(source, content.fingerprint)
    known = {article.permalink for article in content.articles}
    for sheet in content.sheets:
        report.warnings += mismatches(sheet) + _links_without_article(sheet, known)
    _import_sheets(db, content.sheets, report)
    _import_questions(db, content.sheets, report)
    _import_articles(db, content.articles, report, {index.SITE})
    _drop_phases(db, content.sheets)
    return report


def _import_questions(db: Database, sheets: Iterable[Sheet], report: Report) -> None:
    sheets = list(sheets)
    moved: dict[str, str] = {}
    for sheet in sheets:
        known = dict(
            db.execute(
                "SELECT id, title FROM question WHERE sheet = ? AND NOT own", [sheet.slug]
            ).fetchall()
        )
        incoming = {question.id: question.title for question in sheet.questions}
        found = matching.match(known, incoming, rewords=False)
        taken = {*known, *incoming}
        moved |= found.moved | _set_aside(found.replaced, known, taken)
    renumber.questions(db, moved)
    report.counts["questions"] = sync_rows(
        db,
        "question",
        ("id",),
        content_rows.question_rows(sheets),
        report,
        moved=moved,
        retires=lambda row: not row["own"],
    )


def _import_articles(
    db: Database, articles: Iterable[Article], report: Report, sites: set[str]
) -> None:
    """Write articles, and retire those of `sites` that are not among them."""
    incoming = list(articles)
    moved: dict[str, str] = {}
    for site in sites:
        known = dict(
            db.execute("SELECT permalink, title FROM article WHERE site = ?", [site]).fetchall()
        )
        titles = {found.permalink: found.title for found in incoming if found.site == site}
        found = matching.match(known, titles, rewords=True)
        taken = {*known, *titles}
        moved |= found.moved | _set_aside(found.replaced, known, taken)
    renumber.articles(db, moved)
    report.counts["articles"] = sync_rows(
        db,
        "article",
        ("permalink",),
        content_rows.article_rows(incoming),
        report,
        moved=moved,
        retires=lambda row: row["site"] in sites,
    )


def _set_aside(
    replaced: Iterable[str], titles: Mapping[str, str], taken: set[str]
) -> dict[str, str]:
    """Return new keys, such as `SD-044-OLD1234`, for rows whose keys something else has taken."""
    aside = {}
    for key in replaced:
        aside[key] = placeholders.set_aside(key, titles[key], taken)
        taken.add(aside[key])
    return aside


def _conclude(db: Database, report: Report, clock: Clock) -> None:
    """Index what changed, and log it; a source that is new to this database is logged, too."""
    if report.changes_anything:
        search.index_content(db)
    if report.changes_anything or not has_imported(db, report.fingerprint):
        kept = asdict(report)
        kept["touched"] = sorted({row["key"] for row in kept.pop("differences")})
        db.table("import_log").insert(
            {
                "at": clock.now().isoformat(),
                "source": report.source,
                "report": json.dumps(kept, ensure_ascii=False),
            }
        )


def has_imported(db: Database, fingerprint: str | None) -> bool:
    """Return whether these very files were imported before."""
    known = "SELECT 1 FROM import_log WHERE json_extract(report, '$.fingerprint') = ?"
    return fingerprint is None or db.execute(known, [fingerprint]).fetchone() is not None


def import_shipped(db: Database, clock: Clock) -> Report:
    """Import what `data/` ships."""
    return import_content(db, sources.read_content(SHIPPED_INDEX), SHIPPED_INDEX.name, clock)


def open_filled(path: Path, clock: Clock) -> Database:
    """Open the database at `path`, filled with what `data/` ships if it is new."""
    db = open_database(path)
    if db.execute("SELECT NOT EXISTS (SELECT 1 FROM question)").fetchone()[0]:
        try:
            import_shipped(db, clock)
        except BaseException:
            db.close()
            raise
    return db


def content_version(db: Database) -> int:
    """Return a number that grows with every import that changed something."""
    version: int = db.execute("SELECT coalesce(max(id), 0) FROM import_log").fetchone()[0]
    return version


def _links_without_article(sheet: Sheet, known: set[str]) -> list[str]:
    return [
        f"{sheet.slug}: {question.id} links to {question.permalink}, which is no article"
        for question in sheet.questions
        if question.permalink and question.permalink not in known
    ]


def _import_sheets(db: Database, sheets: Iterable[Sheet], report: Report) -> None:
    """Sync sheets, categories and phases. A changed category or phase is a changed sheet."""
    sheets = list(sheets)
    before = _sheet_fingerprints(db)
    for sheet in sheets:
        _move_categories(db, sheet)
    sync_rows(
        db,
        "sheet",
        ("slug",),
        [content_rows.sheet_row(s, i) for i, s in enumerate(sheets, start=1)],
    )
    sync_rows(db, "category", ("sheet", "position"), content_rows.category_rows(sheets))
    sync_rows(db, "phase", ("sheet", "position"), content_rows.phase_rows(sheets))
    after = _sheet_fingerprints(db)
    became: Counter[str] = Counter()
    for sheet in sheets:
        what: What = "changed" if sheet.slug in before else "added"
        if before.get(sheet.slug) == after[sheet.slug]:
            what = "unchanged"
        became[what] += 1
        if what != "unchanged":
            report.differences.append(Difference("sheet", sheet.slug, sheet.title, what))
    report.counts["sheets"] = Counts(**became)


def _move_categories(db: Database, sheet: Sheet) -> None:
    """Follow categories to their new positions, with the questions that stay in them."""
    known = dict(
        db.execute("SELECT position, title FROM category WHERE sheet = ?", [sheet.slug]).fetchall()
    )
    found = matching.match(known, {c.position: c.title for c in sheet.categories}, rewords=True)
    free = count(max((*known, *(c.position for c in sheet.categories)), default=0) + 1)
    aside = {position: next(free) for position in found.replaced}
    renumber.categories(db, sheet.slug, found.moved | aside)


def _drop_phases(db: Database, sheets: Iterable[Sheet]) -> None:
    """Remove phases that a sheet no longer has; retired questions leave them."""
    for sheet in sheets:
        given = [sheet.slug, json.dumps([phase.position for phase in sheet.phases])]
        gone = "sheet = ? AND {} NOT IN (SELECT value FROM json_each(?))"
        db.execute(
            f"UPDATE question SET phase_position = NULL WHERE {gone.format('phase_position')}",
            given,
        )
        db.execute(f"DELETE FROM phase WHERE {gone.format('position')}", given)


def _sheet_fingerprints(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    fingerprints: dict[str, list[tuple[Any, ...]]] = {}
    for table, key in (("sheet", "slug"), ("category", "sheet"), ("phase", "sheet")):
        for row in db.table(table).rows_where(order_by=f"{key}, position"):
            fingerprints.setdefault(row[key], []).append(tuple(row.values()))
    return fingerprints
