"""Time spent: counted, entered, summed."""

from datetime import date

import pytest

from prep.errors import InvalidDates, InvalidValue, UnknownQuestion
from prep.progress import time_spent
from prep.store import change_list, undo_redo


def test_time_adds_up_by_question_and_kind(db, clock):
    for seconds in (30, 90):
        time_spent.add(db, clock, "L-01", time_spent.ANSWERING, seconds)
    time_spent.add(db, clock, "L-01", time_spent.REVIEWING, 60)
    assert time_spent.of_question(db, "L-01") == {"answering": 2.0, "reviewing": 1.0}
    assert change_list.data_version(db) == 0


def test_at_most_an_hour_is_added_at_once(db, clock):
    time_spent.add(db, clock, "L-01", time_spent.READING, 10**9)
    time_spent.add(db, clock, "L-01", time_spent.READING, -5)
    assert time_spent.of_question(db, "L-01") == {"reading": 60.0}


def test_minutes_entered_by_hand_can_be_undone(db, clock):
    time_spent.enter(db, clock, "L-01", 45, date(2026, 11, 20), "whiteboard")
    time_spent.enter(db, clock, "SD-001", 15, date(2026, 11, 16))
    frame = time_spent.minutes_by_group(db, "week")
    assert frame[["sheet", "group", "minutes"]].to_numpy().tolist() == [
        ["system-design", "2026-11-16", 15.0],
        ["behavioral", "2026-11-16", 45.0],
    ]
    assert time_spent.minutes_by_group(db, "category")["group"].tolist() == [
        "Classic “Design X” Questions",
        "Leadership",
    ]
    undo_redo.undo(db, clock)
    assert time_spent.of_question(db, "SD-001") == {}


def test_impossible_entries_are_refused(db, clock):
    with pytest.raises(InvalidValue, match="from 1 to 1440"):
        time_spent.enter(db, clock, "L-01", 0, clock.today())
    with pytest.raises(InvalidDates, match="after today"):
        time_spent.enter(db, clock, "L-01", 5, date(2030, 1, 1))
    with pytest.raises(UnknownQuestion):
        time_spent.enter(db, clock, "L-99", 5, clock.today())
    assert time_spent.minutes_by_group(db, "question").empty
