"""A log beside a file that is not its own is noticed, and only then."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from prep.cli import cli
from prep.clock import system_clock
from prep.errors import DamagedDatabase, DatabaseError
from prep.exchange import restore_backup
from prep.progress.tracker import Tracker
from prep.store import backups, integrity, log_marks
from prep.store.database import open_database, writing

ROOT = Path(__file__).parents[2]
LEFT_OPEN = """
import os, sys
from prep.cli import cli
from prep.store.database import open_database
from prep.clock import system_clock
from prep.progress.tracker import Tracker
from pathlib import Path
db = open_database(Path(sys.argv[1]))
for question_id in sys.argv[2:]:
    Tracker(db, system_clock()).set_status(question_id, "done")
os._exit(0)  # as if it were killed: the log stays
"""


def killed_after(path, *done):
    """Have a process set questions done and die, so that its log stays."""
    subprocess.run([sys.executable, "-c", LEFT_OPEN, path, *done], cwd=ROOT, check=True)
    assert log_of(path).stat().st_size > 0


def log_of(path):
    return path.with_name(f"{path.name}-wal")


def set_done(path, *ids):
    with closing(open_database(path)) as db:
        Tracker(db, system_clock()).set_status(list(ids), "done")


def done(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM progress WHERE status='done'").fetchone()[0]


def files(folder):
    return {
        path: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }


@pytest.fixture(scope="module")
def left_open(filled_file, tmp_path_factory):
    """A folder with a database whose last writer was killed, and with what a synced folder has."""
    folder = tmp_path_factory.mktemp("left_open")
    path, elsewhere = folder / "prep.db", folder / "elsewhere"
    shutil.copy(filled_file, path)
    set_done(path, "SD-001")
    elsewhere.mkdir()
    for name in ("before", "ahead"):
        shutil.copy(path, elsewhere / f"{name}.db")
    set_done(elsewhere / "ahead.db", *(f"SD-{n:03}" for n in range(2, 101)))
    set_done(path, "L-03")
    killed_after(path, "L-01", "L-02")
    return folder


@pytest.fixture
def behind(left_open, db_path):
    """A database whose last writer was killed, and what a synced folder has of it elsewhere."""
    shutil.copytree(left_open, db_path.parent, dirs_exist_ok=True)
    return db_path


@pytest.fixture(params=["ahead", "before", "another"])
def mixed(request, behind, filled_file, tmp_path):
    """The same, with another file in its place; its log is still there."""
    other = tmp_path / "elsewhere" / f"{request.param}.db"
    if request.param == "another":
        shutil.copy(filled_file, other)
        set_done(other, "L-07")
    arrived = tmp_path / "arrived"
    shutil.copy(other, arrived)
    arrived.replace(behind)
    return behind


COMMANDS = [
    ["status"],
    ["set", "L-09", "done"],
    ["import"],
    ["backup"],
    ["undo"],
    ["history"],
    ["export", "--format", "csv", "-o", "x.csv"],
]


def test_every_command_says_so_and_leaves_both_as_they_are(mixed, monkeypatch):
    monkeypatch.chdir(mixed.parent)
    before = files(mixed.parent)
    for command in COMMANDS:
        result = CliRunner().invoke(cli, [*command, "--db", str(mixed)])
        assert (result.exit_code, result.stdout) == (1, "")
        assert "the log beside it (prep.db-wal) belongs to another prep.db" in result.stderr
        assert result.stderr.count("\n") == 1
    assert files(mixed.parent) == before
    assert {found.name for found in integrity.check(mixed) if not found.is_right} == {"integrity"}
    with pytest.raises(DamagedDatabase, match="belongs to another"):
        backups.automatic(mixed, "daily")
    assert files(mixed.parent) == before


def test_with_the_log_moved_away_the_file_is_as_it_came(mixed, tmp_path):
    log_of(mixed).rename(tmp_path / "the log")
    shown = done(mixed)
    assert shown in (100, 1)
    assert [found for found in integrity.check(mixed) if not found.is_right] == []
    set_done(mixed, "L-11")
    assert done(mixed) == shown + 1


def test_a_restore_keeps_both_and_apart(mixed, filled_file):
    came, log = mixed.read_bytes(), log_of(mixed).read_bytes()
    kept = restore_backup.restore(filled_file, mixed)
    assert kept.name == "prep.db.damaged"
    assert kept.read_bytes() == came
    assert not log_of(kept).exists(), "SQLite would mix them there"
    assert mixed.with_name("prep.db-wal.damaged").read_bytes() == log
    assert done(mixed) == 0
    set_done(mixed, "L-01")
    assert [found for found in integrity.check(mixed) if not found.is_right] == []


def test_a_backup_with_a_foreign_log_beside_it_is_not_put_back(mixed, filled_file, tmp_path):
    target = tmp_path / "mine" / "prep.db"
    target.parent.mkdir()
    shutil.copy(filled_file, target)
    with pytest.raises(DatabaseError, match="belongs to another"):
        restore_backup.restore(mixed, target)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_log_whose_file_was_emptied_or_taken_away_is_kept(behind, is_there, filled_file):
    if is_there:
        behind.write_bytes(b"")
    else:
        behind.unlink()
    log = log_of(behind).read_bytes()
    with pytest.raises(DamagedDatabase, match="belongs to another"):
        open_database(behind)
    assert log_of(behind).read_bytes() == log
    assert behind.exists() == is_there
    restore_backup.restore(filled_file, behind)
    assert behind.with_name("prep.db-wal.damaged").read_bytes() == log
    assert done(behind) == 0


def test_its_own_log_is_played_in(behind, tmp_path):
    shutil.copytree(behind.parent, tmp_path / "moved", ignore=lambda *_: ["moved", "elsewhere"])
    for path in (behind, tmp_path / "moved" / "prep.db"):
        set_done(path, "L-09")
        assert done(path) == 5


def test_what_another_program_wrote_is_no_foreign_log(db_path):
    program = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1]);"
        " db.execute('CREATE TABLE theirs (x)'); db.execute('INSERT INTO theirs VALUES (1)');"
        " db.commit(); os._exit(0)"
    )
    for _ in range(2):
        subprocess.run([sys.executable, "-c", program, db_path], check=True)
        assert log_of(db_path).stat().st_size > 0
        assert not log_marks.is_foreign(db_path)
        killed_after(db_path, "L-01")
        assert not log_marks.is_foreign(db_path)
        set_done(db_path, "L-02")
        with closing(sqlite3.connect(db_path)) as connection:
            connection.execute("DROP TABLE theirs")
            connection.execute("VACUUM")


def test_a_log_that_is_half_written_into_its_file_is_no_damage(db_path, tmp_path):
    """SQLite writes the pages of a log into the file in their order, the first one first.

    That page says already how many there are to be. Another process may look in between; and who
    is killed in between leaves it so.
    """
    page_size = 4096
    before = db_path.stat().st_size
    killed_after(db_path, *[f"SD-{n:03}" for n in range(1, 121)])
    log = log_of(db_path).read_bytes()
    shutil.copy(db_path, tmp_path / "whole.db")
    shutil.copy(log_of(db_path), tmp_path / "whole.db-wal")
    with closing(sqlite3.connect(tmp_path / "whole.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = (tmp_path / "whole.db").read_bytes()
    assert len(whole) > before, "the log must have made the file longer"
    with db_path.open("r+b") as file:
        file.write(whole[:page_size])
    assert log_of(db_path).read_bytes() == log
    assert not log_marks.is_foreign(db_path)
    open_database(db_path).close()
    assert done(db_path) == 120


@pytest.mark.parametrize("log", [b"", b"w" * 31, b"w" * 32, b"w" * 10_000, bytes(10_000)])
def test_what_is_no_log_is_left_to_sqlite(db_path, log):
    log_of(db_path).write_bytes(log)
    assert not log_marks.is_foreign(db_path)
    set_done(db_path, "L-01")
    assert done(db_path) == 1


def test_a_process_killed_within_a_restore_leaves_no_foreign_log(db_path, tmp_path, monkeypatch):
    """The log begins with what was put back: it follows what was there all the same."""
    set_done(db_path, "L-01")
    backups.copy(db_path, tmp_path / "source.db")
    set_done(db_path, "L-02")
    program = (
        "import os, sys; from pathlib import Path; from prep.exchange import restore_backup;"
        " restore_backup.open_database = lambda path: os._exit(0);"
        " import sqlite3; keep = sqlite3.connect(sys.argv[2]); keep.execute('SELECT 1 FROM sheet');"
        " restore_backup.restore(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    for path in (db_path, tmp_path / "new" / "prep.db"):
        path.parent.mkdir(exist_ok=True)
        if path != db_path:
            open_database(path).close()
        subprocess.run(
            [sys.executable, "-c", program, tmp_path / "source.db", path], cwd=ROOT, check=True
        )
        assert log_of(path).stat().st_size > 0
        assert not log_marks.is_foreign(path)
        assert done(path) == 1


class Line:
    """A small database that is written, read and copied as it goes; what was at each copy."""

    def __init__(self, path):
        self.path = path
        self.copies = []
        self.readers = []
        self.db = self._open()

    def _open(self):
        db = Database(sqlite3.connect(self.path))
        db.enable_wal()
        db.execute("PRAGMA wal_autocheckpoint = 0")
        return db

    def write(self, row):
        with writing(self.db):
            self.db.execute("INSERT OR REPLACE INTO t VALUES (?, ?)", [row, os.urandom(900)])

    def checkpoint(self, mode):
        self.db.execute("PRAGMA busy_timeout = 0")
        self.db.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()

    def read_on(self):
        self.readers.append(sqlite3.connect(self.path))
        self.readers[-1].execute("BEGIN")
        self.readers[-1].execute("SELECT * FROM t").fetchone()

    def read_no_more(self):
        while self.readers:
            self.readers.pop().close()

    def copy(self):
        log = log_of(self.path)
        held = (self.path.read_bytes(), log.read_bytes() if log.exists() else b"")
        self.copies.append((*held, rows(self.db.conn)))

    def close(self):
        self.read_no_more()
        self.db.close()


def rows(connection):
    return connection.execute("SELECT * FROM t ORDER BY 1").fetchall()


WRITES = st.one_of(
    st.tuples(st.just("write"), st.integers(1, 12)),
    st.tuples(st.just("checkpoint"), st.sampled_from(["PASSIVE", "RESTART", "TRUNCATE"])),
    st.just(("copy",)),
)
READS = st.sampled_from([("read_on",), ("read_on",), ("read_no_more",)])


def begun(folder):
    """A small database that two computers go on from, closed."""
    first = Line(folder / "first.db")
    first.db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x BLOB)")
    for row in range(1, 13):
        first.write(row)
    return first


@settings(max_examples=25)
@given(st.lists(WRITES, max_size=10), st.lists(WRITES, max_size=10), st.lists(WRITES, max_size=10))
def test_any_file_under_any_log_is_noticed_or_what_the_log_was_of(
    tmp_path_factory, before, here, there
):
    """Two computers go on from the same file: each file that was, under each log that was."""
    folder = tmp_path_factory.mktemp("lines")
    first = begun(folder)
    run(first, before)
    first.checkpoint("TRUNCATE")
    first.close()
    copies = first.copies
    for name, steps in (("here", here), ("there", there)):
        shutil.copy(first.path, folder / name)
        line = Line(folder / name)
        run(line, [*steps, ("copy",)])
        line.close()
        copies += line.copies
    for log, state in ((log, state) for _, log, state in copies if log):
        for file, _, _ in copies:
            assert is_foreign(folder / "mix.db", file, log) or shown(folder / "mix.db") == state


@settings(max_examples=50)
@given(st.lists(WRITES | READS, max_size=30))
def test_its_own_log_is_never_taken_for_a_foreign_one(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("line")
    line = begun(folder)
    run(line, [*steps, ("copy",)])
    line.close()
    for file, log, state in line.copies:
        assert not is_foreign(folder / "copy.db", file, log)
        assert shown(folder / "copy.db") == state


def run(line, steps):
    for step, *arguments in steps:
        getattr(line, step)(*arguments)


def is_foreign(path, file, log):
    path.write_bytes(file)
    log_of(path).write_bytes(log)
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return log_marks.is_foreign(path)


def shown(path):
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return rows(connection)
