"""A question on its day, or on several with a part of its minutes on each."""

from datetime import timedelta

from prep.planning.planned import Planned
from tests.sample_plans import MONDAY, item

TUESDAY = MONDAY + timedelta(days=1)


def test_on_one_day_it_takes_its_minutes_there_and_none_elsewhere():
    planned = Planned(MONDAY, item(1))
    assert planned.begins_on == MONDAY
    assert planned.on(MONDAY) == item(1)
    assert planned.on(TUESDAY) is None


def test_on_several_it_takes_a_part_of_them_on_each():
    planned = Planned(TUESDAY, item(1), ((MONDAY, 20), (TUESDAY, 40)))
    assert planned.begins_on == MONDAY
    assert [planned.on(day).minutes for day in (MONDAY, TUESDAY)] == [20, 40]
    assert planned.on(TUESDAY + timedelta(days=1)) is None
