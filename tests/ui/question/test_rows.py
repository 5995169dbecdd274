"""Questions as they stand on pages of all subjects."""

import pytest

from tests.pages.conftest import texts


@pytest.mark.parametrize(
    "question_id", ["", "L-99", "<script>", "'; --", "../../etc/passwd", "x" * 5000]
)
def test_an_unknown_question_is_a_sentence_and_a_way_on(open_page, db, question_id):
    test = open_page("question", id=question_id)
    assert test.title[0].value == "No such question"
    assert len(test.error) == 1


def test_starting_a_question_on_today_is_kept_and_opens_it(open_page, db, planned):
    test = open_page("today")
    test.button(key="start-SD-001").click().run()
    assert db.execute("SELECT status FROM progress").fetchall() == [("in_progress",)]
    assert test.header[0].value == r"URL Shortener \(bit\.ly\)"
    assert test.query_params == {"id": "SD-001", "from": "today"}
    assert r"SD\-001: status → in progress" in texts(test.switch_page("pages/today.py").run())
