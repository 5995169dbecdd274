"""Undo and redo beside every page."""

from prep.content.models import BEHAVIORAL
from prep.practice import mock
from tests.pages.conftest import texts
from tests.ui.practice.mock_interviews import hold


def named(page, key):
    return page.sidebar.button(key=key).proto.help


def test_the_buttons_name_what_they_would_do(open_page, db, tracker):
    assert named(open_page("today"), "undo") == "There is nothing to undo"
    tracker.set_status("L-01", "done")
    page = open_page("today")
    assert named(page, "undo") == "Takes back: L\\-01: status → done"
    page.sidebar.button(key="undo").click().run()
    assert named(page, "redo") == "Brings back: L\\-01: status → done"
    assert tracker.state("L-01").status == "todo"


def test_redo_is_there_only_where_there_is_something(open_page, db, tracker):
    tracker.set_status("L-01", "done")
    page = open_page("coverage")
    assert "redo" not in [button.key for button in page.sidebar.button]
    page.sidebar.button(key="undo").click().run()
    page.sidebar.button(key="redo").click().run()
    assert tracker.state("L-01").status == "done"
    assert "redo" not in [button.key for button in page.sidebar.button]


def test_what_was_undone_is_said_once(open_page, db, tracker):
    tracker.set_status("L-01", "done")
    page = open_page("today")
    page.sidebar.button(key="undo").click().run()
    assert [toast.value for toast in page.toast] == ["Undone: L\\-01: status → done"]
    page.run()
    assert not page.toast


def test_nothing_to_undo_is_said(open_page, db):
    page = open_page("today")
    page.sidebar.button(key="undo").click().run()
    assert [toast.value for toast in page.toast] == ["There is nothing to undo."]
    assert texts(page)


def test_undo_on_any_page_says_which_step_of_an_interview_it_took_back(open_page, db, clock):
    hold(db, clock, ["L-01", "L-02"], BEHAVIORAL)
    mock.discard(db, clock, "MI-001")
    test = open_page("today")
    for step in ("discarded", "finished", "started"):
        test.button(key="undo").click().run()
        assert test.toast[0].value == f"Undone: mock interview MI\\-001 {step}"
    assert mock.running(db) is None
