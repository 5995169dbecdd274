"""Scoring the answers of a mock interview."""

from prep.content.models import SYSTEM_DESIGN
from prep.practice import mock, past_attempts
from tests.pages.conftest import texts
from tests.ui.practice.mock_interviews import labels, start


def test_a_behavioral_answer_is_scored_by_six_lines_and_kept(open_page, db, clock):
    start(db, clock, ["L-01"])
    test = open_page("mock")
    test.button(key="next").click().run()
    assert labels(test.button_group)[:6] == [
        "Situation",
        "Task",
        "Action",
        "Result",
        "Metric",
        "“I”, not “we”",
    ]
    test.button_group(key="score-MI-001-L-01-Task").set_value(3).run()
    test.button_group(key="score-MI-001-L-01-Metric").set_value(0).run()
    test.button(key="finish").click().run()
    assert "rate each question to finish" in test.error[0].value
    test.button_group(key="rating-MI-001-L-01").set_value(2).run()
    test.button(key="finish").click().run()
    assert past_attempts.list_answers(db)[0].scores == {"Task": 3, "Metric": 0}
    shown = texts(test)
    assert "**50 %** · :material/trending_down: Hard" in shown
    assert "Task: strong · Metric: missing" in shown
    assert "1 interview, 1 answer." in shown
    test.button(key="remove-finished-attempt").click().run()
    assert "None yet. The first one you finish" in texts(test)


def test_a_system_design_is_scored_by_its_outline(open_page, db, clock):
    attempt = start(db, clock, ["SD-001"], SYSTEM_DESIGN)
    mock.end(db, clock, attempt)
    test = open_page("mock")
    assert len(test.button_group) == 12 + 1
    assert labels(test.button_group)[0] == "Hook"
