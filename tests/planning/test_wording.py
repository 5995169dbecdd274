"""The forecast in plain words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.content.models import BEHAVIORAL
from prep.planning import fitting, wording
from prep.planning.forecast import Forecast
from prep.planning.track_record import TrackRecord
from prep.progress.setting_texts import Pace
from tests.sample_plans import MONDAY, chosen, item

WITH_TARGET = chosen(target_on=date(2027, 3, 15))
FOUND = Forecast(
    remaining=60,
    p10=date(2027, 3, 3),
    median=date(2027, 3, 12),
    p90=date(2027, 3, 24),
    probability=0.71,
    pace=1.6,
    pace_needed=1.84,
    to_cut=9,
    record_days=20,
)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {},
            "At your pace so far: 12 Mar 2027, most likely between 3 Mar 2027 and 24 Mar 2027;"
            " 71 % by your interview on 15 Mar 2027.",
        ),
        (
            {"p90": date(2027, 6, 2)},
            "most likely in March, at the latest in June 2027; 71 % by your interview",
        ),
        (
            {"p90": date(2028, 1, 2)},
            "most likely in March 2027, at the latest in January 2028; 71 %",
        ),
        (
            {"p10": date(2027, 2, 1)},
            "most likely in March 2027, hardly before February 2027; 71 %",
        ),
        ({"p10": date(2027, 3, 12), "p90": date(2027, 3, 12)}, "so far: 12 Mar 2027; 71 %"),
        ({"probability": 0.999}, "; more than 99 % by your interview"),
        ({"probability": 0.0}, "; less than 1 % by your interview"),
        (
            {"leans_on_plan": True, "record_days": 3},
            "At the pace you planned, with 3 study days to judge by so far: 12 Mar 2027",
        ),
        ({"leans_on_plan": True, "record_days": 0}, "with nothing to judge by yet: 12 Mar"),
        ({"p90": None}, "most likely in March 2027; how late cannot be told"),
        ({"median": None, "p90": None}, "too far off to name, hardly before March 2027"),
        ({"remaining": 0}, "Everything in your plan is done."),
        (
            {"paused_weeks": 3, "if_today": date(2027, 3, 10), "p90": date(2027, 9, 1)},
            "Nothing done for 3 weeks. If you start again today: most likely in March, at the"
            " latest in September 2027, should the pause go on; 71 % by",
        ),
    ],
)
def test_a_forecast_is_said_plainly(change, sentence):
    assert sentence in wording.forecast(replace(FOUND, **change), WITH_TARGET)


@given(st.floats(0, 1))
def test_no_forecast_is_said_to_be_certain(probability):
    said = wording.chance(probability)
    assert said not in ("0 %", "100 %")
    percent = float(said.split()[-2])
    assert abs(percent - 100 * probability) <= 1


@pytest.mark.parametrize(
    ("judged", "held", "said"),
    [
        (0, 0, None),
        (1, 1, "The range of your last weekly forecast held."),
        (1, 0, "The range of your last weekly forecast did not hold."),
        (12, 9, "Of your last 12 weekly forecasts, the range held 9."),
    ],
)
def test_what_the_last_forecasts_did_is_one_line(judged, held, said):
    assert wording.track_record(TrackRecord(judged, held)) == said


def test_advice_names_the_pace_for_nine_in_ten():
    advice = wording.advice(FOUND, WITH_TARGET)
    assert advice == "1.9 questions a study day would make it 90 % (now 1.6)."
    assert wording.advice(replace(FOUND, probability=0.9), WITH_TARGET) is None
    assert wording.advice(replace(FOUND, pace_needed=None), WITH_TARGET) is None


@pytest.mark.parametrize(
    ("added", "removed", "said"),
    [
        (3, 0, "There is time for **3 more**."),
        (0, 1, "**1 question** of your plan no longer fits the time."),
        (2, 5, "**5 questions** of your plan no longer fit the time; 2 others would."),
    ],
)
def test_what_fitting_again_would_change(added, removed, said):
    assert wording.refit(added, removed) == said


def test_what_fits_in_one_sentence():
    made = [
        item(1, category_position=1),
        item(2, category_position=2, minutes=600),
        item(3, BEHAVIORAL, difficulty="High"),
    ]
    target = MONDAY + timedelta(days=4)
    found = fitting.fit(made, chosen(target_on=target, reserve=0), MONDAY)
    assert wording.what_fits(found, made) == (
        "**2 of 3 questions fit** in your 4 hours: 1 system-design topic in 1 of 2 categories,"
        " 1 behavioral question in 1 of 1 categories, 1 of them of high difficulty."
    )


def test_the_settings_that_matter_most_on_one_line():
    assert wording.settings_in_short(chosen(target_on=date(2027, 1, 22))) == (
        "System design and Behavioral, 2 questions a study day, Mon, Tue, Wed, Thu, Fri, from"
        " 30 Nov 2026 to the interview on 22 Jan 2027"
    )
    without = chosen(
        start_on=None, pace=Pace(0, "weeks"), sheets=(BEHAVIORAL,), study_days=("sat",)
    )
    assert wording.settings_in_short(without) == (
        "Behavioral, the sheets' own weeks, Sat, start not set"
    )
