"""Backups on the Data page."""

from datetime import date, timedelta

from prep.clock import Clock
from prep.errors import InvalidValue
from prep.practice import recordings
from prep.store import backups as backup
from prep.ui.data import backups
from tests.practice.sounds import tone, wav


def test_the_days_first_visit_makes_a_backup(open_page, db, db_path):
    open_page("today")
    open_page("sheets")
    assert [made.reason for made in backup.list_backups(db_path)] == ["daily"]


def test_a_server_that_runs_on_backs_up_each_day(db_path):
    for day in (date(2026, 11, 23), date(2026, 11, 24)):
        backups._make_daily(db_path, day)
        backup.list_backups(db_path)[0].path.unlink()


def test_the_days_first_visit_deletes_recordings_that_are_too_old(open_page, db, clock):
    long_ago = Clock(now=lambda: Clock().now() - timedelta(days=91))
    recordings.keep(db, long_ago, "answer", "L-01", wav(tone(1)))
    kept, _ = recordings.keep(db, Clock(), "answer", "L-01", wav(tone(1)))
    open_page("today")
    assert recordings.of(db, "answer", "L-01") == [kept]


def test_recordings_that_cannot_be_deleted_are_one_line(open_page, db, monkeypatch):
    def refuse(*_):
        raise InvalidValue("the recording cannot be deleted (Permission denied)")

    monkeypatch.setattr(recordings, "clean_up", refuse)
    test = open_page("today")
    assert "Old recordings could not be deleted." in test.warning[0].value


def test_a_backup_is_made_and_put_back(open_page, db, db_path, tracker):
    tracker.set_status("L-01", "done")
    test = open_page("data")
    test.button(key="back-up").click().run()
    made = next(made for made in backup.list_backups(db_path) if made.reason == "asked")
    tracker.set_status("L-01", "todo")
    test.button(key=f"restore-{made.path.name}").click().run()
    assert not test.exception
    assert "The backup is back." in test.success[0].value
    assert tracker.state("L-01").status == "done"


def test_a_broken_database_is_put_back_from_its_page(open_page, db, db_path):
    db.close()
    made = backup.automatic(db_path, "asked")
    db_path.write_bytes(b"no database at all, but long enough to be looked at\n" * 100)
    test = open_page("data")
    assert "no SQLite database" in test.error[0].value
    test.button(key=f"restore-{made.path.name}").click().run()
    assert not test.exception
    assert "The backup is back." in test.success[0].value
    assert not test.error
    assert "Take out" in [heading.value for heading in test.subheader]


def test_a_backup_from_a_file_is_checked(open_page, db):
    test = open_page("data")
    upload = test.file_uploader(key="restore-upload")
    upload.upload("photos.db", b"no database " * 500, "application/octet-stream").run()
    test.button(key="restore-uploaded").click().run()
    assert "no SQLite database" in test.error[0].value
