"""A process killed at any moment: what it said was written is there, and nothing is half-made."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from prep import health, transfer
from prep.clock import system_clock
from prep.database import open_database
from prep.tracker import Tracker

from .conftest import either
from .victim import KINDS

ROOT = Path(__file__).parents[2]
KILLS = either(60, 3)  # of each kind: five kinds make 300
LONGEST_LIFE = 0.6  # seconds after it began to write


def run_and_kill(kind, path, chance):
    """Let a victim write for a random while; return what it said, without its last half line."""
    victim = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.victim", kind, str(path), str(chance.random())[2:]],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    first = victim.stdout.readline()
    assert first, "it wrote nothing"
    time.sleep(chance.random() * LONGEST_LIFE)
    victim.send_signal(signal.SIGKILL)
    said = first + victim.communicate()[0]
    return [line.split() for line in said.splitlines() if line]


def assert_sound(path):
    wrong = [found for found in health.check(path) if not found.is_right]
    assert wrong == []


def check_write(path, said):
    with open_database(path) as db:
        kept = {
            row["id"]: row
            for row in db.query(
                "SELECT t.id, personal_notes, confidence, body FROM tracker t"
                " LEFT JOIN answer a ON a.question_id = t.id"
            )
        }
    last = {}
    for words in said:
        last[words[0], words[1]] = words
    for (what, question), words in last.items():
        number = int(words[2][1:])
        row = kept[question]
        column = "personal_notes" if what == "noted" else "body"
        assert int(row[column][1:]) >= number, "an acknowledged change is gone"
        if row["personal_notes"]:
            assert row["confidence"] == 1 + int(row["personal_notes"][1:]) % 5, "half a change"


def check_import(path, _said):
    with open_database(path) as db:
        statuses = dict(
            db.execute(
                "SELECT article_status, count(*) FROM question WHERE sheet = 'system-design'"
                " GROUP BY 1"
            ).fetchall()
        )
        assert db.table("search_doc").count_where("kind = 'question'") == 291
    assert not ({"todo", "drafted"} <= statuses.keys()), "half an import"


def check_migrate(path, said):
    for name in {words[1] for words in said}:
        target = path.with_name(name)
        with open_database(target) as db:
            assert db.execute("SELECT count(*) FROM progress").fetchone()[0] > 0
        assert_sound(target)
        for left in path.parent.glob(f"{name}*"):
            left.unlink()


def check_backup(path, said):
    for made in (path.parent / "backups").glob("*.db"):
        with closing(sqlite3.connect(made)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    kept = {made.name for made in (path.parent / "backups").glob("*.db")}
    newest = [words[1] for words in said if words[0] == "made"][-3:]
    assert set(newest) <= kept, "an acknowledged backup is gone"


def check_merge(path, said):
    merged = {words[1] for words in said if words[0] == "merged"}
    empty = exported(path)
    whole = (path.parent / "export.json").read_bytes()
    for name in {words[1] for words in said}:
        target = path.with_name(name)
        assert exported(target) in ([whole] if name in merged else [whole, empty])
        assert_sound(target)
        for left in path.parent.glob(f"{name}*"):
            left.unlink()


CHECKS = {
    "write": check_write, "import": check_import, "migrate": check_migrate,
    "backup": check_backup, "merge": check_merge,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_process_loses_nothing_it_acknowledged(kind, filled_file, tmp_path, withstood):
    path = tmp_path / "prep.db"
    shutil.copy(filled_file, path)
    with open_database(path) as db:
        if kind == "merge":
            Tracker(db, system_clock()).set_status(["L-01", "L-02", "SD-001"], "done")
            (tmp_path / "export.json").write_bytes(transfer.export(db))
            shutil.copy(filled_file, path)
    chance = random.Random(kind)
    acknowledged = 0
    for _ in range(KILLS):
        said = run_and_kill(kind, path, chance)
        acknowledged += len(said)
        assert_sound(path)
        CHECKS[kind](path, said)
    withstood(f"SIGKILL during {kind}", KILLS, f"{acknowledged} acknowledged steps, none lost")


def exported(path):
    with open_database(path) as db:
        return transfer.export(db)
