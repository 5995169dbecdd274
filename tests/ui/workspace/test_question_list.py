"""The list that a question was opened from: its questions, and the way back to exactly it."""

from urllib.parse import urlencode

import pytest

from prep.content import questions
from tests.pages.conftest import texts

SHEETS = "sheets?" + urlencode(
    [("sheet", "Behavioral"), ("level", "DIR"), ("level", "EM"), ("q", "team")]
)


@pytest.fixture
def listed(db):
    """The ids that the filters of SHEETS leave."""
    found = questions.find(db, {"sheet": ["behavioral"], "level": ["DIR", "EM"]}, "team")
    return [question.id for question in found]


def back(test):
    """Return where the way back leads: its label and its address."""
    link = next(element for element in test.main if element.type == "page_link")
    return link.proto.label, link.proto.query_string


def test_a_question_of_a_filtered_sheet_stands_in_that_list(open_page, listed):
    test = open_page("question", id=listed[2], **{"from": SHEETS})
    assert f"3 of {len(listed)}" in texts(test)


@pytest.mark.parametrize("word", ["previous", "next"])
def test_its_neighbours_are_those_of_the_list(open_page, listed, word):
    test = open_page("question", id=listed[2], **{"from": SHEETS})
    test.button(key=f"foot-{word}").click().run()
    assert test.query_params["id"] == listed[1 if word == "previous" else 3]
    assert test.query_params["from"] == SHEETS


def test_a_question_that_left_the_list_still_leads_back(open_page, listed):
    test = open_page("question", id="SD-001", **{"from": SHEETS})
    assert not test.exception
    test.button(key="foot-next").click().run()
    assert test.query_params["id"] == listed[0]


def test_without_a_list_it_is_the_category(open_page, db):
    of_category = [q.id for q in questions.find(db, {"category": ["behavioral:1"]})]
    test = open_page("question", id=of_category[-1])
    assert f"{len(of_category)} of {len(of_category)}" in texts(test)
    assert test.button(key="foot-next").disabled


@pytest.mark.parametrize(
    "said",
    [
        "sheets",
        "sheets?",
        "sheets?level=nothing&sheet=%00",
        "sheets?q=" + "x" * 5000,
        "elsewhere",
        "today?x",
        "%",
        "sheets?sheet=Behavioral&sheet=System+design",
    ],
)
def test_whatever_the_address_says_the_question_is_there(open_page, said):
    test = open_page("question", id="L-01", **{"from": said})
    assert not test.error
    assert test.header[0].value.startswith("Tell me about a time")
