"""Changes that were counted get keys: the same on every device that has them."""

import json

import pytest

from prep.store import change_keys, change_rows
from tests.store.counted import Counted, said_of


@pytest.fixture
def counted():
    return Counted()


def note(device, at, text, before="", question_id="L-01"):
    """Have a device write notes on a question; return the change's id."""
    row = {"question_id": question_id, "personal_notes": text}
    device.db.table("progress").upsert(row, pk="question_id")
    said = said_of("question", question_id, personal_notes=(before, text))
    return device.change(at, said)


def keys(device):
    """Return each change's key, by the last value that it says."""
    rows = device.db.execute(
        "SELECT c.key, h.new FROM change c JOIN history h ON h.change_id = c.id ORDER BY c.key"
    )
    return {json.loads(new): key for key, new in rows}


def test_two_devices_that_had_exchanged_changes_give_them_the_same_keys(counted):
    """Each counted them otherwise: one has a change more."""
    other = Counted()
    note(other, 1, "only there", question_id="L-02")
    for device in (counted, other):
        note(device, 2, "both")
        device.make(3, "story", "ST-001", title="Story")
        device.give_keys()
    assert keys(counted).items() < keys(other).items()
    assert keys(other).keys() - keys(counted).keys() == {"only there"}
    numbered = [
        list(device.db.query("SELECT label, key FROM numbered")) for device in (counted, other)
    ]
    assert numbered[0] == numbered[1]


def test_a_story_has_another_number_there_and_the_same_key(counted):
    other = Counted()
    other.make(1, "story", "ST-001", title="Only there")
    for device, label in ((counted, "ST-001"), (other, "ST-002")):
        device.make(3, "story", label, title="Story")
        device.give_keys()
    [here] = [key for (key,) in counted.db.execute("SELECT key FROM numbered")]
    assert dict(other.db.execute("SELECT label, key FROM numbered").fetchall())["ST-002"] == here
    assert keys(counted)["Story"] == keys(other)["Story"]


def test_the_same_done_twice_at_once_is_two_changes(counted):
    for text, before in (("a", ""), ("b", "a"), ("a", "b"), ("b", "a")):
        note(counted, 1, text, before)
    counted.give_keys()
    rows = counted.db.execute("SELECT key FROM change ORDER BY id").fetchall()
    given = [key for (key,) in rows]
    assert len(set(given)) == 4
    assert given == sorted(given)
    assert all(map(change_keys.is_key, given))


def test_a_clock_that_was_set_back_changes_no_order(counted):
    for at, text, before in ((30, "a", ""), (10, "b", "a"), (20, "c", "b"), (40, "d", "c")):
        note(counted, at, text, before)
    counted.give_keys()
    assert list(keys(counted)) == ["a", "b", "c", "d"]
    assert change_rows.state(counted.db, "question", "L-01") == {"personal_notes": "d"}


def test_undo_and_redo_name_the_change_that_they_turn(counted):
    first = note(counted, 1, "a")
    undo = counted.undo(2, first)
    redo = counted.undo(3, undo)
    second = note(counted, 4, "b", "a")
    counted.undo(5, second)
    counted.db.execute("UPDATE progress SET personal_notes = 'a'")
    counted.give_keys()
    rows = counted.db.execute(
        "SELECT id, undoes, redoes, undone FROM change ORDER BY id"
    ).fetchall()
    assert rows == [
        (first, None, None, 0),
        (undo, first, None, 0),
        (redo, None, first, 0),
        (second, None, None, 1),
        (second + 1, second, None, 0),
    ]
    said = counted.db.execute(
        "SELECT old, new FROM history WHERE change_id IN (?, ?) ORDER BY id", [undo, redo]
    ).fetchall()
    assert said == [('"a"', '""'), ('""', '"a"')]


def test_what_the_tables_hold_otherwise_is_said_by_a_last_change(counted):
    note(counted, 1, "as changed")
    counted.db.execute("UPDATE progress SET personal_notes = 'as held', confidence = 4")
    counted.give_keys()
    rows = counted.db.execute("SELECT key, device FROM change ORDER BY key").fetchall()
    assert [device for _, device in rows] == [None, "migration"]
    settled = counted.db.execute(
        "SELECT field, old, new FROM history WHERE change_id = 2 AND old <> new ORDER BY field"
    ).fetchall()
    assert settled == [
        ("confidence", "null", "4"),
        ("personal_notes", '"as changed"', '"as held"'),
    ]
    assert change_rows.differing(counted.db) == []


def test_a_history_that_ends_in_what_is_held_needs_no_last_change(counted):
    note(counted, 1, "as changed")
    counted.give_keys()
    assert counted.db.table("change").count == 1


def test_an_empty_database_stays_empty(counted):
    counted.give_keys()
    assert [counted.db.table(name).count for name in ("change", "history", "numbered")] == [0, 0, 0]


def test_what_was_held_without_any_history_is_kept_as_a_first_change(counted):
    counted.db.table("setting").insert({"key": "pace", "value": '"2 questions"'})
    counted.give_keys()
    assert counted.db.execute("SELECT subject_id, old, new FROM history").fetchall() == [
        ("pace", "null", '"\\"2 questions\\""')
    ]
    assert change_rows.state(counted.db, "setting", "pace") == {"value": '"2 questions"'}
