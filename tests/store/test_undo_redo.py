"""Redo brings back what undo took, whole, until something new is done."""

import os
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from prep.content.import_report import Counts
from prep.content.models import BEHAVIORAL
from prep.errors import InvalidValue, PrepError, UnknownAttempt
from prep.exchange import device_merge, json_export, json_import
from prep.practice import answers, mock, mock_notes, reviews, stories
from prep.practice.attempt import QUESTION
from prep.progress import own_questions, passes, reading, settings, time_spent
from prep.progress.tracker import Tracker
from prep.store import change_list, snapshots, undo_redo
from prep.store.database import open_database, rolled_back, writing
from prep.store.subjects import SUBJECTS
from tests.conftest import NOON
from tests.practice.test_mock import Watch

EXAMPLES = 100 if os.environ.get("PREP_TEST_FULL") else 40
OWN = {
    "sheet": BEHAVIORAL,
    "category_position": 1,
    "title": "Why us?",
    "level": "EM",
    "difficulty": "Low",
}


def running(db):
    found = mock.running(db)
    if found is None:
        raise UnknownAttempt("none is running")
    return found


def finish(db, clock):
    attempt = running(db)
    for question_id in attempt.reached:
        mock_notes.rate(db, attempt.id, question_id, 3)
    mock.finish(db, clock, attempt.id, reviews.rate_edits)


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
    lambda db, clock: reviews.rate(db, clock, "L-01", 3),
    lambda db, clock: settings.change(db, clock, {"pace": f"{5 + clock.now().second} minutes"}),
    lambda db, clock: reading.mark_read(db, clock, "/system-design/classic/url-shortener/"),
    lambda db, clock: reading.note_section(
        db, clock, "/system-design/classic/url-shortener/", "hook", str(clock.now())
    ),
    lambda db, clock: time_spent.enter(db, clock, "L-01", 5, clock.today()),
    lambda db, clock: mock.start(db, clock, QUESTION, ["L-01"]),
    lambda db, clock: mock_notes.note(db, running(db).id, "L-01", str(clock.now())),
    finish,
    lambda db, clock: mock.discard(db, clock, running(db).id),
]


def tick(watch):
    watch.on(1)
    return watch.clock


def do(db, watch, act):
    """Do one of ACTS; what it refuses changes nothing."""
    with suppress(PrepError):
        ACTS[act](db, tick(watch))


def rows(db):
    """Return everything personal, to the letter."""
    tables = {subject.table for subject in SUBJECTS.values()} | {"answer_draft"}
    return {table: list(db.query(f"SELECT * FROM [{table}] ORDER BY 1")) for table in tables}


def shown(db):
    """Return what of it there is for the person: what undo took out leaves rows that say so."""
    return {
        "questions": list(db.query("SELECT * FROM tracker WHERE NOT retired ORDER BY id")),
        "answers": db.execute("SELECT * FROM answer WHERE body <> '' ORDER BY 1").fetchall(),
        "stories": (stories.list_stories(db), stories.links(db)),
        "passes": passes.list_passes(db),
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
    }


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
    with rolled_back(own_db) as db:
        states, place = [shown(db)], 0
        for step in steps:
            before = change_list.data_version(db)
            if step == "undo":
                named = undo_redo.to_undo(db)
                assert undo_redo.undo(db, tick(watch)) == named
                assert bool(named) == (place > 0)
                place = max(place - 1, 0)
            elif step == "redo":
                named = [(i.subject_id, i.field, i.new) for i in undo_redo.to_redo(db)]
                redone = undo_redo.redo(db, tick(watch))
                assert [(i.subject_id, i.field, i.new) for i in redone] == named
                assert bool(named) == (place < len(states) - 1)
                place = min(place + 1, len(states) - 1)
            else:
                do(db, watch, step)
                if change_list.data_version(db) > before:
                    del states[place + 1 :]
                    states.append(shown(db))
                    place += 1
            assert shown(db) == states[place]


@settings_of(max_examples=EXAMPLES)
@given(st.lists(st.integers(0, len(ACTS) - 1), min_size=1, max_size=15), st.integers(1, 20))
def test_as_many_redos_as_undos_give_the_same_to_the_letter(own_db, acts, count):
    watch = Watch(NOON)
    with rolled_back(own_db) as db:
        for act in acts:
            do(db, watch, act)
        before = rows(db)
        undone = sum(bool(undo_redo.undo(db, tick(watch))) for _ in range(count))
        redone = sum(bool(undo_redo.redo(db, tick(watch))) for _ in range(count))
        assert redone == undone
        assert undo_redo.redo(db, tick(watch)) == []
        assert rows(db) == before


def test_a_mock_interview_that_undo_took_comes_back_as_it_stood(db):
    """Its notes, times, scores and where it stands are no changes of their own."""
    watch = Watch(NOON)
    attempt = mock.start(db, watch.clock, BEHAVIORAL, ["L-01", "L-02", "L-03"])
    watch.on(90)
    mock.next_question(db, watch.clock, attempt, "L-01")
    mock_notes.note(db, attempt, "L-01", "Begin with the number")
    mock_notes.score(db, attempt, "L-01", "structure", 2)
    mock_notes.rate(db, attempt, "L-01", 3)
    before = mock.running(db)
    undo_redo.undo(db, watch.clock)
    assert mock.running(db) is None
    undo_redo.redo(db, watch.clock)
    assert mock.running(db) == before
    undo_redo.undo(db, watch.clock)
    undo_redo.redo(db, watch.clock)
    assert mock.running(db) == before


def test_a_new_change_ends_what_can_be_redone(db, tracker, clock):
    tracker.set_status("L-01", "done")
    undo_redo.undo(db, clock)
    tracker.set_status("L-02", "done")
    assert undo_redo.to_redo(db) == []
    assert undo_redo.redo(db, clock) == []
    undo_redo.undo(db, clock)
    assert {item.subject_id for item in undo_redo.redo(db, clock)} == {"L-02"}
    assert undo_redo.redo(db, clock) == []
    assert tracker.state("L-01").status == "todo"


def test_a_change_to_the_same_changes_nothing_of_what_can_be_redone(db, tracker, clock):
    tracker.set_status("L-01", "done")
    undo_redo.undo(db, clock)
    tracker.set_status("L-01", "todo")
    assert undo_redo.redo(db, clock)


def test_an_undo_made_elsewhere_is_not_redone_unseen(db, tracker, clock):
    tracker.set_status("L-01", "done")
    here = snapshots.Snapshot(change_list.data_version(db))
    undo_redo.undo(db, clock)
    with snapshots.detect_conflicts(here), pytest.raises(InvalidValue, match="made elsewhere"):
        undo_redo.redo(db, clock)
    with snapshots.detect_conflicts(snapshots.Snapshot(change_list.data_version(db))):
        assert undo_redo.redo(db, clock)


def test_a_redo_that_does_not_fit_any_more_is_refused_whole(db, tracker, clock):
    tracker.edit({"L-01": {"status": "done", "starred": True}})
    undo_redo.undo(db, clock)
    db.execute("UPDATE history SET new = '9' WHERE field = 'starred' AND change_id = 1")
    before = rows(db), change_list.data_version(db)
    with pytest.raises(InvalidValue, match="does not fit"):
        undo_redo.redo(db, clock)
    assert (rows(db), change_list.data_version(db)) == before


def test_toggling_a_thousand_times_stays_as_quick_as_the_history_is_long(db, tracker, clock):
    """A chain of undo and redo is walked along, not into: no recursion in Python."""
    tracker.set_status("L-01", "done")
    with writing(db):
        for _ in range(1000):
            assert undo_redo.undo(db, clock)
            assert undo_redo.redo(db, clock)
    assert undo_redo.undone(db) == set()
    exported = json_export.export(db)
    assert device_merge.merge(db, json_import.read(exported, "mine.json"), "mine.json").counts == {
        "changes": Counts()
    }


@pytest.mark.parametrize("steps", [("undo", "redo"), ("undo", "undo", "redo", "redo", "undo")])
def test_what_was_undone_and_redone_goes_to_another_device(db, clock, filled_file, tmp_path, steps):
    Tracker(db, clock).set_status("L-01", "done")
    reviews.rate(db, clock, "L-02", 3)
    watch = Watch(NOON)
    for step in steps:
        getattr(undo_redo, step)(db, tick(watch))
    path = tmp_path / "other.db"
    path.write_bytes(filled_file.read_bytes())
    with open_database(path) as other:
        device_merge.merge(
            other, json_import.read(json_export.export(db), "mine.json"), "mine.json"
        )
        assert json_export.export(other) == json_export.export(db)
        assert shown(other) == shown(db)
        assert undo_redo.to_undo(other) == undo_redo.to_undo(db)
        assert undo_redo.to_redo(other) == undo_redo.to_redo(db)
