"""Search from every page."""

import pytest

from prep.content.search import MATCH_END, MATCH_START
from prep.ui.shell import search_box
from tests.pages.conftest import texts


def searched(open_page, words):
    page = open_page("today")
    page.session_state["search-query"] = words  # in the harness a dialog is drawn for one run
    page.sidebar.button(key="search").click().run()
    return page


@pytest.mark.parametrize("words", ["url shortener", "zebra"])
def test_a_question_an_article_and_a_note_are_found(open_page, db, tracker, words):
    tracker.edit({"SD-001": {"personal_notes": "a zebra in Lisbon"}})
    page = searched(open_page, words)
    labels = [link.proto.label for link in page.get("page_link")]
    assert any("URL Shortener" in label for label in labels)
    assert f"**{words.split()[0]}" in texts(page).lower()


def test_what_is_not_found_is_said_as_it_was_typed(open_page, db):
    assert "Nothing found for qqqzzz\\*" in texts(searched(open_page, "qqqzzz*"))


def test_a_misspelt_word_is_corrected_and_said(open_page, db):
    assert "Showing results for" in texts(searched(open_page, "shortner"))


def test_before_a_word_it_says_how_to_search(open_page, db):
    page = open_page("today")
    page.sidebar.button(key="search").click().run()
    assert "Any words, in any order" in texts(page)


@pytest.mark.parametrize(
    ("snippet", "shown"),
    [("plain", "plain"), (f"a {MATCH_START}b{MATCH_END} c", "a **b** c"), ("*x*", "\\*x\\*")],
)
def test_matches_are_bold_and_markup_is_text(snippet, shown):
    assert search_box._marked(snippet) == shown
