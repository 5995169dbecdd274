"""A backup takes the place of the database, or nothing is changed; what was there is kept."""

import sqlite3
from contextlib import closing

import pytest

from prep.errors import DamagedDatabase, DatabaseError
from prep.exchange import restore_backup
from prep.progress.tracker import Tracker
from prep.store import backups, devices, integrity, undo_redo
from prep.store.database import open_database
from tests.stored_status import status


def wrong(path):
    return {finding.name for finding in integrity.check(path) if not finding.is_right}


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


def content(path):
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


@pytest.mark.parametrize("as_it_is_named", ["the same path", "a symbolic link", "a hard link"])
def test_the_database_is_no_backup_of_itself(db_path, tmp_path, as_it_is_named):
    source = db_path if as_it_is_named == "the same path" else tmp_path / "link.db"
    if as_it_is_named == "a symbolic link":
        source.symlink_to(db_path)
    elif as_it_is_named == "a hard link":
        source.hardlink_to(db_path)
    before = db_path.read_bytes()
    with pytest.raises(DatabaseError, match="that is the database itself: name one of its backups"):
        restore_backup.restore(source, db_path)
    assert db_path.read_bytes() == before


def test_a_link_to_the_database_stays_one(db_path, tracker, tmp_path):
    backups.copy(db_path, tmp_path / "old.db")
    tracker.set_status("L-01", "done")
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(db_path)
    kept = restore_backup.restore(tmp_path / "old.db", link)
    assert link.is_symlink()
    assert kept.parent == tmp_path / "backups", "beside the file itself"
    assert (status(db_path), status(kept)) == (None, "done")


def test_the_restored_database_counts_as_another_device(db_path, tmp_path):
    """What was done since the backup may be on other devices, under the id that it had."""
    backups.copy(db_path, tmp_path / "old.db")
    with open_database(tmp_path / "old.db") as old:
        before = devices.this(old)
    restore_backup.restore(tmp_path / "old.db", db_path)
    with open_database(db_path) as db:
        assert devices.this(db) != before


def test_the_backup_itself_stays_as_it_was(db_path, tmp_path):
    backups.copy(db_path, tmp_path / "old.db")
    before = (tmp_path / "old.db").read_bytes()
    restore_backup.restore(tmp_path / "old.db", db_path)
    assert (tmp_path / "old.db").read_bytes() == before
    assert [path.name for path in tmp_path.glob("old.db*")] == ["old.db"]


def test_a_backup_with_what_no_page_can_read_changes_nothing(db_path, tracker, tmp_path):
    """Its pages and tables are sound; a day in it is none."""
    tracker.set_status("L-01", "done")
    backups.copy(db_path, tmp_path / "old.db")
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection, connection:
        connection.execute("INSERT INTO setting (key, value) VALUES ('start_on', '\"some day\"')")
    before = content(db_path)
    with pytest.raises(DatabaseError, match=r"old\.db: .* choose another backup"):
        restore_backup.restore(tmp_path / "old.db", db_path)
    assert content(db_path) == before
    assert backups.list_backups(db_path) == []
    assert list((tmp_path / "backups").glob("*")) == [], "the copy that was checked is gone"


def test_while_another_restore_runs_one_waits_and_then_says_so(db_path, tmp_path, monkeypatch):
    monkeypatch.setattr(restore_backup, "_LONGEST_WAIT", 0)
    backups.copy(db_path, tmp_path / "old.db")
    (tmp_path / "backups").mkdir()
    before = content(db_path)
    with (
        restore_backup._one_at_a_time(db_path),
        pytest.raises(DatabaseError, match="another backup is being put back: wait"),
    ):
        restore_backup.restore(tmp_path / "old.db", db_path)
    assert content(db_path) == before
    assert restore_backup.restore(tmp_path / "old.db", db_path)


def test_the_newest_backup_that_is_sound_is_found(db_path):
    assert restore_backup.newest_sound(db_path) is None
    older, newer = (backups.automatic(db_path, "asked") for _ in range(2))
    assert restore_backup.newest_sound(db_path) == newer
    newer.path.write_bytes(newer.path.read_bytes()[:5000])
    assert restore_backup.newest_sound(db_path) == older
    older.path.unlink()
    assert restore_backup.newest_sound(db_path) is None
