"""Flattened text → Markdown, for articles that nobody has reconstructed by hand.

What the text still tells: a newline ends a paragraph; ` # ` ends a heading; a diagram begins
with its kind and goes on while its statements parse; code begins like code of its language.
What it does not tell (where a table's cells end, whether a list is numbered) is not guessed:
such text becomes list items, one a sentence, and all else stays an honest paragraph.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from prep.content.sites.code_blocks import CODE_START, code_end, fenced
from prep.content.sites.diagrams import read_diagram
from prep.content.sites.index import SITE, IndexEntry
from prep.content.sites.markdown_folder import Article

_HEADING_END = " # "
_LONGEST_HEADING = 110
_LONGEST_LINE = 20_000  # characters; the site's longest has 11,800, and more is not taken apart

# How a heading that follows a list, a table or code on the same line most often begins.
_NUMBERED = re.compile(
    r"(?:^|(?<= ))(?:\d{1,2}\.\d{1,2}\.? |\d{1,2}[a-z]?\. |S\d{1,2} — |Phase \d+ — |Step \d+: )"
    r"(?=\S)"
)
_NUMBERED_TOP = re.compile(r"\d{1,2}\. |S\d{1,2} — ")
_USUAL = re.compile(
    r"(?:^|(?<= ))(?:Functional Requirements|Non-Functional Requirements|Out of Scope"
    r"|Component Roles|Component Reference|Key Metrics|Tracing|Alerts|Brownfield\b.*|Cost\b.*"
    r"|Multi-Tenancy\b.*)$"
)
_SENTENCE_END = re.compile(r"(?<=[.!?)”;}]) (?=[A-Z“‘@\d])")
_TITLE_WORD = re.compile(r"[A-Z0-9&/—:+(“][^\s.;]*|of|the|and|vs|in|for|to|a|with|on")

# What Markdown or the page would read as markup rather than as the author's characters.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$]|&(?=[#\w]+;))")
_BACKSLASHED = r"\\\1"
_LIST_MARKER = re.compile(r"^(\d+)([.)])(?= |$)|^([-+=])")


def reconstruct(entry: IndexEntry, site: str = SITE) -> Article:
    """Return the entry as an article whose body is Markdown reconstructed from its text.

    Another site's permalinks begin with its name, so that they meet none of nSkillHub's.
    """
    name = entry.permalink.strip("/").rpartition("/")[2].replace("-", " ")
    return Article(
        permalink=entry.permalink if site == SITE else f"/{site}:{entry.permalink}",
        site=site,
        title=html.unescape(entry.title).strip() or name,
        section=html.unescape(entry.section),
        published_on=entry.published_on,
        summary=None,
        body=to_markdown(entry.content),
    )


def to_markdown(content: str) -> str:
    """Return the best automatic Markdown of an entry's `content`, entities still escaped."""
    lines = html.unescape(content).strip().split("\n")
    is_numbered = any(_NUMBERED_TOP.match(line.strip()) for line in lines)
    blocks: list[str] = []
    for line in lines:
        # A paragraph that ends in a colon announces a list, which ends before the next paragraph.
        announces_list = bool(blocks) and blocks[-1][0] not in "#-`" and blocks[-1].endswith(":")
        blocks += _blocks_of_line(line.strip(), is_numbered, announces_list)
    return "\n\n".join(blocks) + "\n"


def _blocks_of_line(line: str, is_numbered: bool, begins_with_list: bool) -> Iterator[str]:
    """Yield the blocks of a line: headings with what stands between them, then a paragraph."""
    if len(line) > _LONGEST_LINE:
        yield _escape(line)
        return
    *before_headings, last = f"{line} ".split(_HEADING_END)
    for text in before_headings:
        start = _heading_start(text)
        yield from _blocks_between(text[:start].strip())
        title = text[start:].strip()
        if title:
            yield f"{'#' * _level(title, is_numbered)} {_MARKUP.sub(_BACKSLASHED, title)}"
    if begins_with_list and not before_headings:
        yield from _list_then_paragraph(last.strip())
    else:
        yield from _closing_blocks(last.strip())


def _list_then_paragraph(text: str) -> Iterator[str]:
    *items, paragraph = _SENTENCE_END.split(text)
    if items and not CODE_START.match(text) and not read_diagram(text):
        yield from _items(" ".join(items))
        yield _escape(paragraph)
    else:
        yield from _closing_blocks(text)


def _heading_start(text: str) -> int:
    """Return where the heading that ends `text` begins."""
    earliest = max(len(text) - _LONGEST_HEADING, 0)
    for pattern in (_NUMBERED, _USUAL):
        found = pattern.finditer(text, earliest)
        starts = [m.start() for m in found if _fits(text[m.start() :])]
        if starts:
            return starts[-1]
    if _fits(text.strip()):
        return 0
    sentences = [m.end() for m in _SENTENCE_END.finditer(text)]
    if sentences and len(text) - sentences[-1] <= _LONGEST_HEADING:
        return sentences[-1]
    return _title_case_start(text)


def _title_case_start(text: str) -> int:
    """Return where the words in title case that end `text` begin; else its last word."""
    start = len(text)
    for word in reversed(text.split(" ")):
        if not _TITLE_WORD.fullmatch(word):
            break
        start -= len(word) + 1
    return start + 1 if start < len(text) else text.rfind(" ") + 1


def _fits(title: str) -> bool:
    return len(title) <= _LONGEST_HEADING and not _SENTENCE_END.search(_without_number(title))


def _without_number(title: str) -> str:
    return _NUMBERED.sub("", title, count=1)


def _level(title: str, is_numbered: bool) -> int:
    """Where sections are numbered (`1. …`, `S1 — …`), other headings stand below them."""
    return 3 if is_numbered and not _NUMBERED_TOP.match(title) else 2


def _blocks_between(text: str) -> Iterator[str]:
    """Yield blocks of text that no newline ends: diagrams, code, and what must be a list."""
    while text:
        found = read_diagram(text)
        if found:
            before, diagram, after = found
            yield from _items(before)
            yield f"```mermaid\n{diagram}\n```"
            text = after
            continue
        code = CODE_START.search(text)
        if code:
            end = code_end(text, code.start())
            yield from _items(text[: code.start()])
            yield fenced(text[code.start() : end])
            text = text[end:].strip()
            continue
        yield from _items(text)
        return


def _closing_blocks(text: str) -> Iterator[str]:
    """Yield the blocks of text that a newline ends: what opens it, then its last paragraph.

    Code and diagrams leave no newline, so they can open such text but never end it.
    """
    while text:
        found = read_diagram(text)
        code = CODE_START.match(text)
        end = code_end(text, 0) if code else len(text)
        if found and found[2]:
            before, diagram, after = found
            yield from _blocks_between(before)
            yield f"```mermaid\n{diagram}\n```"
            text = after
        elif end < len(text):
            yield fenced(text[:end])
            text = text[end:].strip()
        else:
            yield _escape(text)
            return


def _items(text: str) -> Iterator[str]:
    sentences = [part for part in _SENTENCE_END.split(text.strip()) if part]
    if sentences:
        yield "\n".join(f"- {_escape(sentence)}" for sentence in sentences)


def _escape(text: str) -> str:
    escaped = _MARKUP.sub(_BACKSLASHED, text)
    return _LIST_MARKER.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)
