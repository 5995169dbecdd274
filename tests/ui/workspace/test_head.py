"""What stands above a question: its place in the list, its status, the time that runs."""

import pytest

from prep.clock import Clock
from prep.content import questions
from prep.progress import time_spent
from prep.ui.workspace import head
from tests.pages.conftest import texts


def test_it_says_where_the_question_stands_today(open_page, planned):
    shown = texts(open_page("question", id="L-01", **{"from": "today"}))
    assert "2 of 2 today" in shown


def test_time_goes_into_the_question_and_while_reading_into_the_article(db):
    question, clock = questions.get(db, "SD-001"), Clock()
    head._add(db, clock, question, time_spent.READING, 20)
    head._add(db, clock, question, time_spent.ANSWERING, 40)
    assert time_spent.seconds_on(db, "SD-001", clock.today()) == 60
    read = db.execute("SELECT permalink, seconds FROM reading").fetchall()
    assert read == [(question.permalink, 20)]


def test_time_on_a_question_without_an_article_is_its_own(db):
    question, clock = questions.get(db, "SD-090"), Clock()
    head._add(db, clock, question, time_spent.READING, 20)
    assert time_spent.seconds_on(db, "SD-090", clock.today()) == 20


def test_a_status_is_changed_at_the_top_of_every_view(open_page, tracker):
    for view in ("read", "answer", "stories", "details"):
        test = open_page("question", id="L-01", view=view)
        test.segmented_control(key="status-L-01").set_value("drafted").run()
        assert tracker.state("L-01").status == "drafted"
        test.segmented_control(key="status-L-01").set_value("todo").run()
        assert tracker.state("L-01").status == "todo"


@pytest.mark.parametrize("view", ["read", "answer", "stories", "details"])
def test_the_foot_follows_the_status(open_page, tracker, view):
    test = open_page("question", id="L-01", view=view)
    for status, offered in [("done", "go-on"), ("drafted", "done-next"), ("done", "go-on")]:
        test.segmented_control(key="status-L-01").set_value(status).run()
        assert offered in {button.key for button in test.button}
        assert {"go-on", "done-next"} - {offered} - {button.key for button in test.button}
    assert tracker.state("L-01").status == "done"
