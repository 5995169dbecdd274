"""How well a mock interview went: one rating, and in detail where one wants to."""

from datetime import timedelta

import pytest

from prep.clock import Clock
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import mock, mock_notes, past_attempts, stages
from prep.progress import time_spent
from prep.ui.text import escape_markdown
from tests.pages.conftest import texts, unfold
from tests.ui.practice.mock_interviews import labels, start


def test_one_rating_is_enough_and_the_time_counts_on_the_question(open_page, db, clock):
    start(db, Clock(now=lambda: clock.now() - timedelta(minutes=10)), ["L-01"])
    test = open_page("mock")
    test.button(key="next").click().run()
    assert labels(test.button_group) == [
        "**How well did it go?** It decides when the question comes back."
    ]
    test.button(key="finish").click().run()
    assert "say first how well it went" in test.error[0].value
    test.button_group(key="overall-MI-001").set_value(2).run()
    test.button(key="finish").click().run()
    (answer,) = past_attempts.list_answers(db)
    assert (answer.rating, answer.scores) == (2, {})
    assert time_spent.of_question(db, "L-01")["mock"] >= 10
    assert ":material/trending_down: Hard" in texts(test)
    assert "1 interview, 1 answer." in texts(test)
    test.button(key="remove-finished-attempt").click().run()
    assert "None yet. The first one you finish" in texts(test)


def test_a_behavioral_answer_is_scored_by_six_lines_and_kept(open_page, db, clock):
    start(db, clock, ["L-01"])
    mock.end(db, clock, "MI-001")
    test = unfold(open_page("mock"), "details-L-01")
    assert labels(test.button_group)[1:] == [
        "Situation",
        "Task",
        "Action",
        "Result",
        "Metric",
        "“I”, not “we”",
    ]
    test.button_group(key="score-MI-001-L-01-Task").set_value(3).run()
    test.button_group(key="score-MI-001-L-01-Metric").set_value(0).run()
    test.button_group(key="overall-MI-001").set_value(2).run()
    test.button(key="finish").click().run()
    assert past_attempts.list_answers(db)[0].scores == {"Task": 3, "Metric": 0}
    shown = texts(test)
    assert "**50 %** · :material/trending_down: Hard" in shown
    assert "Task: strong · Metric: missing" in shown


def test_a_system_design_is_scored_by_its_stages(open_page, db, clock):
    attempt = start(db, clock, ["SD-001"], SYSTEM_DESIGN)
    mock.end(db, clock, attempt)
    test = unfold(open_page("mock"), "details-SD-001")
    assert labels(test.button_group)[1:] == [escape_markdown(title) for title in stages.titles()]


def test_in_a_loop_an_answer_may_have_a_rating_of_its_own(open_page, db, clock):
    attempt = start(db, clock, ["L-01", "L-02"], BEHAVIORAL)
    mock.next_question(db, clock, attempt, "L-01")
    mock.end(db, clock, attempt)
    test = unfold(open_page("mock"), "details-L-02")
    test.button_group(key="overall-MI-001").set_value(3).run()
    test.button_group(key="rating-MI-001-L-02").set_value(1).run()
    test.button(key="finish").click().run()
    assert [answer.rating for answer in past_attempts.list_answers(db)] == [3, 1]


@pytest.mark.parametrize("line", ["Hook", "Task"])
def test_scores_from_before_are_shown_as_they_were(open_page, db, clock, line):
    attempt = start(db, clock, ["SD-001"], SYSTEM_DESIGN)
    mock_notes.score(db, attempt, "SD-001", line, 3)
    mock_notes.rate(db, attempt, "SD-001", 3)
    mock.finish(db, clock, attempt)
    assert f"{line}: strong" in texts(open_page("mock"))
