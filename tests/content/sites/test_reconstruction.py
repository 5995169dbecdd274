"""Automatic Markdown: what the text tells is found, and hostile text stays text."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.content.sites import reconstruction
from prep.markdown.plain_text import flatten, published_text


def test_headings_lists_and_paragraphs():
    content = (
        "1. Hook # A paragraph.\n2. Problem # Functional Requirements # Users can pay."
        " Users can see. Out of Scope # Billing, taxes 3. End"
        " # Last words.\n"
    )
    assert reconstruction.to_markdown(content) == (
        "## 1. Hook\n\nA paragraph.\n\n## 2. Problem\n\n### Functional Requirements\n\n"
        "- Users can pay.\n- Users can see.\n\n### Out of Scope\n\n- Billing, taxes\n\n"
        "## 3. End\n\nLast words.\n"
    )


def test_java_is_fenced_and_broken_at_braces_and_statements():
    content = (
        "Step 1: Add # Here it is.\npublic void add(T x) { head = x; size++; }"
        " That was the method.\n"
    )
    assert "```java\npublic void add(T x) {\n    head = x;\n    size++;\n}\n```" in (
        reconstruction.to_markdown(content)
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](x onerror=alert(1))",
        "a | b | c",
        "``` unclosed",
        "1. not a list",
        "- nor this",
        "**not bold** _nor this_ ~~nor~~",
        "# no heading",
        "an &emsp; entity, &#8212; and &copy; too",
    ],
)
def test_markup_in_the_text_stays_text(text):
    content = html.escape(text) + "\n"
    assert flatten(reconstruction.to_markdown(content)) == published_text(content)


@settings(max_examples=150)
@given(
    st.text(  # a byte order mark that a text begins with is none of its characters
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), max_size=200
    )
)
def test_any_paragraph_comes_back(text):
    words = " ".join(text.split())
    content = html.escape(words) + "\n"
    restored = flatten(reconstruction.to_markdown(content))
    assert "".join(restored.split()) == "".join(published_text(content).split())
