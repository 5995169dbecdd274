"""Markdown flattened to the text that the site's index holds."""

import pytest

from prep.markdown import plain_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# One\n\nTwo", "One # Two"),
        ("a\n\nb", "a\nb"),
        ("a\nb", "a b"),
        ("a  \nb", "a\nb"),
        ("- a\n- b", "a b"),
        ("| a | b |\n| - | - |\n| 1 | 2 |", "a b 1 2"),
        ("`x < y` & *z*", "x < y & z"),
        ("[a](https://x.org)", "a"),
        ("```\nx\ny\n```", "x y"),
        ("", ""),
    ],
)
def test_markdown_loses_its_marks(markdown, text):
    assert plain_text.flatten(markdown) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [("a  b", "a b"), (" a \n\n b ", "a\nb"), ("a\t\r\f\vb", "a b"), ("a\u00a0b", "a\u00a0b")],
)
def test_runs_of_space_are_one(typed, text):
    assert plain_text.normalise(typed) == text


def test_entities_are_read_once():
    assert plain_text.published_text("a &amp;amp; b &lt;") == "a &amp; b <"


@pytest.mark.parametrize(
    ("expected", "actual", "offset"),
    [("abc", "abd", 2), ("abc", "ab", 2), ("", "a", 0), ("é" * 200, "é" * 199 + "e", 199)],
)
def test_the_first_place_is_named_where_two_texts_part(expected, actual, offset):
    found = plain_text.first_difference(expected, actual)
    assert found.offset == offset
    assert str(found).startswith(f"differs at character {offset}: published ")


def test_equal_texts_do_not_differ():
    assert plain_text.first_difference("same", "same") is None
