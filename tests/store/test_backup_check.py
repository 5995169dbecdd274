"""What can be put back as a backup, and why what cannot is refused."""

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from prep.errors import DatabaseError
from prep.store import backup_check, backups
from prep.store.database import open_database

SCHEMAS = Path(__file__).parents[1] / "schemas"


@pytest.fixture
def source(db_path, tmp_path):
    """A backup of the shipped content."""
    backups.copy(db_path, tmp_path / "source.db")
    return tmp_path / "source.db"


def write(path, statement):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_a_sound_database_passes_and_is_left_as_it_is(source):
    before = source.read_bytes()
    backup_check.verify(source)
    assert backup_check.is_sound(source)
    assert source.read_bytes() == before
    assert [path.name for path in source.parent.glob("source.db*")] == ["source.db"]


@pytest.mark.parametrize("schema", ["first_schema", "devices_that_converge"])
def test_a_backup_of_an_earlier_prep_is_sound(tmp_path, schema):
    path = tmp_path / "earlier.db"
    path.write_bytes(gzip.decompress((SCHEMAS / f"{schema}.db.gz").read_bytes()))
    backup_check.verify(path)


@pytest.mark.parametrize("name", ["none.db", "folder", "x" * 300, "file/through.db"])
def test_what_is_no_file_is_said_to_be_none(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("a file")
    with pytest.raises(DatabaseError, match="there is no such file"):
        backup_check.verify(tmp_path / name)
    assert not backup_check.is_sound(tmp_path / name)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM _sqlite_migrations", "no database of Prep: choose one of its backups"),
        (
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('prep', 'teleportation', '2030-01-01')",
            r"written by a newer Prep \(teleportation\): update Prep",
        ),
        ("CREATE TABLE theirs (id INTEGER)", "its tables are not those that Prep makes"),
        (
            "INSERT INTO answer (question_id, body) VALUES ('Z-99', 'to nothing')",
            "rows of answer point to nothing",
        ),
    ],
)
def test_a_database_that_is_not_as_prep_makes_it_is_refused(source, statement, why):
    write(source, statement)
    with pytest.raises(DatabaseError, match=why) as refused:
        backup_check.verify(source)
    assert str(refused.value).startswith(f"{source}: ")
    assert not backup_check.is_sound(source)


def test_a_page_that_is_written_over_is_damage(source):
    with closing(sqlite3.connect(source)) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'history_by_subject'"
        ).fetchone()[0]
    with source.open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(b"\xff" * 100)
    with pytest.raises(DatabaseError, match=r"it is damaged|malformed"):
        backup_check.verify(source)


def test_damage_is_said_of_the_backup_not_of_the_copy_that_is_looked_at(source, tmp_path):
    copied = tmp_path / "copied.db"
    shutil.copy(source, copied)
    with copied.open("r+b") as file:
        file.truncate(copied.stat().st_size - 1)
    with (
        closing(backup_check.read_only(copied)) as connection,
        pytest.raises(DatabaseError, match=r"source\.db: it is damaged \(its last 1 bytes"),
    ):
        backup_check.refuse_damaged(connection, source, copied)


def test_bytes_that_are_no_text_are_damage(source):
    with (
        pytest.raises(DatabaseError, match=r"source\.db: it is damaged .*: choose another backup"),
        backup_check.odd_bytes_explained(source),
    ):
        b"\xff".decode()


@pytest.mark.parametrize("name", ["a b.db", "a?mode=rwc.db", "a#b.db", "ü%20.db"])
def test_any_name_is_opened_as_it_is_and_only_to_be_read(db_path, tmp_path, name):
    shutil.copy(db_path, tmp_path / name)
    with closing(backup_check.read_only(tmp_path / name)) as connection:
        assert connection.execute("SELECT count(*) FROM question").fetchone() == (291,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM question")
    with (
        pytest.raises(sqlite3.OperationalError, match="unable to open"),
        closing(backup_check.read_only(tmp_path / f"no {name}")) as connection,
    ):
        connection.execute("SELECT 1 FROM question")
    assert not (tmp_path / f"no {name}").exists()


def test_what_was_opened_meanwhile_is_still_sound(db_path, tracker):
    """Its newest changes are in its log."""
    tracker.set_status("L-01", "done")
    with open_database(db_path):
        assert backup_check.is_sound(db_path)
