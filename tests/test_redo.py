"""Redo brings back what undo took, whole, until something new is done."""

import os
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from prep import (
    answers,
    change_log,
    history,
    merging,
    mock,
    own_questions,
    passes,
    reading,
    review,
    settings,
    stories,
    time_spent,
    transfer,
)
from prep.database import open_database, rehearsing, writing
from prep.errors import InvalidValue, PrepError, UnknownAttempt
from prep.sheets import BEHAVIORAL
from prep.tracker import Tracker

from .conftest import NOON
from .test_mock import Watch

EXAMPLES = 100 if os.environ.get("PREP_TEST_FULL") else 40
OWN = {"sheet": BEHAVIORAL, "category_position": 1, "title": "Why us?", "level": "EM",
       "difficulty": "Low"}  # fmt: skip


def running(db):
    found = mock.running(db)
    if found is None:
        raise UnknownAttempt("none is running")
    return found


def finish(db, clock):
    attempt = running(db)
    for question_id in attempt.reached:
        mock.rate(db, attempt.id, question_id, 3)
    mock.finish(db, clock, attempt.id, review.rate_edits)


# One of each kind of change. Each may refuse, as a person's second click does.
ACTS = [
    lambda db, clock: Tracker(db, clock).set_status(["L-01", "SD-001"], "done"),
    lambda db, clock: Tracker(db, clock).set_status("L-01", "todo"),
    lambda db, clock: Tracker(db, clock).edit({"L-01": {"personal_notes": str(clock.now())}}),
    lambda db, clock: Tracker(db, clock).edit({"L-02": {"skipped": True, "starred": True}}),
    lambda db, clock: answers.save(db, clock, "SD-001", f"## Hook\n{clock.now()}"),
    lambda db, clock: answers.save(db, clock, "SD-001", ""),
    lambda db, clock: stories.save(db, clock, {"title": f"At {clock.now()}"}),
    lambda db, clock: stories.link(db, clock, "ST-001", {"L-01": "the risk", "L-02": ""}),
    lambda db, clock: stories.link(db, clock, "ST-001", {"L-01": None}),
    lambda db, clock: stories.remove(db, clock, "ST-001"),
    lambda db, clock: own_questions.add(db, clock, OWN),
    lambda db, clock: own_questions.retire(db, clock, "X-001"),
    lambda db, clock: passes.begin(db, clock, ["L-01", "SD-001"], "First"),
    lambda db, clock: review.rate(db, clock, "L-01", 3),
    lambda db, clock: settings.change(db, clock, {"pace": f"{5 + clock.now().second} minutes"}),
    lambda db, clock: reading.mark_read(db, clock, "/system-design/classic/url-shortener/"),
    lambda db, clock: reading.note_section(db, clock, "/system-design/classic/url-shortener/",
                                           "hook", str(clock.now())),
    lambda db, clock: time_spent.enter(db, clock, "L-01", 5, clock.today()),
    lambda db, clock: mock.start(db, clock, mock.QUESTION, ["L-01"]),
    lambda db, clock: mock.note(db, running(db).id, "L-01", str(clock.now())),
    finish,
    lambda db, clock: mock.discard(db, clock, running(db).id),
]  # fmt: skip


def tick(watch):
    watch.on(1)
    return watch.clock


def do(db, watch, act):
    """Do one of ACTS; what it refuses changes nothing."""
    with suppress(PrepError):
        ACTS[act](db, tick(watch))


def rows(db):
    """Return everything personal, to the letter."""
    tables = {table for table, _ in change_log.TABLES.values()} | {"answer_draft"}
    return {table: list(db.query(f"SELECT * FROM [{table}] ORDER BY 1")) for table in tables}


def shown(db):
    """Return what of it there is for the person: what undo took out leaves rows that say so."""
    return {
        "questions": list(db.query("SELECT * FROM tracker WHERE NOT retired ORDER BY id")),
        "answers": db.execute("SELECT * FROM answer WHERE body <> '' ORDER BY 1").fetchall(),
        "stories": (stories.every(db), stories.links(db)),
        "passes": passes.every(db),
        "reviews": db.execute("SELECT id, log FROM review WHERE NOT removed").fetchall(),
        "cards": db.execute("SELECT * FROM card WHERE due_on IS NOT NULL").fetchall(),
        "settings": settings.load(db),
        "read": db.execute("SELECT permalink FROM reading WHERE read_on IS NOT NULL").fetchall(),
        "notes": db.execute("SELECT id, note FROM section_note WHERE note <> ''").fetchall(),
        "time": db.execute("SELECT * FROM time_spent WHERE seconds > 0").fetchall(),
        "attempts": db.execute(
            "SELECT id, kind, started_at, finished_at FROM attempt WHERE NOT removed"
        ).fetchall(),
        "scores": db.execute("SELECT * FROM attempt_question WHERE NOT removed").fetchall(),
    }  # fmt: skip


@pytest.fixture(scope="module")
def own_db(filled_file, tmp_path_factory):
    """A database that every example leaves as it was."""
    path = tmp_path_factory.mktemp("redo") / "prep.db"
    path.write_bytes(filled_file.read_bytes())
    with open_database(path) as db:
        yield db


steps = st.lists(
    st.sampled_from(["undo", "redo"]) | st.integers(0, len(ACTS) - 1), min_size=1, max_size=40
)


@settings_of(max_examples=EXAMPLES)
@given(steps)
def test_undo_and_redo_walk_along_what_was_done(own_db, steps):
    """Each state that there was comes again as it was; a new change cuts what was undone off."""
    watch = Watch(NOON)
    with rehearsing(own_db) as db:
        states, place = [shown(db)], 0
        for step in steps:
            before = history.data_version(db)
            if step == "undo":
                named = history.to_undo(db)
                assert history.undo(db, tick(watch)) == named
                assert bool(named) == (place > 0)
                place = max(place - 1, 0)
            elif step == "redo":
                named = [(i.subject_id, i.field, i.new) for i in history.to_redo(db)]
                redone = history.redo(db, tick(watch))
                assert [(i.subject_id, i.field, i.new) for i in redone] == named
                assert bool(named) == (place < len(states) - 1)
                place = min(place + 1, len(states) - 1)
            else:
                do(db, watch, step)
                if history.data_version(db) > before:
                    del states[place + 1 :]
                    states.append(shown(db))
                    place += 1
            assert shown(db) == states[place]


@settings_of(max_examples=EXAMPLES)
@given(st.lists(st.integers(0, len(ACTS) - 1), min_size=1, max_size=15), st.integers(1, 20))
def test_as_many_redos_as_undos_give_the_same_to_the_letter(own_db, acts, count):
    watch = Watch(NOON)
    with rehearsing(own_db) as db:
        for act in acts:
            do(db, watch, act)
        before = rows(db)
        undone = sum(bool(history.undo(db, tick(watch))) for _ in range(count))
        redone = sum(bool(history.redo(db, tick(watch))) for _ in range(count))
        assert redone == undone
        assert history.redo(db, tick(watch)) == []
        assert rows(db) == before


def test_a_mock_interview_that_undo_took_comes_back_as_it_stood(db):
    """Its notes, times, scores and where it stands are no changes of their own."""
    watch = Watch(NOON)
    attempt = mock.start(db, watch.clock, BEHAVIORAL, ["L-01", "L-02", "L-03"])
    watch.on(90)
    mock.next_question(db, watch.clock, attempt, "L-01")
    mock.note(db, attempt, "L-01", "Begin with the number")
    mock.score(db, attempt, "L-01", "structure", 2)
    mock.rate(db, attempt, "L-01", 3)
    before = mock.running(db)
    history.undo(db, watch.clock)
    assert mock.running(db) is None
    history.redo(db, watch.clock)
    assert mock.running(db) == before
    history.undo(db, watch.clock)
    history.redo(db, watch.clock)
    assert mock.running(db) == before


def test_a_new_change_ends_what_can_be_redone(db, tracker, clock):
    tracker.set_status("L-01", "done")
    history.undo(db, clock)
    tracker.set_status("L-02", "done")
    assert history.to_redo(db) == []
    assert history.redo(db, clock) == []
    history.undo(db, clock)
    assert {item.subject_id for item in history.redo(db, clock)} == {"L-02"}
    assert history.redo(db, clock) == []
    assert tracker.state("L-01")["status"] == "todo"


def test_a_change_to_the_same_changes_nothing_of_what_can_be_redone(db, tracker, clock):
    tracker.set_status("L-01", "done")
    history.undo(db, clock)
    tracker.set_status("L-01", "todo")
    assert history.redo(db, clock)


def test_an_undo_made_elsewhere_is_not_redone_unseen(db, tracker, clock):
    tracker.set_status("L-01", "done")
    here = history.Seen(history.data_version(db))
    history.undo(db, clock)
    with history.seen(here), pytest.raises(InvalidValue, match="made elsewhere"):
        history.redo(db, clock)
    with history.seen(history.Seen(history.data_version(db))):
        assert history.redo(db, clock)


def test_a_redo_that_does_not_fit_any_more_is_refused_whole(db, tracker, clock):
    tracker.edit({"L-01": {"status": "done", "starred": True}})
    history.undo(db, clock)
    db.execute("UPDATE history SET new = '9' WHERE field = 'starred' AND change_id = 1")
    before = rows(db), history.data_version(db)
    with pytest.raises(InvalidValue, match="does not fit"):
        history.redo(db, clock)
    assert (rows(db), history.data_version(db)) == before


def test_toggling_a_thousand_times_stays_as_quick_as_the_history_is_long(db, tracker, clock):
    """A chain of undo and redo is walked along, not into: no recursion in Python."""
    tracker.set_status("L-01", "done")
    with writing(db):
        for _ in range(1000):
            assert history.undo(db, clock)
            assert history.redo(db, clock)
    assert history.undone(db) == set()
    exported = transfer.export(db)
    assert merging.merge(db, transfer.read(exported, "mine.json"), "mine.json").changes == 0


@pytest.mark.parametrize("steps", [("undo", "redo"), ("undo", "undo", "redo", "redo", "undo")])
def test_what_was_undone_and_redone_goes_to_another_device(db, clock, filled_file, tmp_path, steps):
    Tracker(db, clock).set_status("L-01", "done")
    review.rate(db, clock, "L-02", 3)
    watch = Watch(NOON)
    for step in steps:
        getattr(history, step)(db, tick(watch))
    path = tmp_path / "other.db"
    path.write_bytes(filled_file.read_bytes())
    with open_database(path) as other:
        merging.merge(other, transfer.read(transfer.export(db), "mine.json"), "mine.json")
        assert transfer.export(other) == transfer.export(db)
        assert shown(other) == shown(db)
        assert history.to_undo(other) == history.to_undo(db)
        assert history.to_redo(other) == history.to_redo(db)
