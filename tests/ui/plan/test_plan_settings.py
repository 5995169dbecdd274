"""The settings of the plan, each changed where it stands."""

from datetime import date

import pytest

from prep.clock import Clock
from prep.progress import presets, settings
from tests.pages.conftest import unfold


def open_settings(open_page):
    test = open_page("timeline")
    return unfold(test, "plan-settings")


def test_every_setting_of_the_plan_is_changed_on_the_timeline(open_page, db):
    test = open_settings(open_page)
    test.date_input(key="start_on").set_value(date(2026, 1, 5)).run()
    test.date_input(key="target_on").set_value(date(2026, 12, 24)).run()
    test.button_group(key="level").set_value("DIR").run()
    test.multiselect(key="sheets").set_value(["behavioral"]).run()
    test.button_group(key="study_days").set_value(["sat", "sun"]).run()
    test.button_group(key="pace-unit").set_value("minutes").run()
    test.number_input(key="pace-minutes").set_value(90).run()
    test.selectbox(key="interleave")
    test.button_group(key="outside_sequence").set_value("left out").run()
    test.number_input(key="writing_minutes_high").set_value(55).run()
    test.date_input(key="new-days-off").set_value((date(2026, 7, 1), date(2026, 7, 9))).run()
    assert not test.error
    assert settings.all_texts(settings.load(db)) | {
        "start_on": "2026-01-05",
        "target_on": "2026-12-24",
        "level": "DIR",
        "sheets": "behavioral",
        "study_days": "sat,sun",
        "pace": "90 minutes",
        "outside_sequence": "left out",
        "writing_minutes_high": "55",
        "days_off": "2026-07-01..2026-07-09",
    } == settings.all_texts(settings.load(db))
    test.multiselect(key="days_off").set_value([]).run()
    assert settings.load(db).days_off == ()
    assert "8 questions left out: the suggested sequence omits it" in [
        expander.label for expander in test.expander
    ]


def test_a_refused_setting_says_why_and_shows_what_is_kept(open_page, db):
    test = open_settings(open_page)
    test.button_group(key="study_days").set_value([]).run()
    assert "study\\_days cannot be" in test.error[0].value
    assert test.button_group(key="study_days").value == ["mon", "tue", "wed", "thu", "fri"]
    assert settings.load(db) == settings.Settings()


@pytest.mark.parametrize("name", presets.PRESETS)
def test_a_preset_is_one_click(open_page, db, name):
    test = open_settings(open_page)
    test.button(key=f"preset-{name}").click().run()
    kept = settings.all_texts(settings.load(db))
    settings.change(db, Clock(), presets.PRESETS[name])
    assert kept == settings.all_texts(settings.load(db))
    assert kept != settings.all_texts(settings.Settings())
