"""Two things that had got one number are two again."""

import json

import pytest

from prep.store import first_keys, first_log, first_parting
from tests.store.counted import Counted, said_of


@pytest.fixture
def counted():
    return Counted()


@pytest.fixture
def overwritten(counted):
    """A story with a link, and another that was made under its number after a merge."""
    counted.make(1, "story", "ST-001", title="One", situation="of one")
    counted.change(2, said_of("link", "ST-001#L-01", removed=(1, 0), angle=("", "old angle")))
    counted.make(3, "story", "ST-001", title="Two")
    counted.db.table("story").update("ST-001", {"situation": ""})
    counted.db.table("story_link").insert({"id": "ST-001#L-01", "removed": 0, "angle": "old angle"})
    return counted


def parted(counted):
    log = first_log.read(counted.db)
    first_parting.part(counted.db, log, first_keys._TABLES)
    return log


def stories(counted):
    return counted.db.execute("SELECT id, title, situation FROM story ORDER BY id").fetchall()


def test_what_was_written_over_gets_the_next_free_number(overwritten):
    overwritten.make(4, "story", "ST-007", title="Seven")
    parted(overwritten)
    assert stories(overwritten) == [
        ("ST-001", "Two", ""),
        ("ST-007", "Seven", ""),
        ("ST-008", "One", "of one"),
    ]


def test_what_hung_on_it_goes_with_it(overwritten):
    log = parted(overwritten)
    links = overwritten.db.execute("SELECT id, angle FROM story_link").fetchall()
    assert links == [("ST-002#L-01", "old angle")]
    assert [{key[1] for key in change.said} for change in log.values()] == [
        {"ST-002"},
        {"ST-002#L-01"},
        {"ST-001"},
    ]


def test_a_link_that_both_had_is_there_for_each(overwritten):
    overwritten.change(4, said_of("link", "ST-001#L-01", removed=(1, 0), angle=("", "new angle")))
    overwritten.db.table("story_link").update("ST-001#L-01", {"angle": "new angle"})
    parted(overwritten)
    rows = dict(overwritten.db.execute("SELECT id, angle FROM story_link").fetchall())
    assert rows == {"ST-001#L-01": "new angle", "ST-002#L-01": "old angle"}


def test_an_undo_goes_with_what_it_undoes(overwritten):
    """It came after the other was made, and speaks of the first."""
    overwritten.undo(4, 2)
    *_, undo = parted(overwritten).values()
    assert {key[1] for key in undo.said} == {"ST-002#L-01"}


def test_three_under_one_number_are_three(overwritten):
    overwritten.make(5, "story", "ST-001", title="Three")
    parted(overwritten)
    assert {title for _, title, _ in stories(overwritten)} == {"One", "Two", "Three"}
    assert len({name for name, *_ in stories(overwritten)}) == 3


def test_what_was_removed_and_brought_back_is_one_thing(counted):
    made = counted.make(1, "story", "ST-001", title="One")
    undo = counted.undo(2, made)
    counted.undo(3, undo)
    counted.change(4, said_of("story", "ST-001", removed=(0, 1)))
    counted.change(5, said_of("story", "ST-001", removed=(1, 0)))
    parted(counted)
    assert stories(counted) == [("ST-001", "One", "")]


def test_a_permalink_or_setting_that_looks_like_a_number_is_none(overwritten):
    overwritten.db.execute("UPDATE history SET change_id = change_id + 10")
    overwritten.db.execute("UPDATE change SET id = id + 10")
    overwritten.db.table("change").insert({"id": 1, "at": "2026-11-01T08:00:00+00:00"})
    for subject in ("section", "setting"):
        overwritten.db.table("history").insert(
            {
                "change_id": 1,
                "subject": subject,
                "subject_id": "ST-001",
                "field": "note",
                "old": '""',
                "new": json.dumps("mine"),
            }
        )
    first, *_ = parted(overwritten).values()
    assert {key[:2] for key in first.said} == {("section", "ST-001"), ("setting", "ST-001")}


def test_what_redo_brought_back_is_not_undone(counted):
    first = counted.change(1, said_of("question", "L-01", starred=(0, 1)))
    second = counted.change(2, said_of("question", "L-02", starred=(0, 1)))
    undo = counted.undo(3, first)
    counted.undo(4, second)
    counted.undo(5, undo)
    assert first_parting.undone(first_log.read(counted.db)) == {second}
