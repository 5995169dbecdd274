"""The way through the day: reviews, then each question, then what was done."""

import pytest

from prep.clock import Clock
from prep.planning import daily_session, plan_status
from prep.practice import review_queue, reviews
from prep.progress import settings
from prep.progress.tracker import Tracker
from tests.pages.conftest import days_ago


def begin(open_page):
    test = open_page("today")
    test.button(key="begin").click().run()
    assert not test.exception
    return test


def test_begin_says_the_minutes_and_leads_to_the_first_question(open_page, planned):
    test = open_page("today")
    assert test.button(key="begin").label == "Begin · 88 min"
    test.button(key="begin").click().run()
    assert test.query_params == {"id": "SD-001", "from": "today"}
    assert daily_session.running(planned, Clock()) is not None
    assert Tracker(planned, Clock()).state("SD-001").status == "in_progress"


def test_due_reviews_come_first(open_page, planned):
    Tracker(planned, Clock()).edit(
        {"PM-05": {"status": "done", "started_on": days_ago(5), "done_on": days_ago(5)}}
    )
    assert begin(open_page).title[0].value == "Review"


def test_it_is_taken_up_where_it_was_left(open_page, planned):
    begin(open_page)
    Tracker(planned, Clock()).set_status("SD-001", "done")
    test = open_page("today")
    assert test.button(key="begin").label.startswith("Go on · ")
    test.button(key="begin").click().run()
    assert test.query_params["id"] == "L-01"


def test_with_nothing_left_today_shows_what_was_done(open_page, planned):
    begin(open_page)
    Tracker(planned, Clock()).set_status(["SD-001", "L-01"], "done")
    test = open_page("today")
    assert "begin" not in {button.key for button in test.button}
    links = [element for element in test.main if element.type == "page_link"]
    assert "What was done" in {link.proto.label for link in links}


def test_reviews_beyond_the_minutes_of_a_day_wait(open_page, planned):
    settings.change(planned, Clock(), {"pace": "30 minutes", "minutes_a_day": "30"})
    ids = [q for (q,) in planned.execute("SELECT id FROM question LIMIT 40")]
    edit = {"status": "done", "started_on": days_ago(5), "done_on": days_ago(5)}
    Tracker(planned, Clock()).edit(dict.fromkeys(ids, edit))
    assert open_page("today").button(key="begin").label == "Begin · 30 min"


@pytest.mark.parametrize("count", [2, 3])
def test_a_double_click_begins_one_session(open_page, planned, count):
    test = open_page("today")
    for _ in range(count):
        test.button(key="begin").click()
    test.run()
    assert planned.execute("SELECT count(*) FROM session").fetchone() == (1,)


def test_a_review_that_is_done_brings_no_further_question(open_page, planned):
    clock = Clock()
    settings.change(planned, clock, {"pace": "90 minutes", "minutes_a_day": "90"})
    edit = {"status": "done", "started_on": days_ago(5), "done_on": days_ago(5)}
    Tracker(planned, clock).edit(dict.fromkeys([f"PM-{n:02}" for n in range(1, 11)], edit))

    def todays():
        return [item.id for item in plan_status.load(planned, clock.today()).on(clock.today())]

    before = todays()
    for item in review_queue.due(planned, clock, settings.load(planned)):
        reviews.rate(planned, clock, item.question_id, 3)
    assert review_queue.due(planned, clock, settings.load(planned)) == []
    assert todays() == before
