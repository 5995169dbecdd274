"""Answering a question of a mock interview against the clock."""

from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import mock
from prep.progress import settings
from prep.ui.browser import countdown
from tests.pages.conftest import texts
from tests.ui.practice.mock_interviews import labels, start


def test_pause_notes_and_next_are_kept(open_page, db, clock):
    start(db, clock, ["L-01", "L-02"], BEHAVIORAL)
    test = open_page("mock")
    test.button(key="pause").click().run()
    assert mock.running(db).running_since is None
    test.button(key="resume").click().run()
    assert mock.running(db).running_since
    test.text_area(key="note-MI-001-L-01").set_value("Slow start").run()
    test.button(key="next").click().run()
    attempt = mock.running(db)
    assert (attempt.question_id, attempt.notes) == ("L-02", {"L-01": "Slow start"})
    assert "Question 2 of 2" in texts(test)
    assert "Finish and score" in labels(test.button)


def test_blind_hides_level_and_difficulty_until_it_is_rated(open_page, db, clock):
    settings.change(db, clock, {"practise_blind": "on"})
    start(db, clock, ["L-01"])
    test = open_page("mock")
    assert "L\\-01 · Leadership" in texts(test)
    assert "High" not in texts(test)
    test.button(key="next").click().run()
    assert "High" not in texts(test)
    test.button_group(key="overall-MI-001").set_value(3).run()
    assert "EM\\+DIR · High" in texts(test)


def test_discard_leads_back_to_the_setup(open_page, db, clock):
    start(db, clock, ["L-01"])
    test = open_page("mock")
    test.button(key="discard").click().run()
    assert mock.running(db) is None
    assert "questions match" in texts(test)


def test_the_countdown_has_the_stages_that_are_set(open_page, db, clock, monkeypatch):
    told = []
    monkeypatch.setattr(countdown, "_countdown", lambda **parts: told.append(parts["data"]))
    text = "requirements=9, estimates=0, design=18, deep dive=9, failure=9, wrap-up=0"
    settings.change(db, clock, {"stages": text})
    start(db, clock, ["SD-001"], SYSTEM_DESIGN)
    open_page("mock")
    assert told[-1]["stages"] == [
        ["Requirements", 540],
        ["Design", 1080],
        ["Deep dive", 540],
        ["Failure", 540],
    ]
