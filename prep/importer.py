"""Content → database: one transaction, and a report of what it changed.

Imported tables are only ever added to and updated: a question or article that a later
source no longer holds is retired, so that what the person noted on it stays attached.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from prep import library, restore, search, sheet_parser, site_index
from prep.clock import Clock
from prep.database import DATA_FOLDER, open_database, writing
from prep.errors import IndexFormatError
from prep.library import Article
from prep.sheets import Sheet, mismatches

SHIPPED_INDEX = DATA_FOLDER / "sources" / "nskillhub-index.json"
SHIPPED_ARTICLES = DATA_FOLDER / "articles"

# The site of articles that somebody dropped in.
OWN = "own"

Row = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """All that is imported: both sheets and the articles."""

    sheets: tuple[Sheet, ...]
    articles: tuple[Article, ...]


@dataclass
class Counts:
    """What an import did to one kind of row."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0


@dataclass
class Report:
    """What an import did, and what of the source did not add up."""

    source: str
    sheets: Counts = field(default_factory=Counts)
    questions: Counts = field(default_factory=Counts)
    articles: Counts = field(default_factory=Counts)
    warnings: list[str] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        """Whether any row was added, changed or retired."""
        kinds = (self.sheets, self.questions, self.articles)
        return any(kind.added or kind.changed or kind.retired for kind in kinds)


def read_content(index_path: Path, articles_folder: Path = SHIPPED_ARTICLES) -> Content:
    """Return the content of an index; Markdown files in `articles_folder` win over its text.

    Raises IndexFormatError or ArticleFormatError.
    """
    entries = site_index.load(index_path)
    system_design, behavioral = site_index.find_sheets(entries, source=str(index_path))
    by_permalink = {
        entry.permalink: restore.restore_entry(entry) for entry in site_index.articles(entries)
    }
    by_permalink |= {article.permalink: article for article in library.load_folder(articles_folder)}
    return Content(
        sheets=(
            sheet_parser.parse_system_design(system_design),
            sheet_parser.parse_behavioral(behavioral),
        ),
        articles=tuple(by_permalink.values()),
    )


def read_other_site(index_path: Path, site: str) -> list[Article]:
    """Return the articles of another site's index, restored automatically, under its name.

    Raises IndexFormatError where the index has not the form that Hugo's Blowfish and Congo write.
    """
    if site == site_index.SITE or not re.fullmatch(r"\w[\w.-]*", site):
        raise IndexFormatError(f"{site!r} cannot name another site: use letters, digits, . and -")
    entries = site_index.other_sites_articles(site_index.load(index_path))
    if not entries:
        raise IndexFormatError(f"{index_path}: the index holds no article")
    return [restore.restore_entry(entry, site) for entry in entries]


def read_folder(folder: Path) -> list[Article]:
    """Return a folder's articles; those of no folder that nSkillHub has are the person's own.

    Raises ArticleFormatError.
    """
    return [
        article if site_index.article_folder(article.permalink) else replace(article, site=OWN)
        for article in library.load_folder(folder)
    ]


def import_articles(
    db: Database, articles: Iterable[Article], source: str, clock: Clock, *, retires: bool
) -> Report:
    """Write articles alone into the database; what `retires` is: they are all of their site's."""
    articles = list(articles)
    sites = {article.site for article in articles} if retires else set()
    report = Report(source=source)
    with writing(db):
        report.articles = _sync(
            db,
            "article",
            ("permalink",),
            _article_rows(articles),
            retires=lambda row: row["site"] in sites,
        )
        _conclude(db, report, clock)
    return report


def import_content(db: Database, content: Content, source: str, clock: Clock) -> Report:
    """Write the content into the database and return what changed; nothing on any error."""
    report = Report(source=source)
    known = {article.permalink for article in content.articles}
    for sheet in content.sheets:
        report.warnings += mismatches(sheet) + _links_without_article(sheet, known)
    with writing(db):
        _import_sheets(db, content.sheets, report)
        report.questions = _sync(
            db,
            "question",
            ("id",),
            _question_rows(content.sheets),
            retires=lambda row: not row["own"],
        )
        report.articles = _sync(
            db,
            "article",
            ("permalink",),
            _article_rows(content.articles),
            retires=lambda row: row["site"] == site_index.SITE,
        )
        _conclude(db, report, clock)
    return report


def _conclude(db: Database, report: Report, clock: Clock) -> None:
    """Index anew what changed, and log it."""
    if report.changes_anything:
        search.index_content(db)
        db.table("import_log").insert(
            {
                "at": clock.now().isoformat(),
                "source": report.source,
                "report": json.dumps(asdict(report), ensure_ascii=False),
            }
        )


def import_shipped(db: Database, clock: Clock) -> Report:
    """Import what `data/` ships."""
    return import_content(db, read_content(SHIPPED_INDEX), SHIPPED_INDEX.name, clock)


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
    return db.execute("SELECT coalesce(max(id), 0) FROM import_log").fetchone()[0]


def article_permalink(article_url: str) -> str:
    """Return the permalink that a sheet's URL means: the sheets leave out the last slash."""
    return article_url.rstrip("/") + "/"


def _links_without_article(sheet: Sheet, known: set[str]) -> list[str]:
    return [
        f"{sheet.slug}: {question.id} links to {question.article_url}, which is no article"
        for question in sheet.questions
        if question.article_url and article_permalink(question.article_url) not in known
    ]


def _import_sheets(db: Database, sheets: Iterable[Sheet], report: Report) -> None:
    """Sync sheets, categories and phases. A changed category or phase is a changed sheet."""
    sheets = list(sheets)
    before = _sheet_fingerprints(db)
    _sync(db, "sheet", ("slug",), [_sheet_row(s, i) for i, s in enumerate(sheets, start=1)])
    _sync(db, "category", ("sheet", "position"), _category_rows(sheets))
    _sync(db, "phase", ("sheet", "position"), _phase_rows(sheets))
    after = _sheet_fingerprints(db)
    for sheet in sheets:
        if sheet.slug not in before:
            report.sheets.added += 1
        elif before[sheet.slug] != after[sheet.slug]:
            report.sheets.changed += 1
        else:
            report.sheets.unchanged += 1


def _sheet_fingerprints(db: Database) -> dict[str, list[tuple]]:
    fingerprints: dict[str, list[tuple]] = {}
    for table, key in (("sheet", "slug"), ("category", "sheet"), ("phase", "sheet")):
        for row in db.table(table).rows_where(order_by=f"{key}, position"):
            fingerprints.setdefault(row[key], []).append(tuple(row.values()))
    return fingerprints


def _sync(
    db: Database,
    table: str,
    key: tuple[str, ...],
    rows: Iterable[Row],
    *,
    retires: Callable[[Row], bool] | None = None,
) -> Counts:
    """Make `table` hold `rows`, matched by `key`; of what they lack, retire what `retires` says."""
    counts = Counts()
    present = {_key_of(row, key): row for row in db.table(table).rows}
    write: list[Row] = []
    for row in rows:
        if retires:
            row["retired"] = 0
        old = present.pop(_key_of(row, key), None)
        if old is None:
            counts.added += 1
            write.append(row)
        elif any(old[name] != value for name, value in row.items()):
            counts.changed += 1
            write.append(row)
        else:
            counts.unchanged += 1
    db.table(table).upsert_all(write, pk=key)
    if retires:
        for old in present.values():
            if retires(old) and not old["retired"]:
                counts.retired += 1
                db.table(table).update(tuple(old[name] for name in key), {"retired": 1})
    return counts


def _key_of(row: Mapping[str, Any], key: tuple[str, ...]) -> tuple:
    return tuple(row[name] for name in key)


def _sheet_row(sheet: Sheet, position: int) -> Row:
    return {
        "slug": sheet.slug,
        "position": position,
        "title": sheet.title,
        "permalink": sheet.permalink,
        "last_updated": sheet.last_updated and sheet.last_updated.isoformat(),
        "pace_notes": "\n".join(sheet.pace_notes),
    }


def _category_rows(sheets: Iterable[Sheet]) -> list[Row]:
    return [{"sheet": sheet.slug, **asdict(c)} for sheet in sheets for c in sheet.categories]


def _phase_rows(sheets: Iterable[Sheet]) -> list[Row]:
    names = ("position", "title", "first_week", "last_week", "advice")
    return [
        {"sheet": sheet.slug, **{name: getattr(phase, name) for name in names}}
        for sheet in sheets
        for phase in sheet.phases
    ]


def _question_rows(sheets: Iterable[Sheet]) -> list[Row]:
    rows = []
    for sheet in sheets:
        phase_of = {qid: phase.position for phase in sheet.phases for qid in phase.question_ids}
        for position, question in enumerate(sheet.questions, start=1):
            rows.append(
                asdict(question)
                | {
                    "sheet": sheet.slug,
                    "position": position,
                    "phase_position": phase_of.get(question.id),
                }
            )
    return rows


def _article_rows(articles: Iterable[Article]) -> list[Row]:
    return [
        {
            "permalink": article.permalink,
            "site": article.site,
            "title": article.title,
            "section": article.section,
            "published_on": article.published_on and article.published_on.isoformat(),
            "summary": article.summary,
            "body": article.body,
            "words": article.words,
            "minutes": article.minutes,
        }
        for article in articles
    ]
