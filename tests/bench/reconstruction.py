"""How much of the articles reconstructed by hand the automatic reconstruction gets right.

`python -m tests.bench.reconstruction` prints the table that docs/reconstruction.md keeps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from prep.content.sites import index, markdown_folder, reconstruction
from prep.content.sites.sources import SHIPPED_ARTICLES, SHIPPED_INDEX

KINDS = ("headings", "diagrams", "code blocks", "list items", "table cells")
_COMMONMARK = MarkdownIt("commonmark").enable("table")


def parts(markdown: str) -> Counter[tuple[str, str]]:
    """Return how often each (kind, text) occurs; white space within a text counts as one space."""
    return Counter((kind, " ".join(text.split())) for kind, text in _parts(markdown))


def _parts(markdown: str) -> Iterator[tuple[str, str]]:
    tokens = _COMMONMARK.parse(markdown)
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            yield "headings", f"{token.tag} {_text(tokens[position + 1])}"
        elif token.type == "fence":
            # a diagram's lines count, a code block's do not: they are the author's taste
            yield ("diagrams" if token.info == "mermaid" else "code blocks"), token.content
        elif token.type == "list_item_open":
            yield "list items", _text(tokens[position + 2])
        elif token.type in ("th_open", "td_open"):
            yield "table cells", _text(tokens[position + 1])


def _text(inline: Token) -> str:
    return "".join(
        " " if child.type == "softbreak" else child.content for child in inline.children or []
    )


def measure() -> list[tuple[str, int, int, int]]:
    """Return (kind, in the files, found, right) over all articles reconstructed by hand."""
    entries = {e.permalink: e for e in index.load(SHIPPED_INDEX)}
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for article in markdown_folder.load_folder(SHIPPED_ARTICLES):
        ours = parts(reconstruction.to_markdown(entries[article.permalink].content))
        theirs = parts(article.body)
        for counts, total in ((theirs, wanted), (ours, found), (ours & theirs, right)):
            for (kind, _), count in counts.items():
                total[kind] += count
    return [(kind, wanted[kind], found[kind], right[kind]) for kind in KINDS]


def table() -> str:
    """Return the measurement as a Markdown table."""
    lines = [
        "| part | reconstructed by hand | found | right | share right |",
        "| --- | --: | --: | --: | --: |",
    ]
    for kind, wanted, found, right in measure():
        share = f"{right / wanted:.0%}" if wanted else "–"
        lines.append(f"| {kind} | {wanted} | {found} | {right} | {share} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
