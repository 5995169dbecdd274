"""The views of a question: in the address, the one that is next opened first."""

import pytest

from prep.clock import Clock
from prep.practice import answers
from prep.progress import reading

OFFERED = {
    "SD-001": ["Read", "Answer", "Details"],
    "L-01": ["Read", "Answer", "Stories", "Details"],
    "SD-090": ["Answer", "Details"],
    "PM-05": ["Answer", "Stories", "Details"],
}


def view(test, question_id):
    return test.segmented_control(key=f"view-{question_id}")


@pytest.mark.parametrize("question_id", OFFERED)
def test_a_question_offers_the_views_it_has(open_page, question_id):
    assert view(open_page("question", id=question_id), question_id).options == OFFERED[question_id]


def test_what_is_unread_is_read_first(open_page, db):
    assert view(open_page("question", id="SD-001"), "SD-001").value == "read"
    permalink = db.execute("SELECT permalink FROM question WHERE id = 'SD-001'").fetchone()[0]
    reading.mark_read(db, Clock(), permalink, True)
    assert view(open_page("question", id="SD-001"), "SD-001").value == "answer"


def test_who_began_an_answer_goes_on_with_it(open_page, db):
    answers.keep_draft(db, Clock(), "SD-001", "Begun")
    assert view(open_page("question", id="SD-001"), "SD-001").value == "answer"


def test_without_an_article_one_answers(open_page):
    assert view(open_page("question", id="SD-090"), "SD-090").value == "answer"


def test_a_view_that_is_chosen_stands_in_the_address_and_outlasts_a_reload(open_page):
    test = open_page("question", id="L-01")
    view(test, "L-01").set_value("stories").run()
    assert test.query_params["view"] == "stories"
    assert view(open_page("question", id="L-01", view="stories"), "L-01").value == "stories"


@pytest.mark.parametrize("said", ["", "nothing", "stories", "<script>"])
def test_a_view_that_it_does_not_have_is_passed_over(open_page, said):
    assert view(open_page("question", id="SD-001", view=said), "SD-001").value == "read"


def test_article_and_answer_stand_side_by_side(open_page):
    test = open_page("question", id="SD-001", view="answer", beside="true")
    shown = " ".join(str(element.value) for element in test.markdown)
    assert "1. Hook" in shown
    assert any(button.key == "save-answer" for button in test.button)


def test_the_address_that_an_answer_had_leads_to_its_view(open_page):
    test = open_page("answer", id="L-01")
    assert test.query_params == {"id": "L-01", "view": "answer"}
