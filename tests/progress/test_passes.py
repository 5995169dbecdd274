"""A second pass: statuses begin anew, the first stays whole."""

from datetime import date

import pytest

from prep.errors import InvalidValue
from prep.progress import activity, passes
from prep.progress.passes import Pass
from prep.store import undo_redo


@pytest.fixture
def first_pass(db, tracker):
    tracker.set_status(["L-01", "L-02"], "done", on=date(2026, 11, 20))
    tracker.set_status("L-03", "drafted", on=date(2026, 11, 19))
    tracker.edit({"L-01": {"confidence": 4, "personal_notes": "stay"}})
    return ["L-01", "L-02", "L-03", "L-04"]


def test_statuses_begin_anew_and_the_first_pass_is_kept(db, tracker, clock, first_pass):
    pass_id = passes.begin(db, clock, first_pass, " First  interview ")
    state = tracker.state("L-01")
    assert (state.status, state.done_on, state.confidence) == ("todo", None, None)
    assert state.personal_notes == "stay"
    assert passes.list_passes(db) == [Pass(pass_id, "First interview", date(2026, 11, 23), 3, 2)]


def test_the_two_passes_can_be_compared(db, tracker, clock, first_pass):
    pass_id = passes.begin(db, clock, first_pass, "First")
    tracker.set_status("L-01", "in_progress")
    frame = passes.compare(db, pass_id)
    assert frame["id"].tolist() == ["L-01", "L-02", "L-03"]
    assert frame["status_then"].tolist() == ["done", "done", "drafted"]
    assert frame["status_now"].tolist() == ["in_progress", "todo", "todo"]
    assert frame["done_then"].iloc[0] == "2026-11-20"


def test_undo_takes_a_new_pass_back_whole(db, tracker, clock, first_pass):
    before = {question_id: tracker.state(question_id) for question_id in first_pass}
    passes.begin(db, clock, first_pass, "First")
    undo_redo.undo(db, clock)
    assert {question_id: tracker.state(question_id) for question_id in first_pass} == before
    assert passes.list_passes(db) == []
    assert passes.begin(db, clock, first_pass, "First") == "PA-002"


def test_activity_of_the_first_pass_stays(db, clock, first_pass):
    before = activity.by_day(db, clock)
    passes.begin(db, clock, first_pass, "First")
    assert activity.by_day(db, clock) == before


def test_there_must_be_something_to_repeat(db, clock, first_pass):
    with pytest.raises(InvalidValue, match="nothing to repeat"):
        passes.begin(db, clock, ["L-09"], "First")
    with pytest.raises(InvalidValue, match="a name"):
        passes.begin(db, clock, first_pass, "  ")
    assert passes.list_passes(db) == []
