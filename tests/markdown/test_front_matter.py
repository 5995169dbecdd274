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
        ("a: !!python/object:os.system x\n", "tags are not read here"),
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
    "typed",
    [
        "a",
        "2024",
        "2020.10",
        "007",
        "1e3",
        "0x1F",
        "No",
        "on",
        "true",
        "2026-02-30",
        "12:30:45",
        "2026-04-07T10:00:00Z",
        ".inf",
        "=",
        "<<",
    ],
)
def test_a_value_is_the_text_that_was_typed(typed):
    meta, _ = front_matter.split(f"---\nkey: {typed}\n---\n")
    assert front_matter.text_of(meta, "key") == typed


@pytest.mark.parametrize("typed", ["", "~", "null", "''"])
def test_nothing_is_an_empty_text(typed):
    meta, _ = front_matter.split(f"---\nkey: {typed}\n---\n")
    assert front_matter.text_of(meta, "key") == front_matter.text_of(meta, "other") == ""


@pytest.mark.parametrize("head", ["a: 1\na: 2\n", "b: {a: 1, a: 2}\n", "a: 1\n'a': 2\n"])
def test_a_name_that_stands_there_twice_is_refused(head):
    with pytest.raises(ValueError, match="a stands there twice"):
        front_matter.split(f"---\n{head}---\n")


@pytest.mark.parametrize("value", [["a"], {"a": 1}, 7, "a\0b", "\ud800"])
def test_what_is_no_text_is_refused(value):
    with pytest.raises(ValueError, match="key"):
        front_matter.text_of({"key": value}, "key")
