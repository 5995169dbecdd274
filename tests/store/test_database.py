import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from prep.errors import DatabaseError
from prep.store import backups, database, file_integrity
from prep.store.database import default_path, open_database, translate_sqlite_errors, writing


def test_the_path_comes_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("PREP_DB", str(tmp_path / "mine.db"))
    assert default_path() == tmp_path / "mine.db"
    monkeypatch.delenv("PREP_DB")
    assert default_path().parts[-2:] == ("data", "prep.db")


def test_a_new_file_is_wal_with_strict_tables_and_foreign_keys(tmp_path):
    with open_database(tmp_path / "sub" / "prep.db") as db:
        assert db.journal_mode == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        ours = [t for t in db.tables if not t.name.startswith(("_", "search_index"))]
        assert len(ours) >= 10
        assert all(table.strict for table in ours)


def test_opening_again_migrates_nothing(tmp_path):
    path = tmp_path / "prep.db"
    open_database(path).close()
    with open_database(path) as db:
        before = db.execute("PRAGMA schema_version").fetchone()
    with open_database(path) as db:
        assert db.execute("PRAGMA schema_version").fetchone() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "prep.db"
    path.write_text("this is a text file, and a long one at that\n" * 50)
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="no SQLite database"):
        open_database(path)
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(DatabaseError, match="that is no file"):
        open_database(tmp_path)


def test_a_block_that_fails_writes_nothing(db):
    with pytest.raises(ZeroDivisionError), writing(db):
        db.execute("INSERT INTO change (key, at) VALUES ('k', 'now')")
        raise ZeroDivisionError
    assert db.execute("SELECT count(*) FROM change").fetchone()[0] == 0


def test_who_waits_for_the_lock_asks_until_it_is_free(db, db_path, monkeypatch):
    with closing(sqlite3.connect(db_path)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = []

        def wait(seconds):
            asked.append(seconds)
            if len(asked) == 20:
                other.rollback()

        monkeypatch.setattr(database.time, "sleep", wait)
        with writing(db):
            db.execute("INSERT INTO change (key, at) VALUES ('k', 'now')")
    assert len(asked) == 20
    assert sorted(asked, reverse=True) == asked, "the longer, the more often"
    assert asked[0] <= 0.01
    assert db.execute("PRAGMA busy_timeout").fetchone()[0] == 10_000
    assert db.execute("SELECT count(*) FROM change").fetchone()[0] == 1


@pytest.mark.parametrize("is_new", [True, False], ids=["a new file", "a backup put in place"])
def test_who_opens_a_file_while_another_begins_it_waits(tmp_path, monkeypatch, is_new):
    path = tmp_path / "prep.db"
    if not is_new:
        open_database(path).close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
        other.execute("BEGIN IMMEDIATE")
        asked = []

        def wait(seconds):
            asked.append(seconds)
            if len(asked) == 5:
                other.rollback()

        monkeypatch.setattr(database.time, "sleep", wait)
        with open_database(path) as db:
            assert db.journal_mode == "wal"
    assert len(asked) == 5


def test_a_lock_that_stays_is_given_up_on(db, db_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0.05)
    with closing(sqlite3.connect(db_path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(DatabaseError, match="another program"),
            translate_sqlite_errors(db_path),
            writing(db),
        ):
            raise AssertionError("it has the lock")


def test_a_newer_database_is_not_migrated_before_it_is_refused(db_path):
    with open_database(db_path) as db:
        db.execute("UPDATE _sqlite_migrations SET name = 'later' WHERE name LIKE 'answers%'")
    with pytest.raises(DatabaseError, match="newer Prep"):
        open_database(db_path)
    assert backups.list_backups(db_path) == []


def test_a_failed_inner_block_leaves_the_outer_one_standing(db):
    with writing(db):
        db.execute("INSERT INTO change (key, at) VALUES ('o', 'outer')")
        with pytest.raises(ZeroDivisionError), writing(db):
            db.execute("INSERT INTO change (key, at) VALUES ('i', 'inner')")
            raise ZeroDivisionError
    assert db.execute("SELECT at FROM change").fetchall() == [("outer",)]


@pytest.mark.parametrize(
    "row",
    [
        {"status": "finished"},
        {"status": "done"},
        {"status": "todo", "started_on": "2026-01-01"},
        {"status": "in_progress", "started_on": "2026-1-1"},
        {"status": "done", "started_on": "2026-02-01", "done_on": "2026-01-01"},
        {"confidence": 0},
        {"starred": 2},
    ],
)
def test_the_schema_itself_refuses_impossible_progress(db, row):
    with pytest.raises(sqlite3.IntegrityError):
        db.table("progress").insert({"question_id": "L-01", **row})


def test_what_is_beside_may_vanish_with_whoever_leaves_last(db_path, monkeypatch):
    beside = db_path.with_name(f"{db_path.name}-shm")
    beside.touch()
    ask = os.access

    def leave_first(path, mode):
        if Path(path) == beside:
            beside.unlink(missing_ok=True)
        return ask(path, mode)

    monkeypatch.setattr(database.os, "access", leave_first)
    open_database(db_path).close()


def test_the_log_may_vanish_while_its_length_is_asked(db_path):
    assert file_integrity.size_of(db_path.with_name("gone")) == 0


@pytest.mark.parametrize("how", ["replaced", "removed"])
def test_what_is_written_into_a_file_that_was_taken_away_is_not_acknowledged(
    db, db_path, filled_file, tmp_path, how
):
    shutil.copy(filled_file, tmp_path / "arrived")
    if how == "replaced":
        (tmp_path / "arrived").replace(db_path)
    else:
        db_path.unlink()
    before = db_path.exists() and db_path.read_bytes()
    with pytest.raises(DatabaseError, match="another file has taken its place"), writing(db):
        raise AssertionError("nothing may be written")
    assert (db_path.exists() and db_path.read_bytes()) == before


def test_a_file_that_is_replaced_within_a_change_has_it_refused(db, db_path, filled_file, tmp_path):
    shutil.copy(filled_file, tmp_path / "arrived")
    with pytest.raises(DatabaseError, match="another file has taken its place"), writing(db):
        db.execute("INSERT INTO import_log (at, source, report) VALUES ('now', 'x', '{}')")
        (tmp_path / "arrived").replace(db_path)
