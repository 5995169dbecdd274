"""A plan out of a date, the minutes of a day, days and a level."""

from datetime import timedelta

from prep.clock import Clock
from prep.planning import plan_status
from prep.progress import settings
from prep.progress.setting_texts import FIT, Pace
from prep.store import undo_redo
from tests.pages.conftest import texts


def test_a_first_run_fits_the_plan_to_the_time_there_is(open_page, db, clock):
    today = Clock().today()
    test = open_page("today")
    assert "Make your plan" in texts(test)
    test.date_input(key="first-target").set_value(today + timedelta(weeks=8)).run()
    assert "fit** in your 40 hours" in texts(test)
    before = texts(test)
    test.number_input(key="first-minutes").set_value(90).run()
    assert texts(test) != before
    test.button_group(key="first-days").set_value(["sat", "sun"]).run()
    test.button_group(key="first-level").set_value("DIR").run()
    test.button(key="first-begin").click().run()
    found = settings.load(db)
    assert (found.start_on, found.target_on) == (today, today + timedelta(weeks=8))
    assert (found.study_days, found.pace) == (("sat", "sun"), Pace(90, "minutes"))
    assert (found.level, found.scope) == ("DIR", FIT)
    plan = plan_status.load(db, today)
    assert 0 < len(plan.items) < 291
    assert plan.progress().ends_on < found.target_on
    assert "Make your plan" not in texts(test)
    undo_redo.undo(db, Clock())
    assert settings.load(db).start_on is None, "one change sets it all"
    assert len(plan_status.load(db, today).items) == 291


def test_without_a_date_a_pace_is_chosen_by_the_day_it_ends(open_page, db):
    test = open_page("today")
    radio = test.radio(key="first-preset")
    assert len(radio.options) == 4
    radio.set_value("One of each a day").run()
    test.button(key="first-begin").click().run()
    found = settings.load(db)
    assert (found.start_on, found.target_on) == (Clock().today(), None)
    assert (found.pace, found.scope) == (Pace(1, "questions"), "all")
    assert len(found.study_days) == 7


def test_an_interview_before_any_study_day_is_said_and_nothing_begins(open_page, db):
    test = open_page("today")
    test.date_input(key="first-target").set_value(Clock().today()).run()
    assert "there is no study day left before the interview" in test.warning[0].value
    assert test.button(key="first-begin").disabled
