"""A plan out of three answers."""

from datetime import timedelta

from prep.clock import Clock
from prep.progress import settings
from prep.progress.setting_texts import Pace
from tests.pages.conftest import texts


def test_a_first_run_sets_the_plan_in_three_inputs(open_page, db):
    test = open_page("today")
    assert "Make your plan" in texts(test)
    test.date_input(key="first-target").set_value(Clock().today() + timedelta(days=30)).run()
    assert "To be done by the interview you need" in texts(test)
    test.button_group(key="first-days").set_value(["sat", "sun"]).run()
    test.number_input(key="first-pace").set_value(5).run()
    next(b for b in test.button if b.label == "Start today").click().run()
    found = settings.load(db)
    assert found.start_on == Clock().today()
    assert found.target_on == Clock().today() + timedelta(days=30)
    assert (found.study_days, found.pace) == (("sat", "sun"), Pace(5, "questions"))
    assert "Make your plan" not in texts(test)
