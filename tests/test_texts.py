"""What a person typed, as it is kept."""

import pytest

from prep import texts
from prep.errors import InvalidValue


@pytest.mark.parametrize("typed", ["a b", "  a \t b\n", "a\r\nb", "a\u2028b", "a\0 \0b"])
def test_a_line_has_single_spaces(typed):
    assert texts.one_line(typed) == "a b"


@pytest.mark.parametrize(("typed", "kept"), [("a\0b", "ab"), ("\0", ""), ("a\r\n b ", "a\r\n b ")])
def test_a_text_keeps_all_but_nul(typed, kept):
    assert texts.without_nul(typed) == kept


def test_each_line_of_a_text_ends_by_a_line_feed():
    assert texts.multiline("a\r\n\0b\n") == "a\nb\n"


def test_a_text_of_the_longest_length_is_kept():
    assert texts.bounded("x" * 10, 10, "notes hold") == "x" * 10


def test_a_longer_one_is_refused_with_both_lengths():
    with pytest.raises(InvalidValue, match=r"^notes hold at most 1,000 characters, not 1,001$"):
        texts.bounded("x" * 1_001, 1_000, "notes hold")
