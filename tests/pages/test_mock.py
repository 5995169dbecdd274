"""The mock interview page: set up, talk, score, what came of it."""

from datetime import timedelta

import pytest

from prep.clock import Clock
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import mock, mock_draw, mock_notes, past_attempts
from prep.progress import settings

from .conftest import texts


@pytest.fixture
def clock():
    """The page asks the real clock, so what it finds must not lie ahead of it."""
    return Clock()


def start(db, clock, ids, kind="question"):
    return mock.start(db, clock, kind, ids)


def hold(db, clock, ids=("L-01",), kind="question", value=2, rating=3):
    attempt = start(db, clock, ids, kind)
    for question_id in ids:
        mock.next_question(db, clock, attempt, question_id)
        mock_notes.score(db, attempt, question_id, "Task", value)
        mock_notes.rate(db, attempt, question_id, rating)
        mock_notes.note(db, attempt, question_id, "Said *we* twice")
    mock.finish(db, clock, attempt)


def labels(elements):
    return [element.label for element in elements]


def test_empty_it_says_what_will_stand_there(open_page, db):
    shown = texts(open_page("mock"))
    assert "**291 questions match.** One is drawn" in shown
    assert "None yet. The first one you finish" in shown
    assert "Each category you are asked about" in shown


def test_filters_come_from_the_address_and_count(open_page, db):
    test = open_page("mock", sheet="Behavioral", level="DIR", difficulty="High")
    assert test.multiselect(key="level").value == ["DIR"]
    count = len(mock_draw.candidates(db, Clock(), {"level": ["DIR"], "difficulty": ["High"]}))
    assert f"**{count} questions match.**" in texts(test)


def test_system_design_has_neither_level_nor_difficulty(open_page, db):
    test = open_page("mock", length="System-design round, 45 min")
    assert labels(test.multiselect) == ["Category"]
    assert "**120 questions match.**" in texts(test)
    assert "the site states no time for a section" in texts(test)


def test_when_nothing_matches_it_says_so_and_does_not_start(open_page, db):
    test = open_page("mock", sheet="Behavioral", level="DIR", difficulty="Low")
    assert "**No question matches.**" in texts(test)
    assert test.button(key="start").disabled


def test_a_loop_of_fewer_questions_says_how_long_it_takes(open_page, db):
    db.execute("UPDATE question SET retired = 1 WHERE sheet = 'behavioral' AND position > 3")
    db.conn.commit()
    test = open_page("mock", length="Behavioral loop, 45 min")
    assert "**3 questions match**: too few for the whole loop, so it takes 27 minutes." in texts(
        test
    )


def test_start_draws_a_loop_and_leads_to_its_first_question(open_page, db):
    test = open_page("mock", length="Behavioral loop, 45 min", category="Leadership")
    test.button(key="start").click().run()
    attempt = mock.running(db)
    assert len(attempt.questions) == 5
    assert all(question_id.startswith("L-") for question_id in attempt.questions)
    assert "Question 1 of 5" in texts(test)
    assert not test.exception


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


def test_follow_ups_are_the_articles_own_where_it_has_some(open_page, db, clock):
    attempt = start(db, clock, ["L-01"])
    test = open_page("mock")
    assert "Follow-ups: 7 questions" in test.expander[0].label
    assert "What would you do differently?" in texts(test)
    mock.discard(db, clock, attempt)
    start(db, clock, ["L-12"])
    assert not [e for e in open_page("mock").expander if "Follow-ups" in e.label]


def test_blind_hides_level_and_difficulty_until_it_is_rated(open_page, db, clock):
    settings.change(db, clock, {"practise_blind": "on"})
    start(db, clock, ["L-01"])
    test = open_page("mock")
    assert "L\\-01 · Leadership" in texts(test)
    assert "High" not in texts(test)
    test.button(key="next").click().run()
    assert "High" not in texts(test)
    test.button_group(key="rating-MI-001-L-01").set_value(3).run()
    assert "EM\\+DIR · High" in texts(test)


def test_blind_is_a_setting_that_the_page_changes(open_page, db):
    test = open_page("mock")
    test.toggle(key="blind").set_value(True).run()
    assert settings.load(db).practise_blind


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


def test_discard_leads_back_to_the_setup(open_page, db, clock):
    start(db, clock, ["L-01"])
    test = open_page("mock")
    test.button(key="discard").click().run()
    assert mock.running(db) is None
    assert "questions match" in texts(test)


def test_a_start_while_another_tab_runs_one_is_refused(open_page, db, clock):
    test = open_page("mock")
    start(db, clock, ["L-01"])
    test.button(key="start").click().run()
    assert "is still running" in test.error[0].value
    assert test.button(key="pause")


def test_hundreds_of_answers_are_listed_and_charted(open_page, db, clock):
    ids = [row.id for row in mock_draw.candidates(db, Clock(), {"sheet": [BEHAVIORAL]})]
    for week in range(40):
        then = Clock(now=lambda week=week: clock.now() - timedelta(weeks=40 - week))
        hold(db, then, ids[week : week + 5], BEHAVIORAL, value=week % 4)
    hold(db, clock, ["SD-001"], SYSTEM_DESIGN)
    test = open_page("mock")
    assert "41 interviews, 201 answers." in texts(test)
    assert len(test.dataframe[0].value) == 201
    assert len(test.get("vega_lite_chart") or test.get("arrow_vega_lite_chart")) == 2


def test_a_question_shows_its_best_and_last_attempt(open_page, db, clock):
    assert "Not asked in a mock interview yet." in texts(open_page("question", id="L-01"))
    hold(db, clock, value=3)
    assert ":small[:gray[Best and last · " in texts(open_page("question", id="L-01"))
    hold(db, clock, value=0, rating=1)
    shown = texts(open_page("question", id="L-01"))
    assert "Asked 2 times" in shown
    assert ":small[:gray[Best · " in shown
    assert "**100 %** · :material/thumb_up: Good" in shown
    assert "**0 %** · :material/replay: Again" in shown


def test_undo_on_any_page_says_which_step_of_an_interview_it_took_back(open_page, db, clock):
    hold(db, clock, ["L-01", "L-02"], BEHAVIORAL)
    mock.discard(db, clock, "MI-001")
    test = open_page("today")
    for step in ("discarded", "finished", "started"):
        test.button(key="undo").click().run()
        assert test.toast[0].value == f"Undone: mock interview MI\\-001 {step}"
    assert mock.running(db) is None
