"""Where the person stands, in one sentence with one set of numbers."""

from datetime import timedelta

import pytest

from prep.planning import verdict
from prep.planning.plan_status import PlanStatus
from tests.sample_plans import MONDAY, chosen, done, items


def day(n):
    return MONDAY + timedelta(days=n)


def found(done_on=(), today=0, count=10, **fields):
    """Return the verdict on a plan of two a study day, so many of it done on these days."""
    made = items(count)
    for n, on in enumerate(done_on):
        made[n] = done(made[n], day(on))
    return verdict.of_plan(PlanStatus(made, chosen(**fields), day(today)))


@pytest.mark.parametrize(
    ("made", "state", "sentence"),
    [
        (
            {},
            "not begun",
            "10 questions in your plan, and no record yet. The plan ends on 4 Dec 2026.",
        ),
        (
            {"done_on": (0, 0), "today": 1, "target_on": day(7)},
            "on track",
            "On track: 2 of 10 questions done. The plan ends on 4 Dec 2026, 3 days before your"
            " interview.",
        ),
        (
            {"today": 2, "target_on": day(9)},
            "behind",
            "Behind by 2 study days: 0 of 10 questions done, 4 were due. The plan ends on"
            " 8 Dec 2026, 1 day before your interview.",
        ),
        (
            {"done_on": (0,) * 4, "today": 0},
            "ahead",
            "Ahead by 1 study day: 4 of 10 questions done. The plan ends on 3 Dec 2026.",
        ),
        (
            {"target_on": day(2)},
            "late",
            "Too much for the time: 0 of 10 questions done. The plan ends on 4 Dec 2026, 2 days"
            " after your interview.",
        ),
        (
            {"today": 2, "target_on": day(8)},
            "late",
            "Behind by 2 study days: 0 of 10 questions done, 4 were due. The plan ends on"
            " 8 Dec 2026, the day of your interview.",
        ),
        ({"done_on": (0,) * 10, "today": 1}, "done", "Every question in your plan is done."),
        (
            {"done_on": (0,), "today": 30, "target_on": day(3)},
            "behind",
            "Behind by 22 study days: 1 of 10 questions done, 10 were due. The plan ends on"
            " 5 Jan 2027.",
        ),
    ],
)
def test_each_state_has_its_sentence(made, state, sentence):
    verdict_on_it = found(**made)
    assert (verdict_on_it.state, verdict_on_it.sentence) == (state, sentence)
