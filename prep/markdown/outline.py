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
_MARK = "picture"  # stands for one where only whether there is one counts
_ALTERNATIVE = re.compile(r' alt="([^"]*)"')
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE)  # of where a link leads
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


def without_empty_sections(markdown: str) -> str:
    """Return a text without the headings that nothing stands below, on any level.

    A heading stays where text stands below one of its own subheadings, and where it is written
    as text with a line below it. A text without empty headings is returned as it is.
    """
    lines = markdown.split("\n")
    found = list(_headings(markdown))
    bounds = [*(line for line, _ in found), len(lines)]
    dropped: set[int] = set()
    level_below = 0  # of the nearest heading further below that stays
    for place in reversed(range(len(found))):
        start, level = bounds[place], found[place][1].level
        passage = range(start, bounds[place + 1])
        if level >= level_below and _is_bare(lines[start : passage.stop]):
            dropped.update(passage)
        else:
            level_below = level
    kept: list[str] = []
    for number, line in enumerate(lines):
        if number not in dropped:
            kept.append(line)
        elif kept and kept[-1].strip():
            kept.append("")  # what stood around a heading stays apart
    return "\n".join(kept)


def _is_bare(passage: list[str]) -> bool:
    """Whether a passage shows its heading alone."""
    if not passage[0].lstrip().startswith("#"):
        return False
    text = "\n".join(passage)
    below = _PICTURE.sub(_MARK, _HEADING.sub("", rendering.with_lines(text), count=1))
    return not rendering.without_tags(below).strip() and not _DEFINITION.search(text)


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
