"""Reads articles, and how far each was read, from the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from prep.content.sites.index import ARTICLE_FOLDERS, article_folder
from prep.content.sites.sources import OWN
from prep.errors import UnknownArticle


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article as a list shows it; `question_id` is the question it answers.

    `minutes` is how long it takes to read, `last_heading` where the person stopped.
    """

    permalink: str
    site: str
    title: str
    section: str
    published_on: str | None
    summary: str | None
    words: int
    minutes: int
    read_on: str | None
    last_heading: str | None
    question_id: str | None

    @property
    def shelf(self) -> str:
        """The title of its shelf in the library: its folder's or its site's."""
        folder = article_folder(self.permalink)
        if folder:
            return ARTICLE_FOLDERS[folder]
        return "Your own articles" if self.site == OWN else self.site


@dataclass(frozen=True, slots=True)
class Article(ArticleEntry):
    """An article with its Markdown text; `seconds` is how long the person has read in it."""

    body: str
    last_anchor: str | None
    seconds: int


_ENTRY = (
    "a.permalink, a.site, a.title, a.section, a.published_on, a.summary, a.words, a.minutes,"
    " r.read_on, r.last_heading, min(q.id) AS question_id"
)
_JOINED = (
    " FROM article a LEFT JOIN reading r USING (permalink)"
    " LEFT JOIN question q ON q.permalink = a.permalink"
)


def list_articles(db: Database) -> list[ArticleEntry]:
    """Return every article, newest first."""
    rows = db.query(
        f"SELECT {_ENTRY} {_JOINED} WHERE NOT a.retired GROUP BY a.permalink"
        " ORDER BY a.published_on DESC, a.title"
    )
    return [ArticleEntry(**row) for row in rows]


def get(db: Database, permalink: str) -> Article:
    """Return one article. Raises UnknownArticle."""
    rows = db.query(
        f"SELECT {_ENTRY}, a.body, r.last_anchor, coalesce(r.seconds, 0) AS seconds {_JOINED}"
        " WHERE a.permalink IN (?, ?) GROUP BY a.permalink ORDER BY a.permalink <> ?",
        [permalink, f"{permalink}/", permalink],
    )
    row = next(rows, None)
    if row is None:
        raise UnknownArticle(
            f"there is no article {permalink!r}: `python -m prep articles` lists them"
        )
    return Article(**row)


def neighbours(db: Database, permalink: str) -> tuple[ArticleEntry | None, ArticleEntry | None]:
    """Return the articles before and after one on its shelf, as `list_articles` orders them."""
    every = list_articles(db)
    shelf = next(entry.shelf for entry in every if entry.permalink == permalink)
    inside = [entry for entry in every if entry.shelf == shelf]
    place = next(i for i, entry in enumerate(inside) if entry.permalink == permalink)
    before = inside[place - 1] if place > 0 else None
    return before, inside[place + 1] if place + 1 < len(inside) else None
