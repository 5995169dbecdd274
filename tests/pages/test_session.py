"""The session's page: what is left while it runs, what was done once it is over."""

import pytest

from prep.clock import Clock
from prep.planning import daily_session
from prep.practice import reviews
from prep.progress import time_spent
from prep.progress.tracker import Tracker

from .conftest import days_ago, texts

pytestmark = pytest.mark.usefixtures("one_day")


def figures(test):
    return {metric.label: metric.value for metric in test.metric}


@pytest.mark.parametrize("state", ["db", "half_done", "all_done", "planned"])
def test_it_opens_in_every_state(open_page, request, state):
    request.getfixturevalue(state)
    test = open_page("session")
    assert test.title[0].value == "Session"
    assert not test.error


def test_without_one_it_offers_to_begin(open_page, planned):
    test = open_page("session")
    assert "No session was begun today." in texts(test)
    test.button(key="begin").click().run()
    assert test.query_params["id"] == "SD-001"


def test_it_sums_up_what_was_done(open_page, planned):
    clock = Clock()
    Tracker(planned, clock).edit(
        {"PM-05": {"status": "done", "started_on": days_ago(5), "done_on": days_ago(5)}}
    )
    daily_session.begin(planned, clock, ["SD-001", "L-01"])
    reviews.rate(planned, clock, "PM-05", 3)
    Tracker(planned, clock).set_status("SD-001", "done")
    Tracker(planned, clock).set_status("L-01", "drafted")
    time_spent.add(planned, clock, "SD-001", time_spent.READING, 600)
    time_spent.enter(planned, clock, "L-01", 25, clock.today())
    daily_session.end(planned, clock)
    test = open_page("session")
    assert figures(test) == {
        "Questions done": "1 of 2",
        "Reviewed": "1",
        "Time spent": "35 min",
        "Streak": "1 day",
    }
    shown = texts(test)
    assert r"URL Shortener \(bit\.ly\)" in shown
    assert ":orange-badge[:material/edit_note: Drafted]" in shown


def test_one_that_was_ended_early_can_be_taken_up_again(open_page, planned):
    daily_session.begin(planned, Clock(), ["SD-001", "L-01"])
    daily_session.end(planned, Clock())
    test = open_page("session")
    assert "2 questions of today stay open" in texts(test)
    test.button(key="begin").click().run()
    assert daily_session.running(planned, Clock()) is not None


def test_it_says_what_comes_on_the_next_study_day(open_page, planned):
    shown = texts(open_page("session"))
    assert "Next: " in shown
