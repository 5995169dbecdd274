"""Which dates a change cleared."""

from datetime import date

import pytest

from prep.progress import cleared_dates
from prep.progress.tracker import STATUSES
from prep.store import change_list, undo_redo


def cleared(db):
    made = change_list.changes(db, change_id=undo_redo.last_undoable(db))
    return [
        (one.question_id, one.title, one.day.isoformat()) for one in cleared_dates.of_change(made)
    ]


@pytest.fixture
def done(tracker):
    for day, status in enumerate(STATUSES[1:], 1):
        tracker.set_status(["L-01", "L-02"], status, on=date(2026, 11, day))


DATES = [("started", "2026-11-01"), ("drafted", "2026-11-02"), ("done", "2026-11-03")]


@pytest.mark.parametrize("back_to", range(3))
def test_going_back_clears_the_dates_of_later_statuses(db, tracker, done, back_to):
    tracker.set_status("L-01", STATUSES[back_to])
    assert cleared(db) == [("L-01", *date) for date in DATES[back_to:]]


def test_of_many_questions_the_dates_stand_in_the_order_of_the_statuses(db, tracker, done):
    tracker.set_status(["L-01", "L-02"], "in_progress")
    assert [title for _, title, _ in cleared(db)] == ["drafted", "drafted", "done", "done"]


def test_a_date_that_is_emptied_by_hand_is_cleared_one_that_is_corrected_is_not(db, tracker, done):
    tracker.edit({"L-01": {"started_on": None, "done_on": "2026-11-05"}})
    assert cleared(db) == [("L-01", "started", "2026-11-01")]


def test_going_on_clears_nothing(db, tracker):
    tracker.set_status("L-01", "done")
    assert cleared(db) == []
