"""An answer is written, with its article beside it where that is wanted, and said aloud."""

import pytest

from prep.clock import Clock
from prep.practice import answers
from tests.pages.conftest import texts, unfold


def hook(test):
    return any("1. Hook" in str(element.value) for element in test.markdown)


def test_the_article_stands_beside_where_it_is_wanted(open_page):
    test = open_page("question", id="SD-001", view="answer")
    assert not hook(test)
    test.toggle(key="beside").set_value(True).run()
    assert hook(test)
    assert any(button.key == "save-answer" for button in test.button)


def test_without_an_article_nothing_is_offered_beside(open_page):
    test = open_page("question", id="PM-05", view="answer")
    assert "beside" not in {toggle.key for toggle in test.toggle}


@pytest.mark.parametrize(
    ("question_id", "aim"), [("PM-05", "aim for 3:00"), ("SD-001", "Rehearse")]
)
def test_it_can_be_said_aloud_against_its_target(open_page, db, question_id, aim):
    answers.save(db, Clock(), question_id, "In one line.")
    test = unfold(open_page("question", id=question_id, view="answer"), "say-aloud")
    assert aim in texts(test)
