"""Settings: what each takes, what is refused, and that a refusal changes nothing."""

from datetime import date, time, timedelta

import pytest

from prep.clock import Clock
from prep.errors import InvalidSetting, UnknownSetting
from prep.progress import setting_texts, settings
from prep.progress.setting_texts import Pace
from prep.progress.settings import Settings
from prep.store import change_list, undo_redo


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("sheets", "behavioral, system-design", ("behavioral", "system-design")),
        ("level", "dir", "DIR"),
        ("level", "both", "EM+DIR"),
        ("start_on", "2028-02-29", date(2028, 2, 29)),
        ("target_on", "2027-03-15", date(2027, 3, 15)),
        ("study_days", "mon-fri", ("mon", "tue", "wed", "thu", "fri")),
        ("study_days", "Saturday, Sunday", ("sat", "sun")),
        ("study_days", "sat-mon", ("mon", "sat", "sun")),
        (
            "days_off",
            "2027-02-03, 2026-12-24..2027-01-01",
            (
                (date(2026, 12, 24), date(2027, 1, 1)),
                (date(2027, 2, 3), date(2027, 2, 3)),
            ),
        ),
        ("days_off", "none", ()),
        ("pace", "3", Pace(3, "questions")),
        ("pace", "1.5 questions", Pace(1.5, "questions")),
        ("pace", "60 minutes", Pace(60, "minutes")),
        ("pace", "weeks", Pace(0, "weeks")),
        ("interleave", "2:1", "2:1"),
        ("interleave", "Side by side", "side by side"),
        ("outside_sequence", "left out", "left out"),
        ("writing_minutes_high", "50", 50),
        ("desired_retention", "0.85", 0.85),
        ("event_time", "07:30", time(7, 30)),
        ("app_address", "https://prep.example:8501/", "https://prep.example:8501"),
        ("practise_blind", "ON", True),
    ],
)
def test_a_setting_is_kept_and_its_text_says_the_same(db, clock, key, text, value):
    assert settings.change(db, clock, {key: text}) == 1
    found = settings.load(db)
    assert getattr(found, key) == value
    assert settings.change(db, clock, {key: settings.as_text(found, key)}) == 0


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("study_days", "", "days of the week"),
        ("study_days", "monday to friday", "days of the week"),
        ("study_days", "noday", "days of the week"),
        ("pace", "0", "run from 1 to 100"),
        ("pace", "-1 questions", "run from 1 to 100"),
        ("pace", "nan", "run from 1 to 100"),
        ("pace", "2000 minutes", "run from 5 to 1440"),
        ("pace", "fast", "a study day"),
        ("start_on", "2026-02-30", "no such day"),
        ("start_on", "2027-02-29", "no such day"),
        ("start_on", "0001-01-01", "days run from"),
        ("target_on", "2026-11-22", "before the start"),
        ("days_off", "2027-01-02..2027-01-01", "is after"),
        ("days_off", "2027-01-02..", "single days and ranges"),
        ("days_off", "2000-01-01..2100-01-01", "at most"),
        ("sheets", "", "sheets in the plan"),
        ("scope", "fit", "before the plan was fitted"),
        ("scope", "half", "fit: the questions"),
        ("minutes_a_day", "4", "from 5 to 1440"),
        ("reserve", "0.95", "from 0 to 0.9"),
        ("system_design_share", "1.5", "from 0 to 1"),
        ("focus", "behavioral:2=3", "0, 0.5, 1 or 2"),
        ("focus", "behavioral:2=2, behavioral:2=0", "stands there twice"),
        ("focus", "behavioral:99=2", "no such category"),
        ("focus", "leadership=2", "what categories weigh"),
        ("sheets", "behavioral,behavioral", "sheets in the plan"),
        ("level", "CTO", "level aimed at"),
        ("interleave", "0:1", "ratio"),
        ("outside_sequence", "first", "last or left out"),
        ("forecast_weeks", "1", "from 2 to 52"),
        ("desired_retention", "1", "from 0.7 to 0.97"),
        ("day_start", "none", "HH:MM"),
        ("event_time", "25:00", "HH:MM"),
        ("app_address", "javascript:alert(1)", "address"),
        ("practise_blind", "perhaps", "on or off"),
    ],
)
def test_an_impossible_setting_is_refused_and_nothing_changes(db, clock, key, text, why):
    with pytest.raises(InvalidSetting, match=why):
        settings.change(db, clock, {"level": "EM", key: text})
    assert settings.load(db) == Settings()
    assert change_list.data_version(db) == 0


def test_settings_that_cannot_stand_together_are_refused(db, clock):
    settings.change(db, clock, {"start_on": "2027-01-04", "target_on": "2027-03-01"})
    with pytest.raises(InvalidSetting, match="before the start on 2027-04-01"):
        settings.change(db, clock, {"start_on": "2027-04-01"})
    with pytest.raises(InvalidSetting, match="no study day from 2027-01-04"):
        settings.change(db, clock, {"days_off": "2027-01-01..2027-03-31"})
    settings.change(db, clock, {"start_on": "2027-04-01", "target_on": "2027-04-01"})
    assert settings.load(db).target_on == date(2027, 4, 1)


# A new value of each setting, which has nothing to do with an interview that is over.
OTHER = {
    "sheets": "behavioral",
    "level": "EM",
    "start_on": "2027-01-11",
    "target_on": "2027-02-01",
    "study_days": "sat,sun",
    "days_off": "2027-01-11",
    "scope": "all",
    "fitted_on": "2026-12-01",
    "minutes_a_day": "75",
    "reserve": "0.3",
    "system_design_share": "0.6",
    "focus": "behavioral:15=2, system-design:13=0",
    "rehearsal_minutes": "12",
    "speaking_minutes": "2",
    "pace": "45 minutes",
    "interleave": "2:1",
    "outside_sequence": "left out",
    "reading_minutes": "11",
    "writing_minutes_high": "31",
    "writing_minutes_medium": "21",
    "writing_minutes_low": "16",
    "writing_minutes_system_design": "31",
    "forecast_weeks": "9",
    "desired_retention": "0.8",
    "reviews_a_day": "21",
    "day_start": "05:00",
    "practise_blind": "on",
    "stages": "requirements=6, estimates=5, design=15, deep dive=12, failure=4, wrap-up=3",
    "recording_days": "30",
    "event_time": "08:00",
    "app_address": "http://prep.example",
}


@pytest.mark.parametrize("key", setting_texts.HELP)
@pytest.mark.parametrize("start_on", [None, "2026-11-02"])
def test_every_setting_can_be_changed_once_the_interview_is_over(db, clock, start_on, key):
    settings.change(db, clock, {"start_on": start_on, "target_on": "2026-12-18"})
    after = Clock(clock.zone, lambda: clock.now() + timedelta(days=40))
    assert settings.change(db, after, {key: OTHER[key]}) == 1
    assert settings.as_text(settings.load(db), key) == OTHER[key]


def test_days_that_passed_make_only_new_days_impossible(db, clock):
    """On the Saturday before an interview on a Sunday no study day is left."""
    settings.change(db, clock, {"target_on": "2026-11-29"})
    saturday = Clock(clock.zone, lambda: clock.now() + timedelta(days=5))
    assert settings.change(db, saturday, {"level": "EM", "days_off": "2026-12-24"}) == 2
    with pytest.raises(InvalidSetting, match="no study day from 2026-11-28"):
        settings.change(db, saturday, {"target_on": "2026-11-28"})
    with pytest.raises(InvalidSetting, match="before the start on 2026-11-28"):
        settings.change(db, saturday, {"target_on": "2026-11-20"})


def test_an_unknown_setting_is_refused(db, clock):
    with pytest.raises(UnknownSetting, match="no setting 'speed'"):
        settings.change(db, clock, {"speed": "fast"})


def test_several_settings_are_one_change_and_undo_takes_all_back(db, clock):
    settings.change(db, clock, {"pace": "3", "level": "DIR", "target_on": "2027-03-01"})
    undo_redo.undo(db, clock)
    assert settings.load(db) == Settings()


def test_none_takes_a_setting_back_to_its_default(db, clock):
    settings.change(db, clock, {"pace": "7"})
    settings.change(db, clock, {"pace": None})
    assert settings.load(db).pace == Settings().pace


def test_every_setting_has_help_and_its_default_is_valid(db, clock):
    texts = settings.all_texts(Settings())
    assert set(texts) == set(setting_texts.HELP)
    settings.change(db, clock, texts)
    assert settings.load(db) == Settings()
