"""Flattened text → Markdown, for articles that nobody has restored by hand."""

from __future__ import annotations

import html
import re

from prep.library import Article
from prep.site_index import IndexEntry

_HEADING_END = " # "
# What Markdown or the page would read as markup rather than as the author's characters.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$])")


def restore_entry(entry: IndexEntry) -> Article:
    """Return the entry as an article whose body is Markdown restored from its text."""
    return Article(
        permalink=entry.permalink,
        title=html.unescape(entry.title),
        section=html.unescape(entry.section),
        published_on=entry.published_on,
        summary=None,
        body=to_markdown(entry.content),
    )


def to_markdown(content: str) -> str:
    """Return Markdown with the headings and paragraphs of an entry's `content`."""
    blocks: list[str] = []
    for line in html.unescape(content).strip().split("\n"):
        *headings, rest = f"{line} ".split(_HEADING_END)
        blocks += [f"## {_escape(heading.strip())}" for heading in headings if heading.strip()]
        if rest.strip():
            blocks.append(_escape(rest.strip()))
    return "\n\n".join(blocks) + "\n"


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
