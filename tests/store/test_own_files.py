"""Only a name that Prep itself gives is its own, whole and exactly."""

from datetime import UTC, datetime

import pytest

from prep.store import own_files

AT = datetime(2026, 11, 26, 12, 0, 0, 5, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "prep.db"
    path.touch()
    (tmp_path / "backups").mkdir()
    return path


@pytest.mark.parametrize("restored", [None, datetime(2026, 1, 2, tzinfo=UTC)])
@pytest.mark.parametrize("name", ["prep.db", "mine[1].sqlite", "no-ending", "a-20261126T1.db"])
def test_a_backup_is_known_by_its_name(database, name, restored):
    named = database.with_name(name)
    made = own_files.new_backup(named, AT, "import", restored)
    assert own_files.as_backup(named, made.path) == made
    assert own_files.belongs_to(named, made.path)


@pytest.mark.parametrize(
    "name",
    [
        "prep-20261126T120000000005Z-import.db.bak",
        "prep-20261326T120000000005Z-import.db",
        "prep-20261126T120000000005Z-Import.db",
        "other-20261126T120000000005Z-import.db",
        "prep-20261126T120000000005Z-import.sqlite",
        "before.partner-interview.db",
        "prep.db",
    ],
)
def test_any_other_name_is_the_persons(database, name):
    file = own_files.folder(database) / name
    file.touch()
    assert own_files.as_backup(database, file) is None
    assert own_files.backups(database) == []
    assert not own_files.belongs_to(database, file)


def test_a_backup_elsewhere_is_none_of_this_database(database):
    made = own_files.new_backup(database, AT, "daily")
    assert own_files.as_backup(database, database.with_name(made.path.name)) is None


@pytest.mark.parametrize(
    ("name", "is_own"),
    [
        ("prep.db.123.part", True),
        ("prep.db.123.part-wal", True),
        ("other.db.123.part", False),
        ("notes.part", False),
        ("before.partner-interview.db", False),
        (f".prep-{'0' * 32}.part", True),
        (f".prep-{'0' * 31}.part", False),
    ],
)
def test_an_unfinished_copy_is_known_by_its_name(database, name, is_own):
    assert own_files.is_left_over(database, database.with_name(name)) == is_own


def test_a_temporary_name_is_one_of_them(database):
    assert own_files.is_left_over(database, own_files.temporary(database))


@pytest.mark.parametrize("suffix", own_files.LOGS)
def test_what_sqlite_keeps_beside_it_belongs_to_a_database(database, suffix):
    assert own_files.belongs_to(database, database.with_name(f"prep.db{suffix}"))


def test_a_link_to_a_database_belongs_to_it(database, tmp_path):
    (tmp_path / "link.db").symlink_to(database)
    (tmp_path / "hard.db").hardlink_to(database)
    assert own_files.belongs_to(database, tmp_path / "link.db")
    assert own_files.belongs_to(database, tmp_path / "hard.db")
    assert own_files.belongs_to(tmp_path / "link.db", database)


def test_a_damaged_database_is_kept_under_a_free_name(database):
    first = own_files.aside(database)
    assert first.name == "prep.db.damaged"
    first.with_name(f"{first.name}-wal").touch()
    assert own_files.aside(database).name == "prep.db.damaged-2"
    assert own_files.belongs_to(database, first)


def test_a_file_goes_with_what_sqlite_left_beside_it(database):
    for file in own_files.beside(database):
        file.touch()
    own_files.remove(database)
    assert [file.name for file in database.parent.iterdir()] == ["backups"]


def test_a_folder_is_the_owners_alone(tmp_path):
    own_files.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_a_file_that_is_gone_has_no_age(database):
    assert own_files.age(database.with_name("gone"), database) == 0
