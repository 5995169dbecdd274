"""An article's headings and sections."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt

from prep.markdown import rendering

_CASE_BOUNDARIES = (
    re.compile(r"(?<=[A-Z]{2})(?=\d)"),
    re.compile(r"(?<=[a-z\d])(?=[A-Z])"),
    re.compile(r"(?<=[A-Z])(?=[A-Z][a-rt-z\d])"),
)

_HEADING = re.compile(r'<h([1-6]) data-sourcepos="(\d+):[^"]*">(.*?)(?:</h\1>|\Z)', re.DOTALL)
_PICTURE = re.compile(r"<img [^<>]*>")  # comrak writes `<` and `>` within it as entities
_ALTERNATIVE = re.compile(r' alt="([^"]*)"')
_COMMONMARK = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Heading:
    """A heading: its level (2 to 6), its text without markup, and the anchor it is reached by."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Section:
    """A heading with all up to the next cut. What stands before the first has no heading."""

    heading: Heading | None
    headings: tuple[Heading, ...]
    markdown: str


def sections(markdown: str) -> list[Section]:
    """Cut an article's Markdown before each second-level heading."""
    return _cut(markdown, deepest=2)


def passages(markdown: str) -> list[Section]:
    """Cut an article's Markdown before every heading."""
    return _cut(markdown, deepest=6)


def _cut(markdown: str, deepest: int) -> list[Section]:
    lines = markdown.split("\n")
    found = list(_headings(markdown))
    places = [line for line, _ in found]
    cuts = [line for line, heading in found if heading.level <= deepest]
    starts = set(cuts)
    bounds = sorted({0, *cuts, len(lines)})
    cut = []
    for start, end in pairwise(bounds):
        text = "\n".join(lines[start:end]).strip()
        first, last = bisect_left(places, start), bisect_left(places, end)
        inside = tuple(heading for _, heading in found[first:last])
        own = inside[0] if inside and start in starts else None
        if text:
            cut.append(Section(own, inside, text + "\n"))
    return cut


def count_headings(markdown: str) -> int:
    """Return how many headings a text has, of any level."""
    return sum(1 for _ in _HEADING.finditer(rendering.with_lines(markdown)))


def fenced_lines(markdown: str) -> set[int]:
    """Return the lines, counted from 0, that stand within fences of code."""
    if "```" not in markdown and "~~~" not in markdown:
        return set()
    fences = [token.map for token in _COMMONMARK.parse(markdown) if token.type == "fence"]
    return {line for span in fences if span for line in range(span[0] + 1, span[1])}


def addresses(markdown: str) -> list[str]:
    """Return where the links and pictures of a text lead, whatever their scheme."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.validateLink = lambda _url: True  # type: ignore[assignment]
    inline = (child for token in parser.parse(markdown) for child in token.children or [])
    found = (child.attrGet("href") or child.attrGet("src") for child in inline)
    return [str(address) for address in found if address]


def anchor_of(text: str) -> str:
    """Return the id that Streamlit gives a heading with this text.

    It follows npm's `@sindresorhus/slugify`: words parted where their case changes
    (`PostgreSQL` → `postgre-sql`), `&` as `and`, accents and possessive apostrophes dropped, all
    else between letters and digits one hyphen. Only sure for text in Latin letters.
    """
    slug = text.replace("&", " and ").replace("’", "'")
    slug = unicodedata.normalize("NFKD", slug)
    for boundary in _CASE_BOUNDARIES:
        slug = boundary.sub(" ", slug)
    slug = re.sub(r"[\u0300-\u036f]", "", slug)
    slug = re.sub(r"(?<=[a-zA-Z\d])'(?=[ts](?:\s|$))", "", slug)
    return re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")


def _headings(markdown: str) -> Iterator[tuple[int, Heading]]:
    """Yield each heading with its line, counted from 0."""
    for match in _HEADING.finditer(rendering.with_lines(markdown)):
        level, line, inside = match.groups()
        text = _visible_text(inside)
        yield int(line) - 1, Heading(int(level), text, anchor_of(text))


def _visible_text(rendered: str) -> str:
    text = rendering.without_tags(_PICTURE.sub(_alternative, rendered))
    return html.unescape(text).replace("\n", " ").strip()


def _alternative(picture: re.Match[str]) -> str:
    found = _ALTERNATIVE.search(picture[0])
    return found[1] if found else ""
