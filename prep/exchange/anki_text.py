"""Texts as the fields of Anki's notes: HTML that shows what was typed and fetches nothing.

Anki gives meanings of its own to what stands in a field: `[latex]`, `[sound:…]` and `[anki:…]` are
run, `\\(` and `\\[` begin a formula, a control character parts one field from the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

# Without the rule for pictures, `![text](address)` is a link after an exclamation mark.
_LINKED = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_CONTROL_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"}
_CONTROL_PICTURES[0x7F] = 0x2421


def from_markdown(markdown: str) -> str:
    """Return Markdown as HTML: no HTML of its own, no pictures, nothing that Anki would run."""
    return _without_brackets(_LINKED.render(_visible(markdown)).strip())


def labelled(label: str, text: str) -> str:
    """Return a paragraph of plain text, headed by what it is."""
    shown = _without_formulas(escape(_visible(text), quote=False))
    return _without_brackets(f"<p><b>{escape(label)}</b><br>{shown}</p>")


def link(text: str, address: str) -> str:
    """Return a paragraph that is a link."""
    shown = _without_formulas(escape(_visible(text), quote=False))
    return _without_brackets(f'<p><a href="{escape(_visible(address))}">{shown}</a></p>')


def _visible(text: str) -> str:
    """Return a text with a picture of each control character (`␟`) in its place."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL_PICTURES)


def _without_brackets(html: str) -> str:
    """Return the same HTML in which no `[latex]` or `[sound:…]` can be found."""
    return html.replace("[", "&#91;")


def _without_formulas(html: str) -> str:
    """Return HTML of a text in which a backslash and the bracket after it stand apart."""
    return html.replace("\\(", "\\<span></span>(").replace("\\[", "\\<span></span>[")


def _render_text(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any
) -> str:
    return _without_formulas(escape(tokens[index].content, quote=False))


_LINKED.add_render_rule("text", _render_text)
