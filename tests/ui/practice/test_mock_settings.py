"""The stages of a round and how long recordings stay, set where one starts an interview."""

from prep.progress import settings
from tests.pages.conftest import texts, unfold


def test_the_minutes_of_a_stage_are_kept_as_they_are_changed(open_page, db):
    test = unfold(open_page("mock"), "mock-settings")
    assert "45 minutes in all" in texts(test)
    test.number_input(key="stage-deep dive").set_value(20).run()
    assert dict(settings.load(db).stages)["deep dive"] == 20
    assert "52 minutes in all" in texts(test)


def test_a_round_without_any_time_is_refused_in_a_line(open_page, db, clock):
    text = "requirements=0, estimates=0, design=10, deep dive=0, failure=0, wrap-up=0"
    settings.change(db, clock, {"stages": text})
    test = unfold(open_page("mock"), "mock-settings")
    test.number_input(key="stage-design").set_value(0).run()
    assert "one stage at least" in test.error[0].value
    assert test.number_input(key="stage-design").value == 10


def test_how_long_recordings_stay_is_kept(open_page, db):
    unfold(open_page("mock"), "mock-settings").number_input(key="recording-days").set_value(0).run()
    assert settings.load(db).recording_days == 0
