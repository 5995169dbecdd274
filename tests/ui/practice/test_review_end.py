"""In a session the reviews lead on to the questions, and what failed comes back at its end."""

import pytest

from prep.clock import Clock
from prep.planning import daily_session
from prep.practice import reviews
from prep.progress.tracker import Tracker
from tests.pages.conftest import days_ago, texts

TWO = ("PM-05", "PM-06")


@pytest.fixture
def running(planned):
    """A session with two questions and two reviews that are due."""
    edit = {"status": "done", "started_on": days_ago(5), "done_on": days_ago(5)}
    Tracker(planned, Clock()).edit(dict.fromkeys(TWO, edit))
    daily_session.begin(planned, Clock(), ["SD-001", "L-01"])
    return planned


def keys(test):
    return {button.key for button in test.button}


def test_while_reviews_are_due_they_are_shown(open_page, running):
    test = open_page("review")
    assert "reveal" in keys(test)
    assert "after-reviews" not in keys(test)


def test_after_the_last_one_leads_to_the_first_question(open_page, running):
    for question_id in TWO:
        reviews.rate(running, Clock(), question_id, 3)
    test = open_page("review")
    assert test.button(key="after-reviews").label == r"Next: URL Shortener \(bit\.ly\)"
    test.button(key="after-reviews").click().run()
    assert test.query_params == {"id": "SD-001", "from": "today"}
    assert Tracker(running, Clock()).state("SD-001").status == "in_progress"


def test_what_was_failed_waits_for_the_end_of_the_session(open_page, running):
    reviews.rate(running, Clock(), TWO[0], 3)
    reviews.rate(running, Clock(), TWO[1], 1)
    test = open_page("review")
    assert "reveal" not in keys(test)
    assert "1 review once more at the end of the session" in str(test.success[0].value)
    Tracker(running, Clock()).set_status(["SD-001", "L-01"], "done")
    assert "reveal" in keys(open_page("review"))


def test_the_last_review_ends_the_session(open_page, running):
    Tracker(running, Clock()).set_status(["SD-001", "L-01"], "done")
    for question_id in TWO:
        reviews.rate(running, Clock(), question_id, 3)
    test = open_page("review")
    test.button(key="after-reviews").click().run()
    assert test.title[0].value == "Session"
    assert "That is all for today." in texts(test)
    assert daily_session.running(running, Clock()) is None


def test_without_a_session_reviews_end_as_they_do(open_page, planned):
    assert "after-reviews" not in keys(open_page("review"))
