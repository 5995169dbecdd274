import json

import pytest

from prep.content.sites import index
from prep.errors import IndexFormatError


def test_the_shipped_index_has_its_69_entries_39_of_them_articles(entries):
    assert len(entries) == 69
    assert len(index.articles(entries)) == 39


def test_articles_lie_in_five_folders(entries):
    counts = {}
    for entry in index.articles(entries):
        folder = index.article_folder(entry.permalink)
        counts[folder] = counts.get(folder, 0) + 1
    assert counts == {
        "/system-design/classic/": 10,
        "/behavioral/leadership/": 7,
        "/posts/system-design-basics/": 18,
        "/posts/java/": 3,
        "/posts/spring/": 1,
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{not json", "not JSON"),
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"a": 1}', "a search index is a JSON list, this is an object"),
        ("null", "this is null"),
        ("[1]", "entry 1 is a number, expected an object"),
        ('[{"title": "x"}]', "entry 1 lacks permalink, section, summary, content"),
    ],
)
def test_what_is_no_index_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(IndexFormatError, match=sentence) as error:
        index.loads(text, source="some.json")
    assert str(error.value).startswith("some.json: ")
    assert "\n" not in str(error.value)


def entry(**changes):
    fields = {"title": "t", "permalink": "/p/", "section": "s", "summary": "", "content": ""}
    return fields | changes


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"content": 5}, "content is a number, expected text"),
        ({"permalink": "https://elsewhere/"}, "must start with a slash"),
        ({"title": "a\0b"}, "NUL"),
        ({"title": "\ud800"}, "broken Unicode"),
    ],
)
def test_a_broken_entry_is_named(changes, sentence):
    with pytest.raises(IndexFormatError, match=sentence):
        index.loads(json.dumps([entry(**changes)]))


def test_a_permalink_twice_is_refused():
    with pytest.raises(IndexFormatError, match="/p/ stands there twice"):
        index.loads(json.dumps([entry(), entry()]))


def test_an_index_without_a_sheet_says_which_is_missing():
    with pytest.raises(IndexFormatError, match="/quest-sheet/ or /behavioral-quest-sheet/"):
        index.find_sheets(index.loads(json.dumps([entry()])))


def test_a_missing_file_is_an_index_error(tmp_path):
    with pytest.raises(IndexFormatError, match="there is no such file"):
        index.load(tmp_path / "none.json")
