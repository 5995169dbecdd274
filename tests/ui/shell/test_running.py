"""A line on every page says what is running, and leads back to it."""

import pytest

from prep.clock import Clock
from prep.content.models import BEHAVIORAL
from prep.planning import daily_session
from prep.practice import mock
from tests.pages.conftest import texts

ELSEWHERE = ["sheets", "coverage", "timeline", "stories", "review", "mock", "read", "data"]


@pytest.fixture
def running(planned):
    daily_session.begin(planned, Clock(), ["SD-001", "L-01"])
    return planned


@pytest.mark.parametrize("page", ELSEWHERE)
def test_a_running_session_is_named_everywhere(open_page, running, page):
    shown = texts(open_page(page))
    assert r"**Session** · 0 of 2 questions done · next: URL Shortener \(bit\.ly\)" in shown


@pytest.mark.parametrize("page", [*ELSEWHERE, "today", "session"])
def test_where_nothing_runs_nothing_is_said(open_page, planned, page):
    shown = texts(open_page(page))
    assert "**Session**" not in shown
    assert "A mock interview is running" not in shown


def test_it_is_not_said_where_it_leads_to(open_page, running):
    assert "**Session**" not in texts(open_page("question", id="SD-001", **{"from": "today"}))
    assert "**Session**" in texts(open_page("question", id="L-07"))


@pytest.mark.parametrize("page", [*(p for p in ELSEWHERE if p != "mock"), "today", "session"])
def test_a_running_mock_interview_is_named_too(open_page, planned, page):
    mock.start(planned, Clock(), BEHAVIORAL, ["L-01", "L-02"])
    assert "A mock interview is running" in texts(open_page(page))


def test_the_mock_interview_itself_needs_no_line(open_page, planned):
    mock.start(planned, Clock(), BEHAVIORAL, ["L-01", "L-02"])
    assert "A mock interview is running" not in texts(open_page("mock"))


def test_a_session_is_ended_from_anywhere_and_shows_what_was_done(open_page, running):
    test = open_page("coverage")
    test.button(key="end-session").click().run()
    assert daily_session.running(running, Clock()) is None
    assert test.title[0].value == "Session"
    assert "The session is ended" in texts(test)


def test_a_session_of_yesterday_is_over(open_page, planned):
    planned.execute(
        "INSERT INTO session (day, began_at) VALUES ('2026-01-01', '2026-01-01T10:00:00+00:00')"
    )
    planned.conn.commit()
    assert "**Session**" not in texts(open_page("coverage"))
