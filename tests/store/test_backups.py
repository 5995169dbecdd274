"""Backups are whole, checked and few; a restore loses nothing of what was."""

import gzip
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prep.clock import Clock
from prep.errors import DamagedDatabase, DatabaseError
from prep.exchange import restore_backup
from prep.progress.tracker import Tracker
from prep.store import backups, change_list, integrity, own_files, undo_redo
from prep.store.database import open_database

SCHEMAS = Path(__file__).parents[1] / "schemas"


def status(path, question_id="L-01"):
    with sqlite3.connect(path) as connection:
        row = connection.execute(
            "SELECT status FROM progress WHERE question_id = ?", [question_id]
        ).fetchone()
    return row and row[0]


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


def test_restore_puts_back_what_was_and_keeps_what_is(db, db_path, tracker, clock, tmp_path):
    tracker.set_status("L-01", "done")
    backups.copy(db_path, tmp_path / "old.db")
    tracker.set_status("L-01", "todo")
    kept = restore_backup.restore(tmp_path / "old.db", db_path)
    assert status(db_path) == "done"
    assert status(kept) == "todo"
    assert tracker.state("L-01").status == "done", "a connection that was open sees it"
    Tracker(db, clock).set_status("L-02", "done")
    assert undo_redo.undo(db, clock)


def test_what_a_backup_holds_otherwise_than_changed_is_kept_beside_what_was_changed(
    db, db_path, tracker, clock, tmp_path
):
    """As where a bit of a text fell over: no check of pages sees it."""
    tracker.edit({"L-01": {"personal_notes": "as written", "confidence": 4}})
    tracker.set_status("L-02", "done")
    source = tmp_path / "source.db"
    backups.copy(db_path, source)
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute(
            "UPDATE progress SET personal_notes = 'as wrutten' WHERE question_id = 'L-01'"
        )
    restore_backup.restore(source, db_path)
    assert [found.name for found in integrity.check(db_path) if not found.is_right] == []
    state = tracker.state("L-01")
    assert (state.personal_notes, state.confidence) == ("as wrutten", 4)
    undo_redo.undo(db, clock)
    assert tracker.state("L-01").personal_notes == "as written"
    assert tracker.state("L-02").status == "done"


def test_restore_into_nothing_makes_the_database(db_path, tmp_path):
    backups.copy(db_path, tmp_path / "old.db")
    assert restore_backup.restore(tmp_path / "old.db", tmp_path / "new" / "prep.db") is None
    with open_database(tmp_path / "new" / "prep.db") as db:
        assert db.table("question").count == 291


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no database of Prep"),
        (b"text that is long enough to be looked at\n" * 100, "no SQLite database"),
        (b"SQLite format 3\0" + bytes(8000), "no SQLite database|damaged|no database of Prep"),
    ],
)
def test_a_file_that_is_no_backup_is_refused(db_path, tmp_path, content, why):
    source = tmp_path / "source.db"
    source.write_bytes(content)
    before = db_path.read_bytes()
    with pytest.raises(DatabaseError, match=why):
        restore_backup.restore(source, db_path)
    assert db_path.read_bytes() == before


def test_a_truncated_backup_is_refused(db_path, tmp_path):
    backups.copy(db_path, tmp_path / "old.db")
    whole = (tmp_path / "old.db").read_bytes()
    (tmp_path / "old.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DatabaseError, match="damaged"):
        restore_backup.restore(tmp_path / "old.db", db_path)


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


def test_a_damaged_database_is_moved_aside_by_a_restore(db_path, tmp_path):
    backups.copy(db_path, tmp_path / "old.db")
    db_path.write_bytes(b"\xff" * 10_000)
    kept = restore_backup.restore(tmp_path / "old.db", db_path)
    assert kept == db_path.with_name("prep.db.damaged")
    assert kept.read_bytes() == b"\xff" * 10_000
    with open_database(db_path) as db:
        assert db.table("question").count == 291
    db_path.write_bytes(b"\xfe" * 10_000)
    again = restore_backup.restore(tmp_path / "old.db", db_path)
    assert again == db_path.with_name("prep.db.damaged-2")
    assert kept.read_bytes() == b"\xff" * 10_000, "nothing is overwritten"


def test_damage_that_sqlite_can_still_read_is_moved_aside_too(half_done, db_path, tmp_path):
    backups.copy(db_path, tmp_path / "old.db")
    half_done.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    half_done.close()
    root = (
        sqlite3.connect(db_path)
        .execute("SELECT rootpage FROM sqlite_master WHERE name = 'history_by_subject'")
        .fetchone()[0]
    )
    with db_path.open("r+b") as file:
        file.seek(4096 * (root - 1) + 12)  # where the page names its rows
        file.write(b"\0" * 100)
    damaged = db_path.read_bytes()
    with pytest.raises(DamagedDatabase, match="restore FILE"):
        backups.automatic(db_path, "daily")
    kept = restore_backup.restore(tmp_path / "old.db", db_path)
    assert kept.name == "prep.db.damaged"
    assert kept.read_bytes() == damaged
    assert wrong(db_path) == set()


def test_the_oldest_backup_can_be_put_back_and_stays(db_path, tracker):
    tracker.set_status("L-01", "done")
    made = [backups.automatic(db_path, "asked") for _ in range(backups.KEPT)]
    tracker.set_status("L-01", "todo")
    restore_backup.restore(made[0].path, db_path)
    assert status(db_path) == "done"
    for _ in range(backups.KEPT - 1):
        assert made[0].path.exists()
        backups.automatic(db_path, "asked")
    assert made[0].path.exists(), "as long as the backup of what it took the place of"


def test_a_restore_does_not_wait_for_ever(db_path, tmp_path, monkeypatch):
    backups.copy(db_path, tmp_path / "old.db")
    monkeypatch.setattr(restore_backup, "BUSY_TIMEOUT_SECONDS", 0.1)
    with closing(sqlite3.connect(db_path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="another program is writing to it"):
            restore_backup.restore(tmp_path / "old.db", db_path)


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
