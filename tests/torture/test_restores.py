"""Backups put back while others write: what was acknowledged is in a backup or in the database."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from prep.exchange import restore_backup
from prep.store import backups

from .checks import assert_sound
from .conftest import either

ROOT = Path(__file__).parents[2]
RESTORES = either(60, 4)
WRITERS = either(8, 3)
PATIENT = [sys.executable, "-m", "tests.torture.patient"]
AT_ONCE = either(20, 3)


@pytest.fixture
def path(filled_file, tmp_path):
    shutil.copy(filled_file, tmp_path / "prep.db")
    return tmp_path / "prep.db"


def rows(path):
    with closing(sqlite3.connect(path)) as connection:
        return {row for (row,) in connection.execute("SELECT source FROM import_log")}


@contextmanager
def noters(path):
    """Have processes write all the while; give them, and at the end what they said."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.torture.noters", path, f"writer-{n}"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(WRITERS)
    ]
    said, told = [], []
    try:
        for process in running:
            said.append(process.stdout.readline().strip())  # it has begun
        yield said, told
    finally:
        ended = [process.communicate() for process in running]  # whatever happened in between
    for process, (out, wrong) in zip(running, ended, strict=True):
        said += out.split()
        told += wrong.splitlines()
        assert process.returncode == 0, wrong


def test_what_is_written_meanwhile_is_in_a_backup_or_in_the_database(path, tmp_path, withstood):
    source = tmp_path / "source.db"
    backups.copy(path, source)
    kept = set()
    with noters(path) as (said, told):
        for _ in range(RESTORES):
            kept |= rows(restore_backup.restore(source, path))
    found = kept | rows(path)
    assert len(kept) > WRITERS, "they wrote all the while"
    assert set(said) - found == set()
    assert [line for line in told if "another program is writing to it" not in line] == []
    assert_sound(path)
    withstood(
        f"restores while {WRITERS} write",
        RESTORES,
        f"{len(said):,} acknowledged writes, none lost",
    )


def test_of_restores_at_once_each_keeps_what_the_one_before_put_there(path, tmp_path, withstood):
    sources = [tmp_path / f"source-{n}.db" for n in range(AT_ONCE)]
    for n, source in enumerate(sources):
        shutil.copy(path, source)
        with closing(sqlite3.connect(source)) as connection, connection:
            connection.execute(
                "INSERT INTO import_log (at, source, report) VALUES ('', ?, '{}')", [f"source-{n}"]
            )
    running = [
        subprocess.Popen(
            [*PATIENT, "prep", "restore", source, "--db", path],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for source in sources
    ]
    kept = []
    for process in running:
        said, wrong = process.communicate()
        assert (process.returncode, wrong) == (0, "")
        kept.append(Path(said.rpartition("what was is in ")[2].strip()))
    assert len(set(kept)) == AT_ONCE
    states = [rows(path), *(rows(one) for one in kept if one.exists())]
    put_back = [row for state in states for row in state if row.startswith("source-")]
    assert len(put_back) == len(set(put_back)), "each state once"
    assert len(put_back) >= len(states) - 1, "one of them may have begun with none"
    assert_sound(path)
    withstood("restores at once", AT_ONCE, "each kept what the one before had put there")
