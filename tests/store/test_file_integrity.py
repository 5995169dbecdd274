"""Whether a database file is whole."""

import sqlite3
from contextlib import closing

import pytest

from prep.store import file_integrity


@pytest.fixture
def path(tmp_path):
    """A database of some pages."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE child (id INTEGER REFERENCES parent(id), body TEXT)")
        connection.executemany("INSERT INTO child VALUES (NULL, ?)", [["x" * 900]] * 20)
        connection.commit()
    return path


def damage(path):
    with closing(sqlite3.connect(path)) as connection:
        return file_integrity.damage(connection, path)


def test_a_sound_file_has_no_damage(path):
    assert damage(path) is None


@pytest.mark.parametrize("missing", [1, 4095])
def test_a_last_page_that_is_cut_short_is_noticed(path, missing):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - missing)
    assert damage(path) == f"its last {missing:,} bytes are missing"


def test_what_a_log_holds_may_be_missing_yet(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 1)
    with closing(sqlite3.connect(path)) as connection:
        path.with_name("a.db-wal").write_bytes(b"x")
        assert file_integrity.cut_short(connection, path) is None


def test_a_page_that_is_written_over_is_damage(path):
    with path.open("r+b") as file:
        file.seek(-4096, 2)
        file.write(b"\xff" * 2000)
    assert damage(path)


def test_a_row_that_points_to_nothing_is_named_by_its_table(path):
    with closing(sqlite3.connect(path)) as connection:
        assert file_integrity.dangling(connection) == []
        connection.execute("INSERT INTO child VALUES (7, '')")
        assert file_integrity.dangling(connection) == ["child"]


def test_a_file_that_is_not_there_has_no_bytes(path):
    assert file_integrity.size_of(path.with_name("gone")) == 0
    assert file_integrity.size_of(path) == path.stat().st_size
