"""This week on Today: all seven days, titles beside codes."""

from datetime import timedelta

from prep.clock import Clock
from prep.planning import plan_status
from prep.progress.study_days import monday_of
from prep.ui.text import escape_markdown
from tests.pages.conftest import texts


def test_each_of_the_seven_days_stands_there_with_its_questions(open_page, planned, tracker):
    today = Clock().today()
    shown = texts(open_page("today"))
    for day in (monday_of(today) + timedelta(days=n) for n in range(7)):
        assert f"{day:%a} {day.day}" in shown
    for item in plan_status.load(planned, today).on(today):
        assert f"  - {escape_markdown(item.title)} :gray[{item.id}]" in shown


def test_what_is_done_is_crossed_out(open_page, planned, tracker):
    test = open_page("today")
    test.button(key="done-SD-001").click().run()
    assert "  - ~~URL Shortener \\(bit\\.ly\\)~~ :gray[SD-001]" in texts(test)
