"""Moving a question in the plan."""

from tests.pages.conftest import days_ago


def test_a_question_is_put_off_to_tomorrow(open_page, planned, tracker):
    test = open_page("today")
    test.button(key="tomorrow-SD-001").click().run()
    assert tracker.state("SD-001").moved_to == days_ago(-1)
    left = [b.key for b in test.button if b.key.startswith("tomorrow-")]
    assert left == ["tomorrow-L-01"], "today is shorter, nothing else moves in"
    test.button(key="bring-forward").click().run()
    left = [b.key for b in test.button if b.key.startswith("tomorrow-")]
    assert left == ["tomorrow-L-01", "tomorrow-SD-002"]
