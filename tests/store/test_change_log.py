"""Every change is kept whole, and the last can be taken back."""

import threading

from prep.clock import Clock
from prep.progress import reading, settings
from prep.progress.tracker import Tracker
from prep.store import change_list, database, undo_redo
from prep.store.database import open_database
from tests.work import HANGS_AFTER_SECONDS


def snapshot(db):
    tables = ("progress", "reading", "setting")
    return {name: list(db.query(f"SELECT * FROM {name} ORDER BY 1")) for name in tables}


def test_undo_takes_changes_back_one_by_one(tracker, db, clock):
    tracker.set_status("L-01", "in_progress")
    tracker.set_status(["L-01", "L-02"], "done")
    undo_redo.undo(db, clock)
    assert tracker.state("L-01").status == "in_progress"
    assert tracker.state("L-02").status == "todo"
    undo_redo.undo(db, clock)
    assert tracker.state("L-01").status == "todo"
    assert undo_redo.undo(db, clock) == []


def test_undo_is_itself_kept_and_not_undone(tracker, db, clock):
    tracker.set_status("L-01", "done")
    undone = undo_redo.undo(db, clock)
    newest = change_list.changes(db)[0]
    assert newest.undoes == undone[0].change_id
    assert undo_redo.last_undoable(db) is None


def test_undo_is_an_inverse_for_every_subject(tracker, db, clock):
    tracker.edit({"L-01": {"personal_notes": "first", "confidence": 2}})
    before = snapshot(db)
    tracker.edit({"L-01": {"personal_notes": "second", "starred": True, "status": "done"}})
    assert snapshot(db) != before
    undo_redo.undo(db, clock)
    assert snapshot(db) == before

    settings.change(db, clock, {"start_on": "2026-11-23"})
    undo_redo.undo(db, clock)
    assert settings.load(db).start_on is None

    permalink = "/system-design/classic/url-shortener/"
    assert reading.mark_read(db, clock, permalink)
    undo_redo.undo(db, clock)
    row = db.execute("SELECT read_on FROM reading WHERE permalink = ?", [permalink]).fetchone()
    assert row[0] is None


def test_writers_at_once_lose_nothing(db_path, monkeypatch):
    """Ten writers, each with its own connection as two tabs have, fifteen changes each."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", HANGS_AFTER_SECONDS)
    ids = [f"SD-{number:03d}" for number in range(1, 11)]
    failures = []

    def work(question_id):
        try:
            for turn in range(15):
                with open_database(db_path) as db:
                    Tracker(db, Clock()).edit({question_id: {"personal_notes": f"turn {turn}"}})
        except Exception as error:  # reported by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(question_id,)) for question_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with open_database(db_path) as db:
        assert len(change_list.changes(db, limit=1000)) == 150
        notes = db.execute("SELECT DISTINCT personal_notes FROM progress").fetchall()
        assert notes == [("turn 14",)]


def test_dates_stay_with_their_status_whatever_is_undone(tracker, db, clock):
    """A change of a status says all its dates, so that any of the changes may be taken away."""
    tracker.set_status("L-01", "done")
    tracker.edit({"L-01": {"started_on": "2026-11-20"}})
    told = {c.field for c in change_list.changes(db, change_id=undo_redo.last_undoable(db))}
    assert told == {"started_on"}, "what stayed is not told"
    undo_redo.undo(db, clock)
    state = tracker.state("L-01")
    assert (state.status, state.started_on, state.done_on) == ("done", None, "2026-11-23")
