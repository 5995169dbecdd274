"""What can be imported: an index with its articles, another site's, a folder of one's own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from prep.content.models import Sheet
from prep.content.sites import (
    behavioral_sheet,
    index,
    markdown_folder,
    reconstruction,
    system_design_sheet,
)
from prep.content.sites.markdown_folder import Article
from prep.errors import ArticleFormatError, IndexFormatError
from prep.markdown import files
from prep.store import ids
from prep.store.database import DATA_FOLDER

SHIPPED_INDEX = DATA_FOLDER / "sources" / "nskillhub-index.json"
SHIPPED_ARTICLES = DATA_FOLDER / "articles"

# The site of articles that somebody dropped in.
OWN = "own"


@dataclass(frozen=True)
class Content:
    """All that is imported: both sheets and the articles; of which files, by `fingerprint`."""

    sheets: tuple[Sheet, ...]
    articles: tuple[Article, ...]
    fingerprint: str


def read_content(index_path: Path, articles_folder: Path = SHIPPED_ARTICLES) -> Content:
    """Return the content of an index's file, as `parse_content` does."""
    data = files.read(index_path, index.MAX_INDEX_BYTES, IndexFormatError)
    return parse_content(data, str(index_path), articles_folder)


def parse_content(data: bytes, source: str, articles_folder: Path = SHIPPED_ARTICLES) -> Content:
    """Return the content of an index; Markdown files in `articles_folder` win over its text.

    Raises IndexFormatError, naming `source`, or ArticleFormatError.
    """
    entries = index.parse(data, source)
    system_design, behavioral = index.find_sheets(entries, source)
    by_hand = {
        article.permalink: article for article in markdown_folder.load_folder(articles_folder)
    }
    by_permalink = {
        entry.permalink: by_hand.get(entry.permalink) or reconstruction.reconstruct(entry)
        for entry in index.articles(entries)
    }
    sheets = (
        system_design_sheet.parse(system_design),
        behavioral_sheet.parse(behavioral),
    )
    _refuse_shared_ids(sheets, source)
    return Content(
        sheets=sheets,
        articles=tuple((by_permalink | by_hand).values()),
        fingerprint=_fingerprint(data, articles_folder),
    )


def _refuse_shared_ids(sheets: tuple[Sheet, Sheet], source: str) -> None:
    first, second = ({question.id for question in sheet.questions} for sheet in sheets)
    shared = sorted(first & second) + sorted(
        question_id for question_id in second if ids.OWN_QUESTION.fullmatch(question_id)
    )
    if shared:
        raise IndexFormatError(f"{source}: {shared[0]} cannot be an id of the behavioral sheet")


def fingerprint(index_path: Path, articles_folder: Path = SHIPPED_ARTICLES) -> str:
    """Return a digest of these files.

    Raises IndexFormatError or ArticleFormatError where they cannot be read.
    """
    data = files.read(index_path, index.MAX_INDEX_BYTES, IndexFormatError)
    return _fingerprint(data, articles_folder)


def _fingerprint(data: bytes, articles_folder: Path) -> str:
    digest = hashlib.sha256(data)
    for path in markdown_folder.files(articles_folder):
        digest.update(files.read(path, markdown_folder.MAX_ARTICLE_BYTES, ArticleFormatError))
    return digest.hexdigest()


def read_other_site(index_path: Path, site: str) -> list[Article]:
    """Return the articles of another site's index, reconstructed automatically, under its name.

    Raises IndexFormatError where the index has not the form that Hugo's Blowfish and Congo write.
    """
    if site == index.SITE or not re.fullmatch(r"\w[\w.-]*", site):
        raise IndexFormatError(f"{site!r} cannot name another site: use letters, digits, . and -")
    entries = index.other_sites_articles(index.load(index_path))
    if not entries:
        raise IndexFormatError(f"{index_path}: the index holds no article")
    return [reconstruction.reconstruct(entry, site) for entry in entries]


def read_folder(folder: Path) -> list[Article]:
    """Return a folder's articles; those outside nSkillHub's own folders are the person's.

    Raises ArticleFormatError.
    """
    return [
        article if index.article_folder(article.permalink) else replace(article, site=OWN)
        for article in markdown_folder.load_folder(folder)
    ]
