"""What SQLite cannot do is said in one line, with what to do."""

import sqlite3

import pytest

from prep.errors import DamagedDatabase, DatabaseError
from prep.store.sqlite_errors import translate_sqlite_errors


def said(path, **how):
    with pytest.raises(DatabaseError) as refused, translate_sqlite_errors(path, **how):
        sqlite3.connect(f"file:{path}?mode=rw", uri=True).execute("SELECT * FROM sqlite_master")
    return refused


def test_a_file_that_is_not_there_is_named_with_what_to_check(tmp_path):
    text = str(said(tmp_path / "gone.db").value)
    assert text.startswith(f"{tmp_path / 'gone.db'}: it cannot be opened")


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_file_to_blame_is_a_damaged_one(tmp_path, content):
    (tmp_path / "a.db").write_bytes(content)
    refused = said(tmp_path / "a.db")
    assert refused.type is DamagedDatabase
    assert "python -m prep restore" in str(refused.value)


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("database is locked", "close that program"),
        ("database or disk is full", "free some space"),
        ("disk I/O error", "free some space"),
        ("attempt to write a readonly database", "allow writing"),
        ("database disk image is malformed", "restore a backup"),
        ("no such table: question", "not those of Prep"),
    ],
)
def test_each_trouble_has_its_advice(tmp_path, words, advice):
    with (
        pytest.raises(DatabaseError, match=advice),
        translate_sqlite_errors(tmp_path / "a.db"),
    ):
        raise sqlite3.OperationalError(words)


def test_a_mistake_of_our_own_stays_what_it_is(tmp_path):
    with pytest.raises(sqlite3.OperationalError), translate_sqlite_errors(tmp_path / "a.db"):
        sqlite3.connect(":memory:").execute("SELEKT 1")


def test_what_is_not_known_while_opening_is_said_as_it_is(tmp_path):
    with (
        pytest.raises(DatabaseError, match=r"cannot be used .*\(odd\): it stays as it was"),
        translate_sqlite_errors(tmp_path / "a.db", opening=True),
    ):
        raise sqlite3.OperationalError("odd")


def test_what_goes_well_goes_on(tmp_path):
    with translate_sqlite_errors(tmp_path / "a.db"):
        assert sqlite3.connect(":memory:").execute("SELECT 1").fetchone() == (1,)
