"""The forecast in plain words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prep.content.models import BEHAVIORAL
from prep.planning import fitting, wording
from prep.planning.forecast import Forecast
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
            "At your pace of the last 4 weeks: 12 Mar 2027, most likely between 3 Mar 2027 and"
            " 24 Mar 2027. 71 % by your interview on 15 Mar 2027.",
        ),
        ({"probability": 0.999}, "99 % by your interview"),
        ({"probability": 0.0}, "0 % by your interview"),
        (
            {"leans_on_plan": True, "record_days": 3},
            "Leaning on your planned pace, with 3 study days of record: 12 Mar 2027",
        ),
        ({"leans_on_plan": True, "record_days": 0}, "with nothing of record: 12 Mar"),
        ({"p90": None}, "12 Mar 2027, hardly before 3 Mar 2027; how late cannot be told"),
        ({"median": None, "p90": None}, "too far off to name, hardly before 3 Mar 2027"),
        ({"remaining": 0}, "Everything in your plan is done."),
        ({"idle_weeks": 1}, "No progress for 1 week,"),
    ],
)
def test_a_forecast_is_said_plainly(change, sentence):
    assert sentence in wording.forecast(replace(FOUND, **change), WITH_TARGET)


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
