"""A database by way of a symbolic link: the file is meant, and the link stays."""

import os
from contextlib import closing

import pytest
from click.testing import CliRunner

from prep.cli import cli
from prep.errors import DatabaseError
from prep.exchange import restore_backup
from prep.progress.tracker import Tracker
from prep.store import backups, integrity
from prep.store.database import open_database


@pytest.fixture(params=["a link", "a link to a link", "a link in a linked folder"])
def link(request, db_path, tmp_path):
    """A way to the database that leads through links."""
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "link.db").symlink_to(db_path)
    (folder / "again.db").symlink_to("link.db")
    (tmp_path / "linked").symlink_to(folder)
    return {
        "a link": folder / "link.db",
        "a link to a link": folder / "again.db",
        "a link in a linked folder": tmp_path / "linked" / "link.db",
    }[request.param]


def status(path):
    with closing(open_database(path)) as db:
        return Tracker(db, None).state("L-01").status


def test_it_is_sound_while_another_has_it_open(link, db, db_path, tracker):
    tracker.set_status("L-01", "done")
    assert db_path.with_name("prep.db-wal").stat().st_size > 0, "what was written is in the log"
    assert status(link) == "done"
    assert [found for found in integrity.check(link) if not found.is_right] == []
    assert link.is_symlink() or link.parent.is_symlink()
    assert sorted(path.name for path in link.parent.iterdir()) == ["again.db", "link.db"]


def test_its_backups_are_those_of_the_file(link, db_path):
    made = backups.daily(link)
    assert made.path.parent == db_path.parent / "backups"
    assert backups.list_backups(db_path) == backups.list_backups(link) == [made]
    assert backups.daily(db_path) is None


@pytest.mark.parametrize("damage", [False, True])
def test_a_backup_is_put_back_into_the_file(link, db_path, clock, damage):
    with open_database(link) as db:
        Tracker(db, clock).set_status("L-01", "done")
    made = backups.automatic(link, "asked")
    with open_database(link) as db:
        Tracker(db, clock).set_status("L-01", "todo")
    if damage:
        db_path.write_bytes(b"no database, but long enough to be looked at\n" * 50)
    where = link.readlink()
    kept = restore_backup.restore(made.path, link)
    assert link.readlink() == where
    assert not db_path.is_symlink()
    assert status(db_path) == status(link) == "done"
    assert kept.parent == (db_path.parent if damage else backups.folder(db_path))


def test_a_backup_that_is_a_link_is_put_back(db_path, tmp_path, tracker):
    tracker.set_status("L-01", "done")
    made = backups.automatic(db_path, "asked")
    tracker.set_status("L-01", "todo")
    (tmp_path / "last.db").symlink_to(made.path)
    restore_backup.restore(tmp_path / "last.db", db_path)
    assert status(db_path) == "done"
    assert made.path.exists()


def test_the_database_is_no_backup_of_itself(link, db_path, tmp_path):
    os.link(db_path, tmp_path / "hard.db")
    for source in (link, tmp_path / "hard.db"):
        with pytest.raises(DatabaseError, match="that is the database itself"):
            restore_backup.restore(source, db_path)


def test_a_link_to_a_disk_that_is_not_there_makes_no_new_database(tmp_path):
    (tmp_path / "to-file.db").symlink_to(tmp_path / "disk" / "prep.db")
    (tmp_path / "to-folder").symlink_to(tmp_path / "disk")
    (tmp_path / "round.db").symlink_to("round.db")
    for path in ("to-file.db", "to-folder/prep.db", "to-folder/new/prep.db", "round.db"):
        for command in (["status"], ["check"], ["backup"], ["restore", __file__]):
            result = CliRunner().invoke(cli, [*command, "--db", str(tmp_path / path)])
            assert result.exit_code == 1
            assert (result.stdout + result.stderr).count("\n") <= 2
    assert not (tmp_path / "disk").exists()
    with pytest.raises(DatabaseError, match=r"it is a link to .*, which is not there"):
        open_database(tmp_path / "to-file.db")
    (tmp_path / "disk").mkdir()
    assert status_of_new(tmp_path / "to-file.db") == 0
    assert (tmp_path / "disk" / "prep.db").is_file()


def status_of_new(path):
    with closing(open_database(path)) as db:
        return db.table("question").count
