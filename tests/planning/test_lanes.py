"""Which questions are in the plan, and why the others are not; in which order they come."""

import pytest

from prep.content.models import BEHAVIORAL
from prep.planning import lanes
from prep.progress.setting_texts import FIT, LEFT_OUT, SIDE_BY_SIDE
from tests.sample_plans import chosen, item, items


@pytest.mark.parametrize(
    ("fields", "wanted", "why"),
    [
        ({}, {}, None),
        ({}, {"sheets": (BEHAVIORAL,)}, "sheet"),
        ({"level": "DIR"}, {"level": "EM"}, "directors only"),
        ({"level": "DIR", "pinned": True}, {"level": "EM"}, None),
        ({"phase_position": None}, {"outside_sequence": LEFT_OUT}, "omits"),
        ({"phase_position": None, "pinned": True}, {"outside_sequence": LEFT_OUT}, None),
        ({"skipped": True, "pinned": True}, {}, "skipped"),
        ({}, {"scope": FIT}, "does not fit"),
        ({"in_scope": True}, {"scope": FIT}, None),
        ({"pinned": True}, {"scope": FIT}, None),
        ({"status": "in_progress"}, {"scope": FIT}, None),
        ({"status": "in_progress", "skipped": True}, {"scope": FIT}, "skipped"),
    ],
)
def test_each_question_is_in_the_plan_or_it_is_said_why_not(fields, wanted, why):
    found = lanes.why_left_out(item(1, **fields), chosen(**wanted))
    assert found is None if why is None else why in found
    in_plan = lanes.in_plan([item(1, **fields)], chosen(**wanted))
    assert len(in_plan) == (why is None)


def test_a_fitted_plan_has_one_lane_since_its_minutes_are_those_of_the_day():
    made = items(2, in_scope=True) + items(2, BEHAVIORAL, in_scope=True)
    [lane] = lanes.list_lanes(made, chosen(scope=FIT, interleave=SIDE_BY_SIDE))
    assert [one.id for one in lane] == ["S-001", "B-001", "S-002", "B-002"]
    assert len(lanes.list_lanes(made, chosen(interleave=SIDE_BY_SIDE))) == 2
