"""How the forecasts of the last weeks did."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from prep.planning.track_record import TrackRecord, judge
from tests.sample_plans import MONDAY, chosen, done, item, items

SETTINGS = chosen()


def after(days):
    """Return the study day that follows the first `days`."""
    return SETTINGS.calendar().first(days + 1, MONDAY)[-1]


def studied(a_day, left):
    """Return questions of which so many were done on each study day."""
    calendar = SETTINGS.calendar().first(len(a_day), MONDAY)
    days = np.repeat(calendar, a_day).tolist()
    return [done(item(1000 + n), day) for n, day in enumerate(days)] + items(left)


def test_a_pace_that_stays_holds_every_week():
    assert judge(studied([2] * 100, 60), SETTINGS, after(100)) == TrackRecord(12, 12)


def test_a_plan_made_anew_leaves_what_was_foretold_before_it_as_it_was():
    anew = replace(SETTINGS, start_on=after(90))
    assert judge(studied([2] * 100, 60), anew, after(100)) == TrackRecord(12, 12)


def test_a_pace_that_suddenly_rises_misses():
    found = judge(studied([2] * 40 + [9] * 60, 60), SETTINGS, after(100))
    assert found.judged == 12
    assert 0 < found.held < 9


def test_what_leant_on_the_plan_is_not_judged():
    assert judge(studied([2] * 9, 60), SETTINGS, after(9)).judged == 0
    assert judge(studied([2] * 20, 60), SETTINGS, after(20)).judged == 2
    assert judge(items(5), SETTINGS, after(100)).judged == 0
    assert judge([], SETTINGS, after(100)) == TrackRecord(0, 0)


def test_a_finish_is_judged_by_its_day():
    """Two a day to the end; asked again later, nothing has changed but the weeks asked about."""
    made = studied([2] * 50, 0)
    assert judge(made, SETTINGS, after(50)) == TrackRecord(8, 8)
    later = judge(made, SETTINGS, after(50) + timedelta(weeks=2))
    assert later == TrackRecord(8, 8)
    assert judge(made, SETTINGS, after(50) + timedelta(weeks=12)).judged == 0


def test_a_finish_later_than_the_range_misses():
    made = studied([2] * 50 + [0] * 9 + [1], 0)
    on_time = judge(studied([2] * 50 + [2], 0), SETTINGS, after(60))
    assert judge(made, SETTINGS, after(60)).held < on_time.judged


def test_what_is_done_today_is_not_counted_yet():
    made = studied([2] * 40, 60)
    today = after(40)
    more = [done(one, today) for one in items(30)] + made[:-60] + items(60)[30:]
    assert judge(more, SETTINGS, today) == judge(made, SETTINGS, today)
