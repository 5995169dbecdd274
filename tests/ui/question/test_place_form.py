"""A question's place in the plan."""

from datetime import timedelta

from prep.clock import Clock
from tests.pages.conftest import days_ago, texts, unfold


def test_a_question_shows_and_changes_its_place_in_the_plan(open_page, planned, tracker):
    test = open_page("question", id="L-01", view="details")
    unfold(test, "place")
    assert "In your plan on" in texts(test)
    test.date_input(key="place-day-L-01").set_value(Clock().today() + timedelta(days=9)).run()
    assert tracker.state("L-01").moved_to == days_ago(-9)
    assert "where you moved it" in texts(test)
    test.number_input(key="place-minutes-L-01").set_value(25).run()
    test.button_group(key="place-choice-L-01").set_value("Pinned").run()
    state = tracker.state("L-01")
    assert (state.minutes, state.skipped, state.pinned) == (25, 0, 1)
    test.button_group(key="place-choice-L-01").set_value("Left out").run()
    state = tracker.state("L-01")
    assert (state.skipped, state.pinned) == (1, 0)
    assert "Not in your plan: you skipped it." in texts(test)
