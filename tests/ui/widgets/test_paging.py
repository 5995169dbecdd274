"""Long lists come a page at a time."""

import pytest

from prep.clock import Clock
from prep.progress import own_questions
from tests.pages.conftest import texts

MINE = {"sheet": "behavioral", "category_position": 1, "level": "EM", "difficulty": "High"}


@pytest.fixture
def long_sheets(db):
    """Both sheets and ten questions more: 301."""
    for n in range(10):
        own_questions.add(db, Clock(), MINE | {"title": f"Mine {n}"})
    return db


def pages(test):
    return test.get("pagination")


def rows(test):
    return len(test.session_state["table_ids"])


def test_both_sheets_stand_on_one_page(open_page):
    test = open_page("sheets")
    assert not pages(test)
    assert rows(test) == 291


def test_more_questions_than_a_page_holds_have_a_second(open_page, long_sheets):
    test = open_page("sheets")
    assert "301 questions" in texts(test)
    assert len(pages(test)) == 1
    assert rows(test) == 300
    test.session_state["page"] = 2
    assert rows(test.run()) == 1


def test_fewer_matches_lead_back_to_the_last_page_there_is(open_page, long_sheets):
    test = open_page("sheets")
    test.session_state["page"] = 2
    test.run()
    test.text_input(key="q").set_value("Mine").run()
    assert not pages(test)
    assert rows(test) == 10
    assert not test.exception


@pytest.mark.parametrize("page", ["0", "-1", "99", "two", "2"])
def test_a_page_in_the_address_may_be_any_text(open_page, long_sheets, page):
    test = open_page("sheets", page=page)
    assert rows(test) == (1 if page == "2" else 300)
