"""Articles as Markdown files with front matter: reading them from a folder, measuring them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from prep.errors import ArticleFormatError
from prep.flatten import flatten
from prep.site_index import SITE, parse_date

# Silent reading of English non-fiction: Brysbaert, "How many words do we read per minute?",
# Journal of Memory and Language 109 (2019).
WORDS_PER_MINUTE = 238

MAX_ARTICLE_BYTES = 2_000_000

QUESTION_KEY = "prep_question"  # in front matter: the file is an answer to this question

_ANSWER = re.compile(rf"\A---\n(?:(?!---$).*\n)*?{QUESTION_KEY}:", re.MULTILINE)
_DIAGRAM = re.compile(r"^```mermaid\n.*?^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Article:
    """One article. `body` is Markdown without front matter; `published_on` may be unknown.

    `mended` are the places that the site's flattening broke: `published` text and `restored`.
    """

    permalink: str
    title: str
    section: str
    published_on: date | None
    summary: str | None
    body: str
    mended: tuple[dict[str, str], ...] = ()
    site: str = SITE

    @property
    def words(self) -> int:
        """How many words a reader meets, diagrams left out."""
        return count_words(self.body)

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, round(self.words / WORDS_PER_MINUTE))


def count_words(markdown: str) -> int:
    """Return how many words a reader meets, diagrams left out."""
    return len(flatten(_DIAGRAM.sub("", markdown)).replace(" #", "").split())


def article_permalink(article_url: str) -> str:
    """Return the permalink that a sheet's URL means: the sheets leave out the last slash."""
    return article_url.rstrip("/") + "/"


def load_folder(folder: Path) -> list[Article]:
    """Return the articles in all `*.md` files below `folder`, answers left aside.

    Raises ArticleFormatError.
    """
    articles = [load(path, folder) for path in files(folder)]
    by_permalink: dict[str, Article] = {}
    for article in articles:
        if article.permalink in by_permalink:
            raise ArticleFormatError(f"{folder}: two files have the permalink {article.permalink}")
        by_permalink[article.permalink] = article
    return articles


def files(folder: Path) -> list[Path]:
    """Return the `*.md` files of articles below `folder`. Raises ArticleFormatError without one."""
    if not folder.is_dir():
        raise ArticleFormatError(f"{folder}: there is no such folder")
    return [path for path in sorted(folder.rglob("*.md")) if not is_answer(path)]


def is_answer(path: Path) -> bool:
    """Whether a Markdown file's front matter says that it answers a question."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return _ANSWER.match(file.read(20_000)) is not None


def load(path: Path, root: Path | None = None) -> Article:
    """Return the article in a Markdown file. Raises ArticleFormatError naming the file.

    Where the front matter names no permalink or section, they follow from the path below `root`.
    """
    try:
        if path.stat().st_size > MAX_ARTICLE_BYTES:
            raise ArticleFormatError(f"{path}: larger than {MAX_ARTICLE_BYTES:,} bytes")
        place = path.relative_to(root).with_suffix("") if root else Path(path.stem)
        return loads(path.read_text(encoding="utf-8"), source=str(path), place=place)
    except UnicodeDecodeError as error:
        raise ArticleFormatError(f"{path}: not UTF-8 text ({error.reason})") from error
    except OSError as error:
        raise ArticleFormatError(f"{path}: cannot be read ({error.strerror})") from error


def loads(text: str, source: str = "article", place: Path = Path("article")) -> Article:
    """Return the article in Markdown text with front matter. Raises ArticleFormatError.

    `place` is where the text lay, without ending: what permalink and section are else taken from.
    """
    try:
        meta, body = frontmatter.parse(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ArticleFormatError(
            f"{source}: front matter is not YAML ({_one_line(error)})"
        ) from error
    permalink = _text(meta, "permalink", source, default=f"/{place.as_posix()}/")
    if not re.fullmatch(r"/[^\s?#]+/", permalink):
        raise ArticleFormatError(f"{source}: permalink must look like /folder/name/")
    if "\0" in body:
        raise ArticleFormatError(f"{source}: the text holds a NUL character")
    return Article(
        permalink=permalink,
        title=_text(meta, "title", source),
        section=_text(meta, "section", source, default=place.parent.name or "Articles"),
        published_on=_day(meta.get("date"), source),
        summary=str(meta["summary"]).strip() if meta.get("summary") else None,
        body=body.strip() + "\n",
        mended=_mended(meta.get("mended"), source),
    )


def _text(meta: dict[str, Any], key: str, source: str, default: str | None = None) -> str:
    value = meta.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise ArticleFormatError(f"{source}: front matter lacks {key}")
    return value.strip()


def _mended(value: Any, source: str) -> tuple[dict[str, str], ...]:
    pairs = value or []
    if not isinstance(pairs, list) or not all(
        isinstance(pair, dict) and set(pair) == {"published", "restored"} for pair in pairs
    ):
        raise ArticleFormatError(f"{source}: mended is a list of published and restored texts")
    return tuple(pairs)


def _day(value: Any, source: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        pass
    found = parse_date(str(value))
    if found is None:
        raise ArticleFormatError(f"{source}: date {str(value)[:40]!r} is not YYYY-MM-DD")
    return found


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
