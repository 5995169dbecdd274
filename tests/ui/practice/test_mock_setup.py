"""Setting a mock interview up: its length, filters, and the start."""

from prep.clock import Clock
from prep.practice import mock, mock_draw
from prep.progress import settings
from tests.pages.conftest import texts
from tests.ui.practice.mock_interviews import labels, start


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


def test_blind_is_a_setting_that_the_page_changes(open_page, db):
    test = open_page("mock")
    test.toggle(key="blind").set_value(True).run()
    assert settings.load(db).practise_blind


def test_a_start_while_another_tab_runs_one_is_refused(open_page, db, clock):
    test = open_page("mock")
    start(db, clock, ["L-01"])
    test.button(key="start").click().run()
    assert "is still running" in test.error[0].value
    assert test.button(key="pause")
