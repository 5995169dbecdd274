"""What is kept while a mock interview goes on."""

import pytest

from prep.errors import InvalidValue
from prep.practice import mock, mock_notes
from prep.store import change_list, undo_redo


def test_the_clock_and_the_notes_are_no_changes(db, watch, loop):
    before = change_list.data_version(db)
    mock.pause(db, watch.clock, loop)
    mock.resume(db, watch.clock, loop)
    mock_notes.note(db, loop, "L-01", "x")
    mock.next_question(db, watch.clock, loop, "L-01")
    assert change_list.data_version(db) == before


def test_values_out_of_range_are_refused(db, loop):
    for wrong in (-1, 4):
        with pytest.raises(InvalidValue):
            mock_notes.score(db, loop, "L-01", "Task", wrong)
    for wrong in (0, 5):
        with pytest.raises(InvalidValue):
            mock_notes.rate(db, loop, "L-01", wrong)
    with pytest.raises(InvalidValue, match="notes hold at most"):
        mock_notes.note(db, loop, "L-01", "x" * 10_001)


def test_what_was_typed_in_an_interview_is_back_with_redo(db, watch, loop):
    watch.on(70)
    mock_notes.note(db, loop, "L-01", "a long thought")
    mock_notes.score(db, loop, "L-01", "Task", 3)
    mock_notes.rate(db, loop, "L-01", 4)
    mock.next_question(db, watch.clock, loop, "L-01")
    before = mock.running(db)
    undo_redo.undo(db, watch.clock)
    assert mock.running(db) is None
    undo_redo.redo(db, watch.clock)
    assert mock.running(db) == before
