"""Another device's changes come in: each once, in the order of their keys, or none at all."""

import shutil

import pytest

from prep.content.import_report import Counts
from prep.errors import ExportFormatError
from prep.exchange import device_merge, shared_log
from prep.exchange.shared_log import Change, Log
from prep.practice import stories
from prep.progress import time_spent
from prep.store import change_keys, change_list, devices
from prep.store.database import open_database

ANOTHER = "0123456789abcdef"
AT = "2026-11-02T08:00:00+00:00"


def key(n):
    return change_keys.made_of(10**12 + n, 0, 0)


def notes(n, text, *, before="", question_id="L-01", field="personal_notes"):
    """Return change number `n`, of the notes on a question."""
    said = ("question", question_id, field, f'"{before}"', f'"{text}"')
    return Change(key(n), ANOTHER, AT, said=(said,))


def undo(n, undone):
    return Change(key(n), ANOTHER, AT, undoes=key(undone))


@pytest.fixture
def log(db):
    """Return what makes a log of changes that speak of the question L-01."""
    titles = dict(db.execute("SELECT id, title FROM question WHERE id = 'L-01'").fetchall())

    def log(*changes, **more):
        return Log(list(changes), **{"questions": titles, **more})

    return log


@pytest.fixture
def merge(db):
    return lambda log: device_merge.merge(db, log, "phone.json")


@pytest.fixture
def other(filled_file, tmp_path):
    """The database of another device."""
    shutil.copy(filled_file, tmp_path / "other.db")
    with open_database(tmp_path / "other.db") as other:
        devices.become_new(other)
        yield other


def dump(db):
    return "\n".join(db.conn.iterdump())


def stored(tracker):
    return tracker.state("L-01").personal_notes


def test_rows_that_are_new_and_rows_that_changed_are_counted_apart(merge, log, tracker):
    first = merge(log(notes(1, "one")))
    assert first.summary == ["changes: 1 added", "progress: 1 added"]
    second = merge(log(notes(1, "one"), notes(2, "two", before="one")))
    assert second.summary == ["changes: 1 added", "progress: 1 changed"]
    assert stored(tracker) == "two"


def test_a_change_that_is_earlier_is_kept_and_changes_no_row(merge, log, tracker, db):
    merge(log(notes(2, "two", before="one")))
    late = merge(log(notes(1, "one")))
    assert late.summary == ["changes: 1 added"]
    assert stored(tracker) == "two"
    assert [change.new for change in change_list.changes(db)] == ["two", "one"]


def test_an_empty_log_changes_nothing(merge, db):
    before = dump(db)
    assert merge(Log([])).summary == ["changes: none"]
    assert dump(db) == before


def test_what_was_undone_there_is_undone_here_also_where_the_undo_comes_later(
    merge, log, tracker, db
):
    merge(log(notes(1, "one"), notes(2, "two", before="one")))
    merge(log(undo(3, 2)))
    assert stored(tracker) == "one"
    merge(log(Change(key(4), ANOTHER, AT, redoes=key(2))))
    assert stored(tracker) == "two"


def test_the_device_that_a_change_comes_from_is_known_then(merge, log, db):
    merge(log(notes(1, "one")))
    assert db.table("device").get(ANOTHER)["is_this"] == 0
    assert devices.this(db) != ANOTHER


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (notes(1, "one", field="colour"), "question has no colour"),
        (undo(1, 7), "what does not fit"),
        (
            Change(key(1), ANOTHER, AT, said=(("mood", "L-01", "level", '""', '"x"'),)),
            "what does not fit",
        ),
        (
            Change(key(1), ANOTHER, AT, said=(("question", "L-01", "minutes", "null", "-5"),)),
            "what does not fit",
        ),
        (
            Change(key(1), ANOTHER, AT, said=(("question", "L-01", "minutes", "null", "{}"),)),
            "what does not fit",
        ),
        (
            notes(1, "one", question_id="L-99"),
            r"1 rows? \(progress\) speak of what it does not say: export it once more",
        ),
    ],
)
def test_a_log_that_speaks_of_what_no_prep_has_changes_nothing(merge, log, db, change, why):
    before = dump(db)
    with pytest.raises(ExportFormatError, match=why) as refused:
        merge(log(notes(0, "good"), change))
    assert str(refused.value).startswith("phone.json: ")
    assert dump(db) == before


def test_counted_seconds_only_grow(merge, log, db):
    name = f"L-01#answering#2026-11-02#{ANOTHER}"
    counts = []
    for seconds in (60, 90, 30, 90):
        merged = merge(log(times={name: seconds}))
        counted = merged.counts.get("time_spent", Counts())
        counts.append((counted.added, counted.changed))
    assert counts == [(1, 0), (0, 1), (0, 0), (0, 0)]
    assert time_spent.of_question(db, "L-01") == {"answering": 1.5}


def test_the_times_of_two_devices_are_added_up(merge, db, other, clock):
    for device in (db, other):
        time_spent.add(device, clock, "L-01", time_spent.READING, 60)
    for _ in range(2):
        merge(shared_log.of(other))
    assert time_spent.of_question(db, "L-01") == {"reading": 2.0}


def test_a_number_that_both_gave_is_followed_in_what_hangs_on_it(merge, db, other, clock):
    for device, name in ((db, "here"), (other, "there")):
        story = stories.save(device, clock, {"title": f"Story {name}"})
        stories.link(device, clock, story, {"L-01": f"angle {name}"})
    merge(shared_log.of(other))
    linked = {story.title: angle for story, angle in stories.of_question(db, "L-01")}
    assert linked == {"Story here": "angle here", "Story there": "angle there"}
    assert {story.id for story in stories.list_stories(db)} == {"ST-001", "ST-002"}
