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
        with pytest.raises(InvalidValue):
            mock_notes.rate_overall(db, loop, wrong)
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


def test_what_was_asked_for_is_kept_and_asked_once(db, loop):
    mock_notes.tell_requirements(db, loop, "L-01")
    mock_notes.tell_requirements(db, loop, "L-01")
    mock_notes.ask_follow_up(db, loop, "L-01", 2)
    mock_notes.ask_follow_up(db, loop, "L-01", 1)  # from a tab left behind
    attempt = mock.running(db)
    assert (attempt.told, attempt.follow_ups) == (("L-01",), {"L-01": 2})


def test_the_rating_of_an_interview_of_one_question_is_its_answers(db, watch):
    attempt = mock.start(db, watch.clock, "question", ["L-01"])
    mock_notes.rate(db, attempt, "L-01", 4)  # as before there was one of the whole
    mock_notes.rate_overall(db, attempt, 2)
    assert mock.running(db).rating("L-01") == 2
