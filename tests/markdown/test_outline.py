import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.markdown import outline

TEXT = """Before any heading.

## 1. Hook

Text.

```text
## not a heading
```

### Why `x` & **y**?

More.

## 2. End
"""


def test_sections_begin_at_second_level_headings():
    sections = outline.sections(TEXT)
    assert [s.heading.text if s.heading else None for s in sections] == [None, "1. Hook", "2. End"]
    assert [h.text for h in sections[1].headings] == ["1. Hook", "Why x & y?"]
    assert "## not a heading" in sections[1].markdown


def test_passages_begin_at_every_heading():
    assert [p.heading.level if p.heading else 0 for p in outline.passages(TEXT)] == [0, 2, 3, 2]


@pytest.mark.parametrize("text", ["", "no heading", "## ", "## only"])
def test_sections_hold_all_of_the_text(text):
    joined = "\n".join(section.markdown for section in outline.sections(text))
    assert joined.split() == text.split()


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("1. Hook", "1-hook"),
        ("5.1 Code — Base62 + Counter vs. Hash", "5-1-code-base62-counter-vs-hash"),
        ("synchronized & Locks (Java 21)", "synchronized-and-locks-java-21"),
        ("What’s New", "whats-new"),
        ("Why WebSocket over HTTP polling?", "why-web-socket-over-http-polling"),
        ("X3DH handshake", "x3-dh-handshake"),
        ("Public key storage — PostgreSQL", "public-key-storage-postgre-sql"),
        ("Phase 2 — Growth (10K → 500K DAU)", "phase-2-growth-10-k-500-k-dau"),
        ("7.2 AV1 vs H.264", "7-2-av-1-vs-h-264"),
        ("Pre-Signed URLs", "pre-signed-urls"),
        ("100% of 3×4 → 5", "100-of-3-4-5"),
    ],
)
def test_anchors_are_those_that_streamlit_gives(text, anchor):
    assert outline.anchor_of(text) == anchor


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", ""),
        ("No heading.\n", "No heading.\n"),
        ("## A\n\n\n## B\n\n\n", ""),
        ("First.\n\n## A\n\n## B\n\nText.\n", "First.\n\n## B\n\nText.\n"),
        ("## A\n\n### Below\n\nText.\n\n## B\n", "## A\n\n### Below\n\nText.\n"),
        ("## A\n\n### Below\n\n#### Deeper\n\n## B\n\nText.\n", "## B\n\nText.\n"),
        ("## A\n\n### One\n\n### Two\n\nText.\n", "## A\n\n### Two\n\nText.\n"),
        ("### Deep\n\n## High\n\nText.\n", "## High\n\nText.\n"),
        ("## A\n\n- \n\n## B\n\n---\n\n## C\n\n> \n", ""),
        ("Set\n===\n\nNext\n----\n\nText.\n", "Set\n===\n\nNext\n----\n\nText.\n"),
        ("Text.\n## A\nNext\n====\nMore.", "Text.\n\nNext\n====\nMore."),
        ("It is text that\n- \n", "It is text that\n- \n"),
    ],
)
def test_a_heading_without_text_below_is_left_out(written, shown):
    assert outline.without_empty_sections(written) == shown


@pytest.mark.parametrize(
    "below",
    [
        "A word.",
        "- 1",
        "`x`",
        "```text\n## not a heading\n```",
        "![a picture](https://example.com/a.png)",
        "| a | b |\n| - | - |\n| 1 | 2 |",
        "[place]: https://example.com",
        "→",
        "<br>",
    ],
)
def test_a_heading_with_anything_below_stays(below):
    text = f"## A\n\n{below}\n\n## B\n\nSee [place].\n"
    assert outline.without_empty_sections(text) == text


LINES = ["# A", "## B", "### C", "text", "", "- ", "```", "> ## Q", "--"]


@given(st.lists(st.sampled_from(LINES)))
def test_text_is_never_left_out_with_a_heading(lines):
    text = "\n".join(lines)
    shown = outline.without_empty_sections(text)
    assert shown.count("text") == text.count("text")
    assert outline.without_empty_sections(shown) == shown
