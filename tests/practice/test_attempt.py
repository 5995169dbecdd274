"""An attempt at a mock interview as it stands, and as text."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice.attempt import (
    LENGTHS,
    QUESTION,
    Attempt,
    attempt_of,
    budget_seconds,
    refuse_broken_attempt,
    refuse_broken_scores,
    state_text,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ATTEMPT = Attempt(
    "MI-001",
    BEHAVIORAL,
    NOON,
    ("L-01", "L-02"),
    seconds={"L-01": 12.5},
    running_since=NOON,
    notes={"L-01": "the Lisbon story"},
    scores={"L-01": {"Task": 3}},
    ratings={"L-01": 4},
    overall=3,
    told=("L-01",),
    follow_ups={"L-01": 2},
)


def row_of(attempt):
    return {
        "id": attempt.id,
        "kind": attempt.kind,
        "started_at": attempt.started_at.isoformat(),
        "state": state_text(attempt),
    }


@pytest.mark.parametrize("attempt", [ATTEMPT, replace(ATTEMPT, running_since=None, current=1)])
def test_an_attempt_is_read_as_it_was_written(attempt):
    assert attempt_of(row_of(attempt)) == attempt
    refuse_broken_attempt(row_of(attempt), {"L-01", "L-02", "L-03"})


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "a chat"},
        {"questions": ("L-01", "L-99")},
        {"current": 2},
        {"seconds": {"L-01": -1}},
        {"notes": {"L-01": 7}},
        {"notes": {"L-03": "not asked"}},
        {"ratings": {"L-01": 5}},
        {"overall": 5},
        {"told": ("L-03",)},
        {"follow_ups": {"L-01": -1}},
        {"follow_ups": {"L-03": 1}},
        {"scores": {"L-01": {"Task": 4}}},
        {"running_since": NOON.replace(tzinfo=None)},
    ],
)
def test_an_attempt_that_cannot_go_on_is_refused(change):
    with pytest.raises(ValueError):
        refuse_broken_attempt(row_of(replace(ATTEMPT, **change)), {"L-01", "L-02", "L-03"})


def test_an_attempt_that_began_before_there_was_an_overall_rating_goes_on():
    row = row_of(ATTEMPT)
    state = json.loads(row["state"])
    for name in ("overall", "told", "follow_ups"):
        del state[name]
    found = attempt_of(row | {"state": json.dumps(state)})
    assert found == replace(ATTEMPT, overall=None, told=(), follow_ups={})
    assert (found.rating("L-01"), found.rating("L-02")) == (4, None)


def test_an_answer_without_a_rating_of_its_own_has_that_of_the_interview():
    assert (ATTEMPT.rating("L-01"), ATTEMPT.rating("L-02")) == (4, 3)


@pytest.mark.parametrize("value", [-1, 4, 1.0, True, "2", None])
def test_a_score_is_a_whole_number_from_0_to_3(value):
    with pytest.raises(ValueError):
        refuse_broken_scores({"Task": value})


def test_the_clock_stands_once_it_is_stopped():
    stopped = ATTEMPT.stopped(NOON + timedelta(seconds=7.5))
    assert (stopped.seconds["L-01"], stopped.running_since) == (20.0, None)
    assert stopped.stopped(NOON + timedelta(hours=1)) == stopped


def test_a_question_has_the_minutes_of_its_interview():
    assert budget_seconds(QUESTION, SYSTEM_DESIGN) == 45 * 60
    loop = LENGTHS[BEHAVIORAL]
    assert loop.count * budget_seconds(BEHAVIORAL, BEHAVIORAL) == 45 * 60
