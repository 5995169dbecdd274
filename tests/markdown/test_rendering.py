"""Markdown as HTML: as the site publishes it, and with the lines it stands on."""

import pytest

from prep.markdown import rendering


def test_html_stays_html_as_it_is_published():
    assert rendering.as_published("a <b>c</b>") == "<p>a <b>c</b></p>\n"


def test_tables_are_read():
    assert "<td>1</td>" in rendering.as_published("| a |\n| - |\n| 1 |\n")


@pytest.mark.parametrize("typed", ["https://example.org", '"quoted" -- words...'])
def test_nothing_is_made_prettier(typed):
    html = rendering.as_published(typed)
    assert "<a" not in html
    assert "…" not in html and "“" not in html


def test_blocks_say_where_they_stand_in_bytes():
    html = rendering.with_lines("# Ü\n\ntext\n")
    assert '<h1 data-sourcepos="1:1-1:4">' in html
    assert '<p data-sourcepos="3:1-3:4">' in html


def test_html_is_text_where_lines_are_asked_for():
    assert "&lt;b&gt;" in rendering.with_lines("<b>bold</b>")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a <b>c</b></p>", "a c"),
        ("no tags", "no tags"),
        ("a < b", "a < b"),
        ("a <b", "a <b"),
        ('<a href="x">y</a>', "y"),
        ("", ""),
    ],
)
def test_tags_are_taken_out(html, text):
    assert rendering.without_tags(html) == text
