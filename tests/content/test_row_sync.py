"""A table comes to hold what a source gives; what that lacks is retired."""

import pytest
from sqlite_utils import Database

from prep.content.import_report import Report
from prep.content.row_sync import sync_rows


@pytest.fixture
def table():
    """A table of two rows."""
    db = Database(memory=True)
    db.table("thing").insert_all(
        [
            {"id": "A", "title": "First", "position": 1, "retired": 0},
            {"id": "B", "title": "Second", "position": 2, "retired": 0},
        ],
        pk="id",
    )
    return db


def row(name, title, position=1):
    return {"id": name, "title": title, "position": position}


def sync(db, rows, **more):
    report = Report("test")
    counts = sync_rows(db, "thing", ("id",), rows, report, **more)
    return counts, [(found.key, found.what) for found in report.differences]


def titles(db):
    return dict(db.execute("SELECT id, title FROM thing WHERE NOT retired ORDER BY id"))


def everything(_row):
    return True


def test_rows_are_added_changed_and_left(table):
    rows = [row("A", "First"), row("B", "Other", 2), row("C", "Third", 3)]
    counts, said = sync(table, rows, retires=everything)
    assert (counts.unchanged, counts.changed, counts.added) == (1, 1, 1)
    assert said == [("B", "changed"), ("C", "added")]
    assert titles(table) == {"A": "First", "B": "Other", "C": "Third"}


def test_what_a_source_lacks_is_retired_and_returns(table):
    counts, said = sync(table, [row("A", "First")], retires=everything)
    assert (counts.retired, said) == (1, [("B", "retired")])
    assert titles(table) == {"A": "First"}
    counts, said = sync(table, [row("A", "First"), row("B", "Second", 2)], retires=everything)
    assert (counts.returned, said) == (1, [("B", "returned")])
    assert titles(table) == {"A": "First", "B": "Second"}


def test_what_is_another_sources_stays(table):
    counts, said = sync(table, [row("A", "First")], retires=lambda old: old["id"] != "B")
    assert (counts.retired, said) == (0, [])
    assert titles(table) == {"A": "First", "B": "Second"}


def test_another_position_is_written_and_is_no_change(table):
    counts, said = sync(table, [row("A", "First", 7), row("B", "Second", 2)])
    assert (counts.unchanged, said) == (2, [])
    assert table.table("thing").get("A")["position"] == 7


def test_a_row_under_another_key_has_moved(table):
    table.execute("UPDATE thing SET id = 'C' WHERE id = 'B'")
    counts, said = sync(table, [row("A", "First"), row("C", "Second", 2)], moved={"B": "C"})
    assert (counts.moved, said) == (1, [("C", "moved")])


def test_a_difference_has_old_and_new_of_each_field(table):
    report = Report("test")
    sync_rows(table, "thing", ("id",), [row("A", "Other", 9)], report)
    [found] = report.differences
    assert found.fields == {"title": ("First", "Other")}
