"""The published search index: a JSON list, one entry a page of the site."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from prep.errors import IndexFormatError
from prep.markdown import files

SITE = "nskillhub"
MAX_INDEX_BYTES = 5_000_000  # the site's is 0.8 million
MAX_CONTENT = 200_000  # characters of one page; the site's longest has 47,000
_LONGEST = {"title": 500, "permalink": 500, "section": 500}

SYSTEM_DESIGN_SHEET = "/quest-sheet/"
BEHAVIORAL_SHEET = "/behavioral-quest-sheet/"

# A permalink one level below one of these is an article; the folders themselves are lists.
ARTICLE_FOLDERS = {
    "/system-design/classic/": "Classic system design",
    "/behavioral/leadership/": "Behavioral: leadership",
    "/posts/system-design-basics/": "System design basics",
    "/posts/java/": "Java",
    "/posts/spring/": "Spring",
}

_TAXONOMIES = ("tags", "categories", "series", "authors", "topics")

_REQUIRED_KEYS = ("title", "permalink", "section", "summary", "content")


@dataclass(frozen=True)
class IndexEntry:
    """One page of the site. `content` is text as published, its entities still escaped."""

    title: str
    permalink: str
    section: str
    summary: str
    content: str
    published_on: date | None


def load(path: Path) -> list[IndexEntry]:
    """Return the entries of the index file. Raises IndexFormatError."""
    return parse(files.read(path, MAX_INDEX_BYTES, IndexFormatError), str(path))


def parse(data: bytes, source: str) -> list[IndexEntry]:
    """Return the entries of an index's bytes. Raises IndexFormatError naming `source`."""
    files.bounded(data, MAX_INDEX_BYTES, source, IndexFormatError)
    return loads(files.decoded(data, source, IndexFormatError)[0], source)


def loads(text: str, source: str = "index") -> list[IndexEntry]:
    """Return the entries of an index given as text. Raises IndexFormatError naming `source`."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise IndexFormatError(f"{source}: not JSON ({error})") from error
    if not isinstance(raw, list):
        raise IndexFormatError(
            f"{source}: a search index is a JSON list, this is {_json_kind(raw)}"
        )
    entries = [_entry(item, position, source) for position, item in enumerate(raw, start=1)]
    repeated = _first_repeated([entry.permalink for entry in entries])
    if repeated is not None:
        raise IndexFormatError(f"{source}: the permalink {repeated} stands there twice")
    return entries


def find_sheets(entries: list[IndexEntry], source: str = "index") -> tuple[IndexEntry, IndexEntry]:
    """Return the system-design and the behavioral sheet's entry. Raises IndexFormatError."""
    by_permalink = {entry.permalink: entry for entry in entries}
    missing = [p for p in (SYSTEM_DESIGN_SHEET, BEHAVIORAL_SHEET) if p not in by_permalink]
    if missing:
        raise IndexFormatError(f"{source}: the index holds no sheet at {' or '.join(missing)}")
    return by_permalink[SYSTEM_DESIGN_SHEET], by_permalink[BEHAVIORAL_SHEET]


def articles(entries: list[IndexEntry]) -> list[IndexEntry]:
    """Return the entries that are articles, in the index's order."""
    return [entry for entry in entries if article_folder(entry.permalink)]


def other_sites_articles(entries: list[IndexEntry]) -> list[IndexEntry]:
    """Return the articles of another site's index: entries with text that are no list.

    A page that other pages lie below is a list of them, and so is one of a taxonomy.
    """
    folders = {
        "/".join(parts[:depth]) + "/"
        for parts in (entry.permalink.strip("/").split("/") for entry in entries)
        for depth in range(1, len(parts))
    }
    return [
        entry
        for entry in entries
        if entry.content.strip()
        and entry.permalink.strip("/") + "/" not in folders
        and entry.permalink.strip("/").partition("/")[0] not in _TAXONOMIES
        and entry.permalink != "/"
    ]


def article_folder(permalink: str) -> str | None:
    """Return the folder that an article's permalink lies in, None where it is no article."""
    for folder in ARTICLE_FOLDERS:
        if permalink.startswith(folder) and permalink != folder:
            return folder
    return None


def parse_date(text: str) -> date | None:
    """Return the day printed as `28 April 2026`, None where the text is no such day."""
    try:
        return datetime.strptime(text.strip(), "%d %B %Y").date()
    except ValueError:
        return None


def _entry(item: Any, position: int, source: str) -> IndexEntry:
    where = f"{source}: entry {position}"
    if not isinstance(item, dict):
        raise IndexFormatError(f"{where} is {_json_kind(item)}, expected an object")
    missing = [key for key in _REQUIRED_KEYS if key not in item]
    if missing:
        raise IndexFormatError(f"{where} lacks {', '.join(missing)}")
    texts = {key: _text(item[key], key, where) for key in _REQUIRED_KEYS}
    if not re.fullmatch(r"/[^\s?#]*", texts["permalink"]):
        raise IndexFormatError(
            f"{where}: permalink {texts['permalink'][:80]!r} must start with a slash, without"
            " spaces, ? or #"
        )
    for key, longest in (*_LONGEST.items(), ("content", MAX_CONTENT), ("summary", MAX_CONTENT)):
        if len(texts[key]) > longest:
            raise IndexFormatError(f"{where}: {key} is longer than {longest:,} characters")
    return IndexEntry(**texts, published_on=parse_date(_text(item.get("date"), "date", where)))


def _text(value: Any, key: str, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise IndexFormatError(f"{where}: {key} is {_json_kind(value)}, expected text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise IndexFormatError(f"{where}: {key} holds broken Unicode") from None
    if "\0" in value:
        raise IndexFormatError(f"{where}: {key} holds a NUL character")
    return value


def _first_repeated(values: list[str]) -> str | None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


def _json_kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    return "null" if value is None else kinds.get(type(value), "a number")
