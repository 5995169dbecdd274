"""A database that cannot be used: one line that says so, the file as it was, and a way on."""

import resource
import shutil
import sqlite3
from contextlib import closing, contextmanager

import pytest

from prep.clock import system_clock
from prep.exchange import restore_backup
from prep.progress.tracker import Tracker
from prep.store import backups, database
from prep.store.database import open_database

from .conftest import texts

PAGE_SIZE = 4096
INDEX_OF_LOG = 32_768  # SQLite writes no less beside a database to read it


@pytest.fixture
def held(db, db_path, tracker):
    """A closed database in one file, in which L-01 is done."""
    tracker.set_status("L-01", "done")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return db_path


def damage(path, name="question"):
    """Overwrite the first page of a table or index."""
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [name]
        ).fetchone()[0]
    with path.open("r+b") as file:
        file.seek(PAGE_SIZE * (page - 1))
        file.write(b"\xff" * PAGE_SIZE)


def cut(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def cut_a_little(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 100)


def empty(path):
    with path.open("r+b") as file:
        file.truncate(0)


def put_text(path):
    path.write_text("Dear diary, today I learned what a B-tree is.\n" * 200)


def make_newer(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('prep', 'teleportation', '2030-01-01')"
        )


BROKEN = {
    "damaged": (damage, "it is damaged: restore a backup"),
    "cut short": (cut, "it is damaged: restore a backup"),
    "cut short by less than a page": (cut_a_little, "its last 100 bytes are missing"),
    "empty": (empty, "it is empty, though there are backups of it"),
    "no database": (put_text, "it is no SQLite database: move it away, or restore a backup"),
    "newer": (make_newer, "it was written by a newer Prep (teleportation): update Prep"),
}


@pytest.mark.parametrize(
    ("fault", "page"), [*((fault, "today") for fault in BROKEN), ("no database", "data")]
)
def test_a_broken_database_is_said_left_alone_and_tried_again(open_page, held, fault, page):
    whole = held.read_bytes()
    backups.automatic(held, "asked")
    break_it, said = BROKEN[fault]
    break_it(held)
    broken = held.read_bytes()
    test = open_page(page)
    assert [said in plain(error.value) for error in test.error] == [True], "one line"
    assert not test.warning
    assert held.read_bytes() == broken
    held.write_bytes(whole)
    test.button(key="try-again").click().run()
    assert not test.exception
    assert not test.error
    assert status(held, "L-01") == "done"


def plain(markdown):
    return markdown.replace("\\", "")


def status(path, question_id):
    with open_database(path) as db:
        return Tracker(db, None).state(question_id).status


@pytest.mark.parametrize("fault", ["damaged", "cut short", "empty", "no database"])
def test_a_broken_database_is_put_back_on_any_page(open_page, held, fault):
    backups.automatic(held, "asked")
    unsound = backups.automatic(held, "daily")
    unsound.path.write_bytes(unsound.path.read_bytes()[:5000])
    BROKEN[fault][0](held)
    broken = held.read_bytes()
    test = open_page("sheets")
    assert "The damaged file stays beside it" in texts(test)
    test.button(key="put-newest-back").click().run()
    assert not test.exception
    assert not test.error
    assert "The backup is back." in test.success[0].value
    assert held.with_name("prep.db.damaged").read_bytes() == broken
    assert status(held, "L-01") == "done"


def test_a_file_that_a_synced_folder_put_under_the_log_of_another_is_said(
    open_page, held, tmp_path
):
    backups.automatic(held, "asked")
    shutil.copy(held, tmp_path / "synced.db")
    with open_database(tmp_path / "synced.db") as other:
        Tracker(other, system_clock()).set_status("L-03", "done")
    with open_database(held) as db:  # as of a process that was killed, the log stays
        Tracker(db, system_clock()).set_status("L-02", "done")
        log = held.with_name("prep.db-wal").read_bytes()
    held.with_name("prep.db-wal").write_bytes(log)
    shutil.copy(tmp_path / "synced.db", held)
    came = held.read_bytes()
    test = open_page("today")
    assert ["belongs to another prep" in plain(error.value) for error in test.error] == [True]
    assert held.read_bytes() == came
    test.button(key="put-newest-back").click().run()
    assert not test.exception
    assert not test.error
    assert held.with_name("prep.db.damaged").read_bytes() == came
    assert held.with_name("prep.db-wal.damaged").read_bytes() == log
    assert status(held, "L-01") == "done"


def test_without_a_sound_backup_none_is_offered(open_page, held):
    put_text(held)
    test = open_page("sheets")
    assert "There is no sound backup of it." in texts(test)
    assert not [button for button in test.button if button.key == "put-newest-back"]


def test_a_newer_database_is_not_put_back(open_page, held):
    backups.automatic(held, "asked")
    make_newer(held)
    test = open_page("sheets")
    assert not [button for button in test.button if button.key == "put-newest-back"]


def test_a_backup_that_cannot_be_put_back_says_why(open_page, held, monkeypatch):
    backups.automatic(held, "asked")
    put_text(held)
    test = open_page("sheets")
    with monkeypatch.context() as context:
        context.setattr(restore_backup, "newest_sound", lambda path: backups.list_backups(path)[0])
        for made in backups.list_backups(held):
            made.path.write_bytes(b"broken since")
        test.button(key="put-newest-back").click().run()
    assert any("no SQLite database" in error.value for error in test.error)
    assert held.read_text().startswith("Dear diary")


def test_damage_that_a_page_does_not_meet_is_said_above_it(open_page, held):
    backups.automatic(held, "asked")
    damage(held, "time_spent_by_question")
    test = open_page("sheets")
    assert ["it is damaged" in error.value for error in test.error] == [True]
    assert not test.warning
    assert test.title[0].value == "Sheets", "what can be read is there"
    test.button(key="put-newest-back").click().run()
    assert not test.error


def test_a_full_disk_is_said_and_the_next_try_works(open_page, held):
    with files_no_longer_than(100):
        test = open_page("sheets")
        assert "free some space and try again" in test.error[0].value
    test.button(key="try-again").click().run()
    assert not test.error
    assert status(held, "L-01") == "done"


def test_a_write_without_room_is_said_in_place_and_the_next_is_kept(open_page, held):
    test = open_page("question", id="L-02", view="details")
    with files_no_longer_than(INDEX_OF_LOG):
        test.segmented_control(key="status-L-02").set_value("done").run()
    assert "free some space" in test.error[0].value
    assert status(held, "L-02") == "todo"
    test.segmented_control(key="status-L-02").set_value("done").run()
    assert not test.error
    assert status(held, "L-02") == "done"


@contextmanager
def files_no_longer_than(size):
    """Have this process write no file past `size` bytes, as on a disk that is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_lock_is_said_in_place_and_reading_goes_on(open_page, held, monkeypatch):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0.2)
    test = open_page("question", id="L-02", view="details")
    with closing(sqlite3.connect(held)) as other:
        other.execute("BEGIN EXCLUSIVE")
        test.segmented_control(key="status-L-02").set_value("done").run()
        assert "another program is writing to it" in test.error[0].value
        assert not open_page("sheets").error, "who only reads need not wait"
        other.rollback()
    test.segmented_control(key="status-L-02").set_value("done").run()
    assert not test.error
    assert status(held, "L-02") == "done"


def test_a_folder_that_cannot_be_made_is_said(open_page, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("PREP_DB", str(tmp_path / "file" / "prep.db"))
    test = open_page("today")
    assert "the folder cannot be made" in test.error[0].value
    (tmp_path / "file").unlink()
    test.button(key="try-again").click().run()
    assert not test.error


def test_a_database_that_vanished_is_made_anew_beside_its_backups(open_page, held):
    backups.automatic(held, "asked")
    for path in held.parent.glob("prep.db*"):
        path.unlink()
    assert not open_page("today").error
    assert [made.reason for made in backups.list_backups(held)][-1] == "asked"
