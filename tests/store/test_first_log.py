"""The counted log of an older database comes to say what a log of today says."""

import json

import pytest

from prep.store import first_log
from tests.store.counted import Counted, said_of

OWN = {
    "id": "X-001",
    "sheet": "behavioral",
    "category_position": 3,
    "position": 10_001,
    "title": "Why here?",
    "notes": "ünï",
    "level": "EM",
    "difficulty": "Low",
    "article_status": "todo",
    "own": 1,
}


@pytest.fixture
def counted():
    return Counted()


def completed(counted):
    log = first_log.read(counted.db)
    first_log.complete(counted.db, log)
    return log


def fields(change, subject="question"):
    """Return old and new value of each field that a change says of one kind of thing."""
    return {
        name: tuple(map(json.loads, values))
        for (kind, _, name), values in change.said.items()
        if kind == subject
    }


def test_an_undo_of_an_undo_was_a_redo(counted):
    first = counted.change(1, said_of("question", "L-01", personal_notes=("", "a")))
    undo = counted.undo(2, first)
    redo = counted.undo(3, undo)
    counted.undo(4, redo)
    log = first_log.read(counted.db)
    assert [(change.undoes, change.is_redo) for change in log.values()] == [
        (None, False),
        (first, False),
        (first, True),
        (first, False),
    ]


def test_a_status_says_all_its_days_as_they_were_then(counted):
    counted.change(
        1,
        said_of(
            "question", "L-01", status=("todo", "in_progress"), started_on=(None, "2026-11-02")
        ),
    )
    counted.change(2, said_of("question", "L-02", done_on=(None, "2026-11-01")))
    counted.change(
        3, said_of("question", "L-01", status=("in_progress", "done"), done_on=(None, "2026-11-03"))
    )
    _, other, last = completed(counted).values()
    assert fields(last) == {
        "status": ("in_progress", "done"),
        "started_on": ("2026-11-02", "2026-11-02"),
        "drafted_on": (None, None),
        "done_on": (None, "2026-11-03"),
    }
    assert fields(other)["status"] == ("todo", "todo")


def test_other_fields_of_a_question_stand_alone(counted):
    counted.change(1, said_of("question", "L-01", starred=(0, 1)))
    [change] = completed(counted).values()
    assert fields(change) == {"starred": (0, 1)}


def test_what_is_kept_beside_the_history_by_now_is_left_out(counted):
    counted.change(
        1,
        said_of("attempt", "MI-001", state=(None, '{"questions": []}'), kind=(None, "question"))
        | said_of(
            "time", "L-01#x", kind=("manual", "mock"), question_id=(None, "L-01"), note=("", "n")
        ),
    )
    [change] = completed(counted).values()
    assert fields(change, "attempt") == {"kind": (None, "question")}
    assert fields(change, "time") == {"note": ("", "n")}


def test_the_first_change_of_ones_own_question_says_how_it_began(counted):
    """What was changed later began as the first change of it says, the rest as it is."""
    counted.db.table("question").insert(OWN)
    counted.change(1, said_of("own", "X-001", retired=(1, 0)))
    counted.change(2, said_of("own", "X-001", title=("Why?", "Why here?")))
    first, second = completed(counted).values()
    assert fields(first, "own") == {
        "retired": (1, 0),
        "title": ("Why?", "Why?"),
        "notes": ("ünï", "ünï"),
        "sheet": ("behavioral", "behavioral"),
        "category_position": (3, 3),
        "level": ("EM", "EM"),
        "difficulty": ("Low", "Low"),
    }
    assert ("own", "X-001", "retired") not in first.added
    assert ("own", "X-001", "notes") in first.added
    assert fields(second, "own") == {"title": ("Why?", "Why here?")}
    assert first.said["own", "X-001", "notes"] == ('"ünï"', '"ünï"'), "as the log writes it"


def test_the_state_that_an_undo_wiped_comes_back_and_no_other_is_touched(counted):
    states = {"MI-001": None, "MI-002": '{"questions": ["L-02"], "notes": {}}'}
    for name, state in states.items():
        counted.db.table("attempt").insert({"id": name, "state": state, "removed": 0})
        begun = '{"questions": ["L-01"]}'
        counted.undo(2, counted.change(1, said_of("attempt", name, state=(None, begun))))
    first_log.bring_back_states(counted.db, first_log.read(counted.db))
    assert dict(counted.db.execute("SELECT id, state FROM attempt").fetchall()) == states | {
        "MI-001": '{"questions": ["L-01"]}'
    }
