"""A question's place in the plan."""

from datetime import timedelta

from prep.clock import Clock
from tests.pages.conftest import days_ago, texts, unfold


def test_a_question_shows_and_changes_its_place_in_the_plan(open_page, planned, tracker):
    test = open_page("question", id="L-01")
    unfold(test, "place")
    assert "In your plan on" in texts(test)
    test.date_input(key="place-day-L-01").set_value(Clock().today() + timedelta(days=9)).run()
    assert tracker.state("L-01").moved_to == days_ago(-9)
    assert "where you moved it" in texts(test)
    test.number_input(key="place-minutes-L-01").set_value(25).run()
    test.toggle(key="place-skipped-L-01").set_value(True).run()
    state = tracker.state("L-01")
    assert (state.minutes, state.skipped) == (25, 1)
    assert "Not in your plan: you skipped it." in texts(test)
