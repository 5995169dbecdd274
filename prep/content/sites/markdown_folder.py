"""Articles as Markdown files with front matter: reading them from a folder, measuring them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from prep.content.sites.index import SITE, parse_date
from prep.errors import ArticleFormatError
from prep.markdown import front_matter, outline
from prep.markdown.files import read_text, refuse_special, with_line_feeds
from prep.markdown.plain_text import flatten

# Silent reading of English non-fiction: Brysbaert, "How many words do we read per minute?",
# Journal of Memory and Language 109 (2019).
WORDS_PER_MINUTE = 238

MAX_ARTICLE_BYTES = 300_000  # the site's longest has 51,000
MAX_BRACKETS = 50_000  # in a folder; each that nothing closes is looked at for long
MAX_HEADINGS = 10_000  # in a folder; each is a passage of its own to the search
MAX_FOLDER_BYTES = 3_000_000  # of articles
MAX_ANSWERS_BYTES = 20_000_000  # in a folder; 291 answers of 60 kB
MAX_FILES = 2_000
SUFFIXES = (".md", ".markdown")
MAX_LINE = 500  # characters of a title, a permalink, a section

QUESTION_KEY = "prep_question"  # in front matter: the file is an answer to this question

_ANSWER = re.compile(rf"""^["']?{QUESTION_KEY}["']?[ \t]*:""", re.MULTILINE)
_DIAGRAM = re.compile(r"^```mermaid\n.*?(?:^```$|(\Z))", re.MULTILINE | re.DOTALL)


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

    @cached_property
    def words(self) -> int:
        """How many words a reader meets, diagrams left out."""
        return count_words(self.body)

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, round(self.words / WORDS_PER_MINUTE))


def count_words(markdown: str) -> int:
    """Return how many words a reader meets, diagrams left out."""
    read = _DIAGRAM.sub(lambda found: "" if found[1] is None else found[0], markdown)
    return len(flatten(read).replace(" #", "").split())


def load_folder(folder: Path) -> list[Article]:
    """Return the articles in all `*.md` files below `folder`, answers left aside.

    Raises ArticleFormatError.
    """
    articles = [load(path, folder) for path in files(folder)]
    if sum(article.body.count("[") for article in articles) > MAX_BRACKETS:
        raise ArticleFormatError(f"{folder}: more than {MAX_BRACKETS:,} opening brackets")
    if sum(outline.count_headings(article.body) for article in articles) > MAX_HEADINGS:
        raise ArticleFormatError(f"{folder}: more than {MAX_HEADINGS:,} headings")
    by_permalink: dict[str, Article] = {}
    for article in articles:
        if article.permalink in by_permalink:
            raise ArticleFormatError(f"{folder}: two files have the permalink {article.permalink}")
        by_permalink[article.permalink] = article
    return articles


def files(folder: Path) -> list[Path]:
    """Return the files of articles below `folder`. Raises ArticleFormatError."""
    found = [path for path in markdown_files(folder) if not is_answer(path)]
    _refuse_larger(folder, found, MAX_FOLDER_BYTES)
    return found


def answers(folder: Path) -> list[Path]:
    """Return the files of answers below `folder`. Raises ArticleFormatError."""
    found = [path for path in markdown_files(folder) if is_answer(path)]
    _refuse_larger(folder, found, MAX_ANSWERS_BYTES)
    return found


def _refuse_larger(folder: Path, found: list[Path], most: int) -> None:
    if sum(path.stat().st_size for path in found) > most:
        raise _too_much(folder, most)


def _too_much(folder: Path, most: int) -> ArticleFormatError:
    return ArticleFormatError(
        f"{folder}: more than {MAX_FILES:,} files or {most:,} bytes of Markdown:"
        " import its folders one by one"
    )


def markdown_files(folder: Path) -> list[Path]:
    """Return the Markdown files below `folder` (`.md`, `.markdown`), hidden ones left aside.

    Raises ArticleFormatError where there is no such folder, where they are too many or too much,
    and where one is no file of this folder: a link that leads out of it, a device, a pipe.
    """
    if not folder.is_dir():
        raise ArticleFormatError(f"{folder}: there is no such folder")
    root = folder.resolve()
    found: list[Path] = []
    size, most = 0, MAX_FOLDER_BYTES + MAX_ANSWERS_BYTES
    try:
        for path in folder.rglob("*"):
            if path.suffix.lower() not in SUFFIXES or _is_hidden(path, folder) or path.is_dir():
                continue
            if not path.resolve().is_relative_to(root):
                raise ArticleFormatError(f"{path}: a link that leads out of the folder")
            refuse_special(path, ArticleFormatError)
            size += path.stat().st_size
            found.append(path)
            if len(found) > MAX_FILES or size > most:
                raise _too_much(folder, most)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead round in a ring
        reason = getattr(error, "strerror", None) or error
        raise ArticleFormatError(f"{folder}: cannot be read ({reason})") from error
    return sorted(found)


def is_answer(path: Path) -> bool:
    """Whether a Markdown file's front matter says that it answers a question.

    Raises ArticleFormatError where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(4 * front_matter.MAX_CHARACTERS)
    except OSError as error:
        raise ArticleFormatError(f"{path}: cannot be read ({error.strerror})") from error
    text = data.decode(json.detect_encoding(data), errors="replace").removeprefix("\ufeff")
    head = front_matter.head(with_line_feeds(text))
    return head is not None and _ANSWER.search(head) is not None


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def load(path: Path, root: Path | None = None) -> Article:
    """Return the article in a Markdown file. Raises ArticleFormatError naming the file.

    Where the front matter names no permalink or section, they follow from the path below `root`.
    """
    text = read_text(path, MAX_ARTICLE_BYTES, ArticleFormatError)
    place = path.relative_to(root).with_suffix("") if root else Path(path.stem)
    return loads(with_line_feeds(text), source=str(path), place=place)


def loads(text: str, source: str = "article", place: Path = Path("article")) -> Article:
    """Return the article in Markdown text with front matter. Raises ArticleFormatError.

    `place` is where the text lay, without ending: what permalink and section are else taken from.
    """
    try:
        meta, body = front_matter.split(text.lstrip("\ufeff \t\r\n"))
        summary = front_matter.text_of(meta, "summary").strip()
    except ValueError as error:
        raise ArticleFormatError(f"{source}: front matter is not YAML ({error})") from error
    named_by_path = re.sub(r"[\s?#]+", "-", place.as_posix())
    permalink = _text(meta, "permalink", source, default=f"/{named_by_path}/")
    if not re.fullmatch(r"/[^\s?#]+/", permalink):
        raise ArticleFormatError(f"{source}: permalink must look like /folder/name/")
    if "\0" in body:
        raise ArticleFormatError(f"{source}: the text holds a NUL character")
    return Article(
        permalink=permalink,
        title=_text(meta, "title", source),
        section=_text(meta, "section", source, default=place.parent.name or "Articles"),
        published_on=_day(meta.get("date"), source),
        summary=summary or None,
        body=body.strip() + "\n",
        mended=_mended(meta.get("mended"), source),
    )


def _text(meta: dict[str, object], key: str, source: str, default: str | None = None) -> str:
    value = meta.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise ArticleFormatError(f"{source}: front matter lacks {key}")
    if len(value) > MAX_LINE or not front_matter.is_plain(value):
        raise ArticleFormatError(
            f"{source}: {key} is longer than {MAX_LINE} characters, or holds a NUL character or"
            " broken Unicode"
        )
    return value.strip()


def _mended(value: Any, source: str) -> tuple[dict[str, str], ...]:
    pairs = value or []
    if not isinstance(pairs, list) or not all(
        isinstance(pair, dict)
        and set(pair) == {"published", "restored"}
        and all(isinstance(text, str) for text in pair.values())
        for pair in pairs
    ):
        raise ArticleFormatError(f"{source}: mended is a list of published and restored texts")
    return tuple(pairs)


def _day(value: Any, source: str) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ArticleFormatError(f"{source}: date is not YYYY-MM-DD")
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        found = parse_date(value)
    if found is None:
        raise ArticleFormatError(f"{source}: date {value[:40]!r} is not YYYY-MM-DD")
    return found
