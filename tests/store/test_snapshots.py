"""What a visitor has not seen, they do not overwrite."""

import pytest

from prep.errors import ChangedElsewhere, InvalidValue
from prep.store import change_list, snapshots, undo_redo
from prep.store.snapshots import Snapshot


@pytest.fixture
def seen(db):
    """What a visitor has seen of a page that was just drawn."""
    return Snapshot(change_list.data_version(db))


def test_what_another_changed_since_is_refused_with_both_values(db, tracker, seen):
    tracker.edit({"L-01": {"personal_notes": "theirs"}})
    with pytest.raises(ChangedElsewhere) as refused, snapshots.detect_conflicts(seen):
        tracker.edit({"L-01": {"personal_notes": "mine", "starred": True}})
    [field] = refused.value.fields
    assert (field.old, field.new) == ("theirs", "mine")
    assert tracker.state("L-01").personal_notes == "theirs"
    assert not tracker.state("L-01").starred, "refused whole"


def test_another_field_and_another_question_can_be_changed(db, tracker, seen):
    tracker.edit({"L-01": {"personal_notes": "theirs"}})
    with snapshots.detect_conflicts(seen):
        tracker.edit({"L-01": {"starred": True}})
        tracker.edit({"L-02": {"personal_notes": "mine"}})
    assert tracker.state("L-01").starred


def test_what_one_changed_oneself_counts_as_seen(db, tracker, seen):
    with snapshots.detect_conflicts(seen):
        tracker.set_status("L-01", "drafted")
        tracker.set_status("L-01", "done")
        assert snapshots.version_seen(db) == change_list.data_version(db)
    assert tracker.state("L-01").status == "done"


def test_the_version_seen_ends_before_the_first_change_that_was_not(db, tracker, seen):
    with snapshots.detect_conflicts(seen):
        tracker.set_status("L-01", "drafted")
        own = change_list.data_version(db)
        with snapshots.detect_conflicts(None):
            tracker.set_status("L-02", "drafted")
        assert snapshots.version_seen(db) == own
    assert snapshots.version_seen(db) == change_list.data_version(db)


def test_what_a_draft_hid_counts_as_unseen(db, tracker):
    begun = change_list.data_version(db)
    tracker.edit({"L-01": {"personal_notes": "theirs"}})
    seen = Snapshot(change_list.data_version(db))
    with (
        snapshots.detect_conflicts(seen),
        snapshots.hidden_since({"personal_notes": begun}),
        pytest.raises(ChangedElsewhere),
    ):
        tracker.edit({"L-01": {"personal_notes": "the draft"}})
    with snapshots.detect_conflicts(seen):
        tracker.edit({"L-01": {"personal_notes": "seen, and replaced"}})


@pytest.mark.parametrize("there", ["as seen", "as typed"])
def test_a_text_as_it_was_seen_or_as_it_is_typed_is_not_stale(there):
    snapshots.refuse_stale("answer_draft", "L-01", there, "as seen", "as typed")
    snapshots.refuse_stale("answer_draft", "L-01", "another", None, "as typed")


def test_another_text_than_was_seen_is_kept_with_what_was_typed():
    with pytest.raises(ChangedElsewhere) as refused:
        snapshots.refuse_stale("answer_draft", "L-01", "theirs", "as seen", "as typed")
    [field] = refused.value.fields
    assert (field.subject_id, field.old, field.new) == ("L-01", "theirs", "as typed")


def test_a_change_made_elsewhere_is_not_undone_unseen(db, tracker, clock, seen):
    tracker.set_status("L-01", "done")
    with pytest.raises(InvalidValue, match="look at it first"), snapshots.detect_conflicts(seen):
        undo_redo.undo(db, clock)
    assert tracker.state("L-01").status == "done"
