"""Each thing that can be wrong with the database is found, and said with what to do."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from prep.clock import Clock
from prep.store import backups, change_list, integrity, undo_redo
from prep.store.database import open_database

SCHEMAS = Path(__file__).parents[1] / "schemas"


def wrong(path):
    return {finding.name for finding in integrity.check(path) if not finding.is_right}


def said(path, name):
    """Return whether a finding is right, and what is said."""
    [found] = [finding for finding in integrity.check(path) if finding.name == name]
    return found.is_right, found.said


def test_a_sound_database_passes_every_check(half_done, db_path):
    found = integrity.check(db_path)
    assert [finding.name for finding in found] == [
        "file",
        "integrity",
        "foreign keys",
        "version",
        "orphans",
        "changes",
        "disk",
        "backups",
    ]
    assert all(finding.is_right for finding in found)


def test_each_trouble_is_found(db_path, tracker, tmp_path):
    assert wrong(tmp_path / "none.db") == {"file"}
    tracker.set_status("L-01", "done")
    with sqlite3.connect(db_path) as connection:
        connection.execute("DELETE FROM progress")
    assert wrong(db_path) == {"orphans"}
    with sqlite3.connect(db_path) as connection:
        connection.execute("INSERT INTO answer (question_id, body) VALUES ('Z-99', 'to nothing')")
    assert wrong(db_path) == {"orphans", "foreign keys"}
    db_path.with_name("prep.db-wal").unlink(missing_ok=True)
    db_path.write_bytes(b"not a database at all, but long enough\n" * 300)
    assert "integrity" in wrong(db_path)


def test_a_full_disk_is_said_before_it_hurts(db_path, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(integrity.shutil, "disk_usage", lambda _path: usage)
    assert wrong(db_path) == {"disk"}


def test_a_field_that_is_not_what_its_changes_make_is_found(db_path, tracker):
    tracker.set_status("L-01", "done")
    with sqlite3.connect(db_path) as connection:
        connection.execute("UPDATE progress SET personal_notes = 'by hand'")
        assert wrong(db_path) == set(), "no change speaks of it"
        connection.execute("UPDATE progress SET done_on = '2026-11-24'")
    [found] = [finding for finding in integrity.check(db_path) if not finding.is_right]
    assert (found.name, "L-01 done_on" in found.said) == ("changes", True)


def test_what_an_earlier_merge_left_is_found_and_put_right_by_the_upgrade(tmp_path):
    path = tmp_path / "prep.db"
    path.write_bytes(gzip.decompress((SCHEMAS / "indexes_for_pages.db.gz").read_bytes()))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE history SET new = '\"lost\"' WHERE field = 'body'")
    [found] = [finding for finding in integrity.check(path) if not finding.is_right]
    assert (found.name, "body" in found.said) == ("changes", True)
    assert "as a change of their own when it opens it" in found.said
    with open_database(path) as db:
        kept = db.execute("SELECT body FROM answer").fetchone()[0]
        newest = change_list.changes(db, subject="answer", field="body", limit=2)
        assert [change.new for change in newest] == [kept, "lost"]
        while undo_redo.undo(db, Clock()):  # what was there is no act that undo goes through
            pass
        assert db.execute("SELECT body FROM answer").fetchone()[0] == kept
    assert wrong(path) == set()


@pytest.mark.parametrize("schema", ["first_schema", "questions_moved_by_hand"])
def test_an_earlier_database_is_right_and_stays_as_it_is(tmp_path, schema):
    path = tmp_path / "prep.db"
    path.write_bytes(gzip.decompress((SCHEMAS / f"{schema}.db.gz").read_bytes()))
    before = path.read_bytes()
    is_right, pending = said(path, "version")
    assert is_right
    assert pending.startswith(f"{schema}; ")
    assert pending.endswith("daily_sessions comes when Prep opens it")
    assert wrong(path) == set()
    assert path.read_bytes() == before


def test_what_a_newer_prep_wrote_is_not_judged(db_path, tracker):
    tracker.set_status("L-01", "done")
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.execute("UPDATE progress SET done_on = '2026-11-20'")
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('prep', 'teleportation', '2030-01-01')"
        )
    assert wrong(db_path) == {"version"}
    assert said(db_path, "version")[1] == "written by a newer Prep (teleportation): update Prep"
    assert said(db_path, "changes") == (True, "not looked at: a newer Prep knows them")


def test_another_programs_database_is_named_as_such(tmp_path):
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")
    assert wrong(path) == {"version"}
    assert said(path, "version")[1].startswith("no database of Prep: name another with --db")
    assert {finding.name for finding in integrity.check(path)}.isdisjoint({"orphans", "changes"})


def test_rows_that_point_to_nothing_are_counted_by_their_tables(db_path):
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.execute("INSERT INTO answer (question_id, body) VALUES ('Z-98', 'a')")
        connection.execute("INSERT INTO answer (question_id, body) VALUES ('Z-99', 'b')")
        connection.execute("INSERT INTO progress (question_id) VALUES ('Z-99')")
    is_right, words = said(db_path, "foreign keys")
    assert not is_right
    assert words.startswith("3 rows of answer, progress point to nothing: restore a backup")


def test_of_what_was_lost_the_number_and_the_first_are_said(db_path, tracker):
    tracker.set_status(["L-01", "L-02"], "done")
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.execute("DELETE FROM progress")
    assert said(db_path, "orphans") == (
        False,
        "2 with history and no row, first question L-01: restore a backup from before",
    )


def test_backups_are_counted_and_the_newest_is_named(db_path):
    assert said(db_path, "backups") == (True, "none yet")
    backups.automatic(db_path, "asked")
    newest = backups.automatic(db_path, "asked")
    assert said(db_path, "backups") == (True, f"2, the newest {newest.path}")


def test_a_link_is_followed_to_the_database(db_path, tmp_path):
    (tmp_path / "link.db").symlink_to(db_path)
    assert wrong(tmp_path / "link.db") == set()
    assert said(tmp_path / "link.db", "file")[1].startswith(f"{db_path}, ")
    (tmp_path / "nowhere.db").symlink_to(tmp_path / "none.db")
    assert wrong(tmp_path / "nowhere.db") == {"file"}
