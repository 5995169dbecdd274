"""How many questions each study day takes."""

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from prep.planning.quotas import daily_quotas
from prep.progress.setting_texts import Pace
from prep.progress.settings import Settings
from tests.sample_plans import items

MONDAY = date(2026, 11, 23)


def first_quotas(settings, days, lane=()):
    return list(islice(daily_quotas(list(lane), settings, MONDAY, MONDAY), days))


@pytest.mark.parametrize(
    ("amount", "counts"), [(2, [2, 2, 2, 2]), (1.5, [1, 2, 1, 2]), (0.5, [0, 1, 0, 1])]
)
def test_a_pace_gives_whole_questions_that_add_up(amount, counts):
    given = first_quotas(replace(Settings(), pace=Pace(amount, "questions")), 4)
    assert [count for _, count in given] == counts


def test_only_study_days_take_questions():
    settings = replace(Settings(), study_days=("mon", "thu"))
    assert [day for day, _ in first_quotas(settings, 3)] == [
        date(2026, 11, 23),
        date(2026, 11, 26),
        date(2026, 11, 30),
    ]


def test_the_place_of_a_day_counts_from_the_start_of_the_plan():
    settings = replace(Settings(), start_on=date(2026, 11, 20), pace=Pace(1.5, "questions"))
    assert [count for _, count in first_quotas(settings, 3)] == [2, 1, 2]


def test_the_sheets_weeks_spread_a_phase_evenly_and_then_take_one_a_day():
    lane = items(5, first_week=1, last_week=2)
    given = first_quotas(replace(Settings(), pace=Pace(0, "weeks")), 12, lane)
    assert [count for _, count in given] == [1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1]
