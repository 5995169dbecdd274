"""Markdown rendered to HTML by comrak: as the site's generator has it, or with its lines."""

from __future__ import annotations

import re

from comrak import ExtensionOptions, RenderOptions, render_markdown

# No `autolink` and no smart typography: the site's index already holds typographic characters.
_EXTENSIONS = ExtensionOptions()
_EXTENSIONS.table = True

_AS_PUBLISHED = RenderOptions()
_AS_PUBLISHED.unsafe_ = True  # HTML in an article stays HTML

_WITH_LINES = RenderOptions()
_WITH_LINES.sourcepos = True
_WITH_LINES.escape = True  # HTML in an article is text, as Streamlit shows it


# What nothing closes is found once, up to the end, and stays: asked for only whole, it would be
# searched for from each of its beginnings.
_TAG = re.compile(r"<[^>]*>?")


def without_tags(html: str) -> str:
    """Return HTML without its tags."""
    return _TAG.sub(lambda found: "" if found[0].endswith(">") else found[0], html)


def as_published(markdown: str) -> str:
    """Return the HTML that the site's generator makes of Markdown. Never show it: it is unsafe."""
    return render_markdown(markdown, _EXTENSIONS, render_options=_AS_PUBLISHED)


def with_lines(markdown: str) -> str:
    """Return HTML whose blocks say where they stand: `data-sourcepos="line:column-line:column"`.

    Lines and columns count from 1, columns in bytes.
    """
    return render_markdown(markdown, _EXTENSIONS, render_options=_WITH_LINES)
