"""The filters of Sheets, which stand in its address."""

import pytest

from tests.pages.conftest import texts


def test_sheets_filters_come_from_the_address(open_page, db):
    test = open_page("sheets", category="Fintech", sheet="System design")
    assert "**11 questions**" in texts(test)
    assert test.multiselect(key="category").value == ["Fintech"]


def test_sheets_says_when_nothing_matches_and_shows_all_again(open_page, db):
    test = open_page("sheets", q="no such words")
    assert [info.value for info in test.info] == ["No question matches these filters."]
    next(button for button in test.button if button.label == "Show all").click().run()
    assert "**291 questions**" in texts(test)


@pytest.mark.parametrize("text", ["'; DROP TABLE question; --", "%", "_", '"', "\\", "*" * 500])
def test_any_text_can_be_searched_for(open_page, db, text):
    test = open_page("sheets")
    test.text_input(key="q").set_value(text).run()
    assert not test.exception
    assert db.execute("SELECT count(*) FROM question").fetchone()[0] == 291
