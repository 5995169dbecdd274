"""Moving a question by hand."""

from datetime import timedelta

import pytest

from prep.errors import InvalidDates, UnknownQuestion
from prep.planning import moves, plan_status
from prep.store import undo_redo

MONDAY = "2026-11-23"  # the clock's day


def plan_of(db, clock):
    return {p.item.id: p.date.isoformat() for p in plan_status.load(db, clock.today()).planned}


def move(db, tracker, clock, question_id, where):
    plan = plan_status.load(db, clock.today())
    tracker.edit({question_id: moves.fields(plan, question_id, where)})
    return plan_of(db, clock)


def test_tomorrow_is_the_next_study_day(db, tracker, clock):
    assert plan_of(db, clock)["SD-001"] == MONDAY
    planned = move(db, tracker, clock, "SD-001", moves.TOMORROW)
    assert planned["SD-001"] == "2026-11-24"
    assert planned["SD-002"] == "2026-11-24", "nothing else moves in"
    assert planned["L-01"] == MONDAY, "the rest of today stays"
    assert tracker.state("SD-001").put_off_on == MONDAY


def test_the_next_one_can_be_brought_forward_but_not_what_was_put_off(db, tracker, clock):
    move(db, tracker, clock, "SD-001", moves.TOMORROW)
    following = moves.next_to_bring_forward(plan_status.load(db, clock.today()))
    assert following == "SD-002"
    planned = move(db, tracker, clock, following, clock.today())
    assert planned["SD-002"] == MONDAY
    assert tracker.state("SD-002").put_off_on is None
    tracker.set_status([question for question in planned if question != "SD-001"], "done")
    assert moves.next_to_bring_forward(plan_status.load(db, clock.today())) is None


def test_later_and_earlier_go_by_study_days(db, tracker, clock):
    friday = next(q for q, day in plan_of(db, clock).items() if day == "2026-11-27")
    assert move(db, tracker, clock, friday, moves.LATER)[friday] == "2026-11-30"
    assert move(db, tracker, clock, friday, moves.EARLIER)[friday] == "2026-11-27"


def test_there_is_nothing_earlier_than_today(db, tracker, clock):
    with pytest.raises(InvalidDates, match="no earlier study day"):
        move(db, tracker, clock, "SD-001", moves.EARLIER)


def test_a_date_that_is_a_rest_day_becomes_the_next_study_day(db, tracker, clock):
    saturday = clock.today() + timedelta(days=5)
    assert move(db, tracker, clock, "SD-001", saturday)["SD-001"] == "2026-11-30"
    assert tracker.state("SD-001").moved_to == "2026-11-30"


def test_a_date_before_today_is_refused(db, tracker, clock):
    with pytest.raises(InvalidDates, match="it is before 2026-11-23"):
        move(db, tracker, clock, "SD-001", clock.today() - timedelta(days=3))


def test_skipped_and_back(db, tracker, clock):
    assert "SD-001" not in move(db, tracker, clock, "SD-001", moves.SKIP)
    assert move(db, tracker, clock, "SD-001", moves.BACK)["SD-001"] == MONDAY


def test_a_move_survives_replanning_and_undo_takes_it_back(db, tracker, clock):
    move(db, tracker, clock, "SD-001", moves.TOMORROW)
    tracker.set_status(["SD-002", "L-01"], "done")
    assert plan_of(db, clock)["SD-001"] == "2026-11-24"
    undo_redo.undo(db, clock)
    undo_redo.undo(db, clock)
    assert plan_of(db, clock)["SD-001"] == MONDAY


@pytest.mark.parametrize("where", [moves.LATER, moves.EARLIER])
def test_what_has_no_day_cannot_go_earlier_or_later(db, tracker, clock, where):
    tracker.set_status("SD-001", "done")
    with pytest.raises(InvalidDates, match="done or not in your plan"):
        move(db, tracker, clock, "SD-001", where)
    with pytest.raises(UnknownQuestion):
        move(db, tracker, clock, "SD-999", where)
