"""Front matter is read as names and values, and as nothing more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.markdown import front_matter

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def test_it_is_parted_from_the_text():
    assert front_matter.split("---\ntitle: A\n---\nText\n") == ({"title": "A"}, "Text\n")


@pytest.mark.parametrize(
    "text", ["", "Text", "--- \nno end", "Text\n---\ntitle: A\n---\n", "----\n"]
)
def test_a_text_without_it_is_all_text(text):
    assert front_matter.split(text) == ({}, text)
    assert front_matter.head(text) is None


def test_an_empty_one_says_nothing():
    assert front_matter.split("---\n---\nText") == ({}, "Text")


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("- a\n- b\n", "no list of names"),
        ("word\n", "no list of names"),
        ("a: [\n", "while parsing"),
        ("a: &x [1]\nb: *x\n", "aliases"),
        ("a: !!python/object:os.system x\n", "could not determine a constructor"),
        (f"a: {'[' * 30}{']' * 30}\n", "nested more than 20 deep"),
        (f"a: {'x' * 100_001}\n", "longer than 100,000 characters"),
    ],
)
def test_what_is_no_plain_mapping_is_refused(head, why):
    with pytest.raises(ValueError, match=why):
        front_matter.split(f"---\n{head}---\n")


@given(st.dictionaries(st.from_regex(r"\A[a-z_]{1,9}\Z"), TEXTS, max_size=4), TEXTS)
def test_what_is_written_is_read_back_to_the_letter(meta, body):
    assert front_matter.split(front_matter.dump(meta) + body) == (meta, body)


@pytest.mark.parametrize(
    ("value", "text"), [("a", "a"), (None, ""), (2024, "2024"), (True, "True"), ("", "")]
)
def test_a_value_is_said_as_text(value, text):
    assert front_matter.text_of({"key": value}, "key") == text


@pytest.mark.parametrize("value", [["a"], {"a": 1}, "a\0b", "\ud800"])
def test_what_is_no_text_is_refused(value):
    with pytest.raises(ValueError, match="key"):
        front_matter.text_of({"key": value}, "key")
