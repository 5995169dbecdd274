"""Disks that are full, files that may not be written, and locks: said clearly, nothing lost."""

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from prep.clock import system_clock
from prep.errors import DamagedDatabase, DatabaseError
from prep.exchange import restore_backup
from prep.progress.tracker import Tracker
from prep.store import backups, database, integrity
from prep.store.database import open_database
from tests.stored_status import status
from tests.work import HANGS_AFTER_SECONDS

from .conftest import FULL, either

ROOT = Path(__file__).parents[2]
# Root may write where no one may: it gives that up, which leaves it an owner like others.
AS_ANYONE = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] * (os.geteuid() == 0)
SET_DONE = ["set", "L-02", "done"]


@pytest.fixture
def place(filled_file, tmp_path):
    """A folder with a database in which L-01 is done."""
    folder = tmp_path / "place"
    folder.mkdir()
    shutil.copy(filled_file, folder / "prep.db")
    with open_database(folder / "prep.db") as db:
        Tracker(db, system_clock()).set_status("L-01", "done")
    yield folder
    folder.chmod(0o755)


def prep(path, *arguments, limit=None):
    """Run the command line on a database, where wanted with a limit on the size of files (KiB)."""
    before = f"ulimit -f {limit}; " if limit else ""
    command = shlex.join([*AS_ANYONE, sys.executable, "-m", "prep", *arguments, "--db", str(path)])
    return subprocess.run(
        ["bash", "-c", before + command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=HANGS_AFTER_SECONDS,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def assert_one_line(result, *words):
    assert result.returncode == 1
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    for word in words:
        assert word in result.stderr
    assert "Traceback" not in result.stderr


def assert_unharmed(path):
    assert [found for found in integrity.check(path) if not found.is_right] == []
    assert (status(path, "L-01"), status(path, "L-02")) == ("done", None)


def test_a_full_disk_is_said_and_nothing_is_half_written(place, withstood):
    path = place / "prep.db"
    blocks = path.stat().st_size // 1024 - 1  # the log may grow, the file not
    result = prep(path, "import", limit=blocks // 2)
    assert_one_line(result, "free", "space")
    result = prep(path, "set", "L-02", "done", limit=1)
    assert_one_line(result, "free some space", "nothing is half-written")
    assert_unharmed(path)
    assert prep(path, *SET_DONE).returncode == 0, "with room again it works, without a restart"
    withstood("disk full (limit on files)", 2, "said, nothing half-written; with room it worked")


# A disk of its own for the commands of one test, filled up by another file.
ON_A_FULL_DISK = """
mount -t tmpfs -o size=40m tmpfs "$1" && cp "$2" "$1/prep.db" || exit 9
dd if=/dev/zero of="$1/filler" bs=1k 2> /dev/null
"$3" -m prep set L-02 done --db "$1/prep.db"
echo "with a full disk: $?" && rm "$1/filler"
"$3" -m prep set L-02 done --db "$1/prep.db" && "$3" -m prep check --db "$1/prep.db"
"""
OWN_MOUNTS = ["unshare", "--map-root-user", "--mount"]


def can_mount():
    mount = [*OWN_MOUNTS, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return (
        shutil.which("unshare") is not None
        and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    )


if FULL and can_mount():  # where a container may not, the limit on files above stands for it

    def test_a_small_disk_that_is_full_is_said_and_with_room_again_it_works(place, withstood):
        (place / "disk").mkdir()
        result = subprocess.run(
            [
                *OWN_MOUNTS,
                "bash",
                "-c",
                ON_A_FULL_DISK,
                "bash",
                place / "disk",
                place / "prep.db",
                sys.executable,
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0
        assert result.stderr.count("\n") == 1
        assert "free some space and try again; nothing is half-written" in result.stderr
        assert "with a full disk: 1" in result.stdout
        assert "L-02" in result.stdout.partition("with a full disk")[2]
        withstood(
            "disk full (tmpfs of 40 MB)", 1, "said, nothing half-written; with room it worked"
        )


def test_a_backup_without_room_leaves_no_part_of_it(place, withstood):
    result = prep(place / "prep.db", "backup", str(place / "copy.db"), limit=100)
    assert_one_line(result, "backup cannot be written", "free space")
    assert list(place.glob("copy.db*")) == []
    withstood("backup without room", 1, "said, no part of it left")


def test_a_read_only_file_is_said(place, withstood):
    path = place / "prep.db"
    path.chmod(0o444)
    result = prep(path, *SET_DONE)
    assert_one_line(result, "read-only", "allow writing")
    assert prep(path, "status").returncode == 0, "reading it is no trouble"
    path.chmod(0o644)
    assert prep(path, *SET_DONE).returncode == 0
    withstood("read-only file", 1, "said; writable again it worked")


def test_a_read_only_folder_is_said(place, withstood):
    path = place / "prep.db"
    place.chmod(0o555)
    result = prep(path, *SET_DONE)
    assert_one_line(result, "allow writing to the file and its folder")
    place.chmod(0o755)
    assert_unharmed(path)
    assert prep(path, *SET_DONE).returncode == 0
    withstood("read-only folder", 1, "said; writable again it worked")


def test_a_missing_folder_is_made_and_one_that_cannot_be_is_said(place, withstood):
    assert prep(place / "new" / "folder" / "prep.db", "status").returncode == 0
    (place / "file").write_text("no folder")
    result = prep(place / "file" / "prep.db", "status")
    assert_one_line(result, "folder cannot be made", "PREP_DB")
    withstood("missing folder", 2, "made; where that cannot be, said")


def test_a_short_lock_is_waited_for(place, monkeypatch, withstood):
    path, times, sleep = place / "prep.db", either(1000, 100), time.sleep
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", HANGS_AFTER_SECONDS)
    asked = []
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")

        def wait(seconds):
            sleep(seconds)
            assert status(path, "L-02") is None, "written in spite of the lock"
            asked.append(seconds)
            if len(asked) == times:
                other.rollback()

        monkeypatch.setattr(database.time, "sleep", wait)
        with open_database(path) as db:
            Tracker(db, system_clock()).set_status("L-02", "done")
    assert len(asked) == times
    assert status(path, "L-02") == "done"
    withstood("database locked by another", f"asked {times:,} times", "waited for, then written")


def test_a_long_lock_is_said_and_the_next_try_works(place, monkeypatch, withstood):
    path = place / "prep.db"
    seconds, times = either((database.BUSY_TIMEOUT_SECONDS, 6), (0.3, 3))
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", seconds)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for _ in range(times):
            with (
                pytest.raises(DatabaseError, match="another program is writing to it"),
                open_database(path) as db,
                database.translate_sqlite_errors(path),
            ):
                Tracker(db, system_clock()).set_status("L-02", "done")
        other.rollback()
    assert_unharmed(path)
    with open_database(path) as db:
        Tracker(db, system_clock()).set_status("L-02", "done")
    withstood("database locked by another", f"{times} tries", "said each time, then written")


@pytest.mark.parametrize("kept", [0, 1, 100, 4096, 0.3, 0.9, 0.999])
def test_a_truncated_database_is_said_and_left_as_it_is(place, kept, withstood):
    path = place / "prep.db"
    made = backups.automatic(path, "asked")
    whole = path.read_bytes()
    size = int(kept * len(whole)) if isinstance(kept, float) else kept
    path.write_bytes(whole[:size])
    found = [finding for finding in integrity.check(path) if not finding.is_right]
    assert [backups.RESTORE in finding.said for finding in found] == [True]
    with pytest.raises(DamagedDatabase, match="restore FILE"):
        open_database(path)
    assert path.read_bytes() == whole[:size]
    restore_backup.restore(made.path, path)
    assert_unharmed(path)
    assert path.with_name("prep.db.damaged").read_bytes() == whole[:size]
    withstood("truncated database", 1, "said, file untouched; put back")


def test_a_damaged_database_is_said_by_every_command_and_put_back(place, withstood):
    path = place / "prep.db"
    made = backups.automatic(path, "asked")
    path.write_bytes(path.read_bytes()[:50_000])
    for command in (SET_DONE, ["import"]):
        assert_one_line(prep(path, *command), backups.RESTORE)
    assert prep(path, "check").returncode == 1
    assert "prep.db.damaged" in prep(path, "restore", str(made.path)).stdout
    assert_unharmed(path)
    withstood("damaged database", 3, "said by each command, file untouched; put back")
