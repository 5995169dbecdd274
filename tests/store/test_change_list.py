"""Every change is kept with its old and new values."""

from prep.store import change_list


def test_a_change_keeps_instant_old_and_new(tracker, db, clock):
    tracker.set_status("L-01", "done")
    changes = {change.field: change for change in change_list.changes(db)}
    assert (changes["status"].old, changes["status"].new) == ("todo", "done")
    assert (changes["done_on"].old, changes["done_on"].new) == (None, "2026-11-23")
    assert changes["status"].at == clock.now()


def test_a_date_that_was_cleared_is_still_in_history(tracker, db):
    tracker.set_status("L-01", "done")
    tracker.set_status("L-01", "todo")
    cleared = change_list.changes(db, subject="question", subject_id="L-01", field="done_on")[0]
    assert (cleared.old, cleared.new) == ("2026-11-23", None)


def test_data_version_grows_with_each_change(tracker, db):
    before = change_list.data_version(db)
    tracker.set_status("L-01", "done")
    assert change_list.data_version(db) == before + 1
    tracker.set_status("L-01", "done")
    assert change_list.data_version(db) == before + 1
