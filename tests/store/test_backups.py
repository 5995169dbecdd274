"""Backups are whole, checked and few; a restore loses nothing of what was."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prep.errors import DamagedDatabase, DatabaseError
from prep.exchange import restore_backup
from prep.store import backups, integrity, own_files
from prep.store.database import open_database
from tests.stored_status import status

SCHEMAS = Path(__file__).parents[1] / "schemas"


def test_a_copy_holds_what_is_committed_while_another_writes(db_path, tracker, tmp_path):
    tracker.set_status("L-01", "done")
    with open_database(db_path) as writer:
        writer.conn.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE progress SET status = 'todo', done_on = NULL")
        backups.copy(db_path, tmp_path / "copy.db")
        writer.rollback()
    assert status(tmp_path / "copy.db") == "done"
    assert [path.name for path in tmp_path.glob("copy.db*")] == ["copy.db"], "one file"


def test_a_copy_can_be_read_by_whom_the_database_can(db_path, tmp_path):
    db_path.chmod(0o600)
    backups.copy(db_path, tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_a_copy_that_cannot_be_written_leaves_nothing(db_path, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DatabaseError, match="cannot be written"):
        backups.copy(db_path, tmp_path / "file" / "copy.db")
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"SQLite format 3\0" + bytes(5000))
    with pytest.raises(DatabaseError):
        backups.copy(damaged, tmp_path / "copy.db")
    assert list(tmp_path.glob("copy.db*")) == []


def test_the_last_ten_are_kept(db_path):
    made = [backups.automatic(db_path, "import") for _ in range(12)]
    assert [found.path for found in backups.list_backups(db_path)] == [m.path for m in made[:1:-1]]
    assert {found.reason for found in backups.list_backups(db_path)} == {"import"}


@pytest.mark.parametrize("clock_is_off", [timedelta(hours=1), timedelta(days=40_000)])
def test_a_backup_stays_whatever_the_clock_once_said(db_path, clock_is_off):
    later = [stamped(db_path, datetime.now(UTC) + clock_is_off + n * SECOND) for n in range(12)]
    first, last = (backups.automatic(db_path, "asked") for _ in range(2))
    assert first.path.exists() and last.path.exists()
    listed = [found.path for found in backups.list_backups(db_path)]
    assert listed == [last.path, first.path, *later[:1:-1]], "those of no known age come last"
    assert backups.daily(db_path).path.exists()


SECOND = timedelta(seconds=1)


def stamped(db_path, at, reason="asked"):
    """Make a sound backup that a clock stamped with the instant `at`; return its path."""
    path = own_files.new_backup(db_path, at, reason).path
    path.parent.mkdir(exist_ok=True)
    shutil.copy(db_path, path)
    return path


def test_the_last_sound_one_stays(db_path):
    then = datetime(2020, 1, 1, 10, tzinfo=UTC)
    sound = stamped(db_path, then)
    for n in range(1, 2 * backups.KEPT):
        stamped(db_path, then + n * SECOND).write_bytes(b"lost since")
    made = backups.automatic(db_path, "import")
    assert len(backups.list_backups(db_path)) < 2 * backups.KEPT
    made.path.write_bytes(b"lost as well")
    assert restore_backup.newest_sound(db_path).path == sound


def test_a_day_of_backups_leaves_the_days_before(db_path):
    now = datetime.now(UTC)
    days = [stamped(db_path, now - timedelta(days=n), "daily") for n in range(1, 7)]
    for _ in range(backups.KEPT + 2):
        backups.automatic(db_path, "import")
    assert [path for path in days if not path.exists()] == []
    assert len(backups.list_backups(db_path)) == backups.KEPT + len(days)


def test_what_a_killed_backup_left_is_cleared_away(db_path):
    made = backups.automatic(db_path, "import").path
    left = [
        own_files.temporary(made),
        made.with_name(f"{made.name}.123.part"),  # as earlier versions named them
        made.with_name("prep.db.123.part"),
        made.with_name("prep.db.123.part-journal"),
    ]
    running = own_files.temporary(made)
    for path in (*left, running):
        path.write_bytes(b"half")
    for path in left:
        os.utime(path, (0, 0))
    backups.automatic(db_path, "import")
    assert [path for path in left if path.exists()] == []
    assert running.exists()


OF_A_PERSON = [
    "before.partner-interview.db",
    "talk.part",
    "x.part",
    "old.db.1.part",
    ".part",
    "prep.part.txt",
    "prep.db.part",
    "prep.db.x.part",
    ".prep-1.part",
    ".prep-" + "0" * 32 + ".part.txt",
    "prep-20200101T000000000000Z-daily.db.bak",
    "prep-20200101T000000000000Z-daily.db.12.parts",
    "prep-20200101T000000000000Z-Daily.db",
    "prep-20200101T000000Z-daily.db",
    "prep-mine.db",
    "prep-20209901T000000000000Z-daily.db",
    "my prep-20200101T000000000000Z-daily.db",
    "prep-20200101T000000000000Z-daily.db\n",
    "prep-\u0662\u0660200101T000000000000Z-daily.db",
]


def test_what_prep_did_not_name_is_left_alone(db_path):
    place = backups.automatic(db_path, "daily").path.parent
    for name in OF_A_PERSON:
        (place / name).write_text(name)
        os.utime(place / name, (0, 0))
    for _ in range(backups.KEPT + 2):
        backups.automatic(db_path, "import")
    assert [name for name in OF_A_PERSON if (place / name).read_text() != name] == []
    assert len(backups.list_backups(db_path)) == backups.KEPT


NAMES = [
    "prep.db",
    "prep",
    "prep.sqlite",
    "prep.DB",
    "prep.db.db",
    "Prep.db",
    "prep-.db",
    "prep-2.db",
    "pr[e]p.db",
    "[prep].db",
    "pr*p.db",
    "p???.db",
    "**.db",
    "!.db",
    "prep{1,2}.db",
    "pr\\p.db",
    "a b.db",
    "ü.db",
    "%s.db",
    "prep\n.db",
    ".db",
    ".prep.db",
    "prep.+.db",
    "(prep|x).db",
    "$.db",
    "prep-20200101T000000000000Z-daily.db",
]


def test_each_database_of_a_folder_has_its_own_backups(tmp_path):
    paths = [tmp_path / name for name in NAMES]
    for path in paths:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE anything (id INTEGER)")
    made = {path: [backups.automatic(path, "asked") for _ in range(2)] for path in paths}
    for path in paths:
        assert backups.list_backups(path) == made[path][::-1], path.name
        assert len({found.path for found in backups.list_backups(path)}) == 2
    for path in paths:
        backups.automatic(path, "import")
    assert all(one.path.exists() for both in made.values() for one in both)


def test_another_databases_backups_are_not_counted(db_path, tmp_path):
    other = tmp_path / "prep-2.db"
    backups.copy(db_path, other)
    backups.automatic(other, "daily")
    assert backups.list_backups(db_path) == []
    assert len(backups.list_backups(other)) == 1


def test_there_is_one_backup_a_day(db_path):
    assert backups.daily(db_path).reason == "daily"
    assert backups.daily(db_path) is None
    [today] = backups.list_backups(db_path)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    today.path.rename(
        today.path.with_name(
            today.path.name.replace(today.at.strftime("%Y%m%d"), yesterday.strftime("%Y%m%d"))
        )
    )
    assert backups.daily(db_path) is not None


def test_no_database_needs_no_backup(tmp_path):
    assert backups.daily(tmp_path / "none.db") is None


def test_a_migration_is_preceded_by_a_backup(tmp_path, db_path):
    assert backups.list_backups(db_path) == [], "a new database needs none"
    with open_database(db_path) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'answers_stories_reviews'")
    with pytest.raises(DatabaseError):
        open_database(db_path)
    assert [found.reason for found in backups.list_backups(db_path)] == ["migration"]


def test_a_failed_migration_leaves_the_file_as_it_was(db_path, tracker):
    tracker.set_status("L-01", "done")
    with open_database(db_path) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'answers_stories_reviews'")
        before = "\n".join(db.conn.iterdump())
    with pytest.raises(DatabaseError):
        open_database(db_path)
    with sqlite3.connect(db_path) as connection:
        assert "\n".join(connection.iterdump()) == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="another program's tables"):
        open_database(path)
    with pytest.raises(DatabaseError, match="no database of Prep"):
        restore_backup.verify(path)
    assert path.read_bytes() == before


def test_a_database_of_a_newer_prep_is_refused_and_left_alone(db_path, tmp_path):
    with open_database(db_path) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "prep", "name": "teleportation", "applied_at": "2030-01-01"}
        )
    before = "\n".join(sqlite3.connect(db_path).iterdump())
    with pytest.raises(DatabaseError, match=r"newer Prep \(teleportation\): update Prep"):
        open_database(db_path)
    with pytest.raises(DatabaseError, match="newer Prep"):
        restore_backup.restore(db_path, tmp_path / "other.db")
    assert "\n".join(sqlite3.connect(db_path).iterdump()) == before
    assert wrong(db_path) == {"version"}


def test_a_backup_over_the_database_itself_is_refused(db_path):
    before = db_path.read_bytes()
    with pytest.raises(DatabaseError, match="that is the database itself"):
        backups.copy(db_path, db_path)
    assert db_path.read_bytes() == before


@pytest.mark.parametrize("size", [0, 1])
def test_an_emptied_database_is_not_taken_for_a_new_one(db, db_path, tracker, size):
    tracker.set_status("L-01", "done")
    db.close()
    made = backups.automatic(db_path, "daily")
    db_path.write_bytes(b"S" * size)
    with pytest.raises(DamagedDatabase, match="empty, though there are backups of it"):
        open_database(db_path)
    assert db_path.stat().st_size == size
    assert wrong(db_path) == {"file"}
    assert restore_backup.restore(made.path, db_path).stat().st_size == size
    assert status(db_path) == "done"


def test_a_database_that_lacks_a_part_of_its_last_page_is_refused(db_path):
    whole = db_path.read_bytes()
    db_path.write_bytes(whole[:-100])
    with pytest.raises(DamagedDatabase, match="its last 100 bytes are missing"):
        open_database(db_path)
    with pytest.raises(DamagedDatabase, match="its last 100 bytes are missing"):
        backups.automatic(db_path, "daily")
    assert wrong(db_path) == {"integrity"}
    assert db_path.read_bytes() == whole[:-100]


def wrong(path):
    return {finding.name for finding in integrity.check(path) if not finding.is_right}


@pytest.mark.parametrize("ahead", [timedelta(days=-2), timedelta(hours=2), timedelta(days=400)])
def test_a_copy_in_use_stays_where_the_clock_was_set_since(db_path, monkeypatch, ahead):
    """What is left over is told by the file system's own times."""
    first = backups.automatic(db_path, "import").path
    running = own_files.temporary(first)
    running.write_bytes(b"half")
    monkeypatch.setattr(backups, "_free_instant", lambda _known: datetime.now(UTC) + ahead)
    backups.automatic(db_path, "import")
    assert running.exists()
