"""Mock interviews: the clock, what is kept, and undo."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from prep.clock import Clock
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.errors import AttemptRefused, UnknownAttempt, UnknownQuestion
from prep.practice import mock, mock_draw, mock_notes, past_attempts
from prep.practice.attempt import LONGEST_STRETCH, budget_seconds
from prep.progress import time_spent
from prep.store import undo_redo
from prep.store.change_rows import Edit
from prep.store.database import open_database

from .interviews import KOLKATA, LOOP, Watch, finished


def used(db, watch):
    attempt = mock.running(db)
    return attempt.used(attempt.question_id, watch.now)


# The clock


def test_the_clock_counts_what_is_not_paused(db, watch, loop):
    watch.on(100)
    assert used(db, watch) == 100
    mock.pause(db, watch.clock, loop)
    watch.on(1000)
    assert used(db, watch) == 100
    mock.resume(db, watch.clock, loop)
    watch.on(20)
    assert used(db, watch) == 120


def test_pausing_and_resuming_twice_changes_nothing(db, watch, loop):
    watch.on(10)
    mock.resume(db, watch.clock, loop)
    mock.pause(db, watch.clock, loop)
    mock.pause(db, watch.clock, loop)
    watch.on(10)
    assert used(db, watch) == 10


def test_the_clock_survives_a_restart(db, db_path, watch, loop):
    watch.on(30)
    with open_database(db_path) as after_restart:
        watch.on(30)
        assert used(after_restart, watch) == 60


def test_the_clock_runs_through_midnight_and_a_change_of_the_hour(db):
    before_the_hour_is_set_back = datetime(2026, 10, 24, 23, 59, tzinfo=UTC)
    watch = Watch(before_the_hour_is_set_back, ZoneInfo("Europe/Berlin"))
    mock.start(db, watch.clock, SYSTEM_DESIGN, ["SD-001"])
    watch.on(4800)
    assert used(db, watch) == 4800


def test_an_interview_left_open_does_not_count_the_night(db, watch, loop):
    watch.on(10 * 3600)
    assert used(db, watch) == LONGEST_STRETCH
    mock.pause(db, watch.clock, loop)
    assert used(db, watch) == LONGEST_STRETCH


def test_a_clock_set_back_counts_nothing(db, watch, loop):
    watch.on(-3600)
    assert used(db, watch) == 0


def test_each_question_has_its_own_time(db, watch, loop):
    watch.on(50)
    mock.next_question(db, watch.clock, loop, "L-01")
    watch.on(20)
    attempt = mock.running(db)
    assert attempt.question_id == "L-02"
    assert [attempt.used(q, watch.now) for q in LOOP] == [50, 20, 0]
    assert attempt.reached == ("L-01", "L-02")


def test_after_the_last_question_the_clock_stands(db, watch, loop):
    for question_id in LOOP:
        watch.on(5)
        mock.next_question(db, watch.clock, loop, question_id)
    watch.on(500)
    mock.resume(db, watch.clock, loop)
    attempt = mock.running(db)
    assert attempt.is_scoring
    assert attempt.used("L-03", watch.now) == 5


def test_one_can_go_back_from_the_scores_to_the_question(db, watch, loop):
    watch.on(5)
    mock.end(db, watch.clock, loop)
    watch.on(100)
    mock.go_back(db, watch.clock, loop)
    watch.on(7)
    assert not mock.running(db).is_scoring
    assert used(db, watch) == 12


def test_next_from_a_tab_left_behind_skips_nothing(db, watch, loop):
    mock.next_question(db, watch.clock, loop, "L-01")
    with pytest.raises(AttemptRefused, match="has gone on elsewhere"):
        mock.next_question(db, watch.clock, loop, "L-01")
    assert mock.running(db).question_id == "L-02"


@pytest.mark.parametrize(
    ("kind", "sheet", "minutes"),
    [
        ("question", BEHAVIORAL, 10),
        ("question", SYSTEM_DESIGN, 45),
        (BEHAVIORAL, BEHAVIORAL, 9),
        (SYSTEM_DESIGN, SYSTEM_DESIGN, 45),
    ],
)
def test_the_time_there_is(kind, sheet, minutes):
    assert budget_seconds(kind, sheet) == minutes * 60


# Starting, finishing, discarding


def test_a_second_start_is_refused(db, watch, loop):
    with pytest.raises(AttemptRefused, match="MI-001 is still running: finish or discard it"):
        mock.start(db, watch.clock, "question", ["L-04"])
    assert mock.running(db).questions == tuple(LOOP)


def test_a_start_without_or_with_an_unknown_question_is_refused(db, watch):
    with pytest.raises(AttemptRefused, match="no question matches"):
        mock.start(db, watch.clock, "question", [])
    with pytest.raises(UnknownQuestion):
        mock.start(db, watch.clock, "question", ["L-999"])
    assert mock.running(db) is None


def test_ids_are_never_used_again(db, watch, loop):
    mock.discard(db, watch.clock, loop)
    assert mock.start(db, watch.clock, "question", ["L-01"]) == "MI-002"
    undo_redo.undo(db, watch.clock)
    assert mock.start(db, watch.clock, "question", ["L-01"]) == "MI-003"


def test_what_is_finished_is_kept(db, watch, loop):
    watch.on(70)
    mock_notes.note(db, loop, "L-01", "Metric <late>\0")
    mock.next_question(db, watch.clock, loop, "L-01")
    watch.on(30)
    mock.end(db, watch.clock, loop)
    mock_notes.score(db, loop, "L-01", "Situation", 3)
    mock_notes.score(db, loop, "L-01", "Metric", 0)
    mock_notes.score(db, loop, "L-01", "Task", 2)
    mock_notes.score(db, loop, "L-01", "Task", None)
    mock_notes.rate(db, loop, "L-01", 2)
    mock_notes.rate(db, loop, "L-02", 4)
    mock.finish(db, watch.clock, loop)
    first, second = past_attempts.list_answers(db)
    assert (first.question_id, first.seconds, first.rating) == ("L-01", 70, 2)
    assert first.scores == {"Situation": 3, "Metric": 0}
    assert first.score == 0.5
    assert (first.notes, first.done_on, first.budget) == (
        "Metric <late>",
        date(2026, 11, 23),
        540,
    )
    assert (second.question_id, second.score, second.notes) == ("L-02", None, "")
    assert mock.running(db) is None


def test_the_day_is_the_persons_own(db):
    watch = Watch(datetime(2026, 11, 23, 23, 0, tzinfo=UTC), KOLKATA)  # the 24th there
    finished(db, watch)
    assert past_attempts.list_answers(db)[0].done_on == date(2026, 11, 24)


def test_an_answer_without_a_rating_is_not_finished(db, watch, loop):
    watch.on(9)
    mock.next_question(db, watch.clock, loop, "L-01")
    mock_notes.rate(db, loop, "L-02", 3)
    with pytest.raises(AttemptRefused, match="say first how well it went"):
        mock.finish(db, watch.clock, loop)
    assert past_attempts.list_answers(db) == []
    assert mock.running(db).used("L-01", watch.now) == 9


def test_one_rating_of_the_whole_is_enough_and_an_answers_own_comes_before_it(db, watch, loop):
    rated = []

    def rate_edits(_db, _clock, question_id, rating):
        rated.append((question_id, rating))
        return []

    for question_id in LOOP:
        watch.on(60)
        mock.next_question(db, watch.clock, loop, question_id)
    mock_notes.rate(db, loop, "L-02", 1)
    mock_notes.rate_overall(db, loop, 3)
    mock.finish(db, watch.clock, loop, rate_edits)
    assert [row.rating for row in past_attempts.list_answers(db)] == [3, 1, 3]
    assert rated == [("L-01", 3), ("L-02", 1), ("L-03", 3)]
    assert [row.score for row in past_attempts.list_answers(db)] == [None] * 3
    assert time_spent.of_question(db, "L-02") == {"mock": 1.0}


def test_undo_of_finish_leads_back_to_the_scores(db, watch):
    attempt = finished(db, watch, ["L-01", "L-02"], scores={"Task": 2})
    watch.on(3600)
    undo_redo.undo(db, watch.clock)
    assert past_attempts.list_answers(db) == []
    again = mock.running(db)
    assert again.is_scoring
    assert (again.ratings["L-02"], again.scores["L-01"]) == (3, {"Task": 2})
    assert again.used("L-01", watch.now) == 60
    mock_notes.rate(db, attempt, "L-01", 1)
    mock.finish(db, watch.clock, attempt)
    assert [row.rating for row in past_attempts.list_answers(db)] == [1, 3]


def test_the_time_of_an_interview_counts_once_however_often_it_is_finished(db, watch, loop):
    watch.on(120)
    mock.end(db, watch.clock, loop)
    mock_notes.rate(db, loop, "L-01", 3)
    for _ in range(2):
        mock.finish(db, watch.clock, loop)
        assert time_spent.of_question(db, "L-01") == {"mock": 2.0}
        undo_redo.undo(db, watch.clock)
        assert time_spent.of_question(db, "L-01") == {}


def test_undo_of_start_takes_the_interview_away(db, watch, loop):
    watch.on(5)
    mock_notes.note(db, loop, "L-01", "kept until here")
    undo_redo.undo(db, watch.clock)
    assert mock.running(db) is None
    with pytest.raises(UnknownAttempt):
        mock.pause(db, watch.clock, loop)


def test_undo_of_discard_brings_it_back_paused(db, watch, loop):
    watch.on(40)
    mock.discard(db, watch.clock, loop)
    assert mock.running(db) is None
    watch.on(1000)
    undo_redo.undo(db, watch.clock)
    assert used(db, watch) == 40


def test_a_finished_interview_is_removed_with_its_answers_and_comes_back(db, watch):
    attempt = finished(db, watch, ["L-01", "L-02"])
    mock.discard(db, watch.clock, attempt)
    assert past_attempts.list_answers(db) == []
    assert mock_draw.candidates(db, Clock(), {"id": ["L-01"]})[0].last_rating is None
    undo_redo.undo(db, watch.clock)
    assert len(past_attempts.list_answers(db)) == 2


def test_a_rating_feeds_the_schedule_in_the_same_change(db, watch, loop):
    def rate_edits(_db, _clock, question_id, rating):
        return [Edit("card", {question_id: {"card": "{}", "due_on": f"2026-12-0{rating}"}})]

    mock.end(db, watch.clock, loop)
    mock_notes.rate(db, loop, "L-01", 4)
    mock.finish(db, watch.clock, loop, rate_edits)
    cards = "SELECT question_id, due_on FROM card WHERE card IS NOT NULL"
    assert db.execute(cards).fetchall() == [("L-01", "2026-12-04")]
    undo_redo.undo(db, watch.clock)
    assert db.execute(cards).fetchall() == []
    assert mock.running(db).id == loop


@pytest.mark.parametrize(
    "step",
    [
        lambda db, c, a: mock.pause(db, c, a),
        lambda db, c, a: mock_notes.note(db, a, "L-01", ""),
        lambda db, c, a: mock.finish(db, c, a),
    ],
)
def test_what_is_finished_takes_no_more_steps(db, watch, step):
    attempt = finished(db, watch)
    with pytest.raises(UnknownAttempt, match="MI-001 is finished"):
        step(db, watch.clock, attempt)
    with pytest.raises(UnknownAttempt, match="there is no mock interview"):
        step(db, watch.clock, "MI-999")


# Undo while one runs, and other devices


def test_an_interview_runs_on_the_device_where_it_was_started(db, watch, loop):
    db.execute("UPDATE attempt SET state = NULL")  # as another device has it
    assert mock.running(db) is None
    with pytest.raises(UnknownAttempt, match="MI-001 runs on another device"):
        mock.pause(db, watch.clock, loop)
    assert mock.start(db, watch.clock, "question", ["L-04"]) == "MI-002"
    mock.discard(db, watch.clock, loop)
    assert past_attempts.list_answers(db) == []
