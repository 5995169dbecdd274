"""A process killed at any moment: what it said was written is there, and nothing is half-made."""

import gzip
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import pytest
from sqlite_utils import Database

from prep.clock import system_clock
from prep.exchange import json_export, restore_backup
from prep.practice import form_drafts
from prep.progress.tracker import Tracker
from prep.store import backups
from prep.store.database import open_database
from prep.store.migrations import migrations

from .checks import assert_sound
from .conftest import either
from .victim import DAMAGED, KINDS, OLDEST

ROOT = Path(__file__).parents[2]
KILLS = either(60, 4)  # of each kind
# How much a victim says before it is killed in the midst of what comes next, at most.
SAYS = either(
    {"write": 1000, "import": 6, "migrate": 20, "backup": 6, "restore": 6, "merge": 20},
    {"write": 100, "import": 3, "migrate": 8, "backup": 4, "restore": 4, "merge": 8},
)
BEFORE_ANYTHING = 0.05  # seconds that a victim has which is to say nothing


@contextmanager
def victims(kind, path):
    """Give a function that lets a victim live until it has said so much, and returns what it said.

    It is killed somewhere in the midst of its next step, taken to be as long as those before.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "tests.torture.victim", kind, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:

        def live(seed, says, share):
            began = time.monotonic()
            print(seed, file=server.stdin, flush=True)
            said = list(words_until(server.stdout, "victim"))
            victim = int(said.pop()[1])
            said += islice(words_until(server.stdout, "over"), max(says - len(said), 0))
            step = (time.monotonic() - began) / says if says else BEFORE_ANYTHING
            time.sleep(share * step)
            os.kill(victim, signal.SIGKILL)
            return [*said, *words_until(server.stdout, "over")][:-1]

        yield live
        server.stdin.close()


def words_until(lines, last):
    """Yield the words of each line up to one that begins with `last`."""
    for line in lines:
        yield line.split()
        if line.startswith(last):
            return
    raise AssertionError("it ended by itself")


@pytest.fixture
def path(filled_file, tmp_path):
    shutil.copy(filled_file, tmp_path / "prep.db")
    return tmp_path / "prep.db"


@pytest.fixture
def export(path, tmp_path):
    """What another device exported, and two databases as backups hold them."""
    with open_database(path) as db:
        Tracker(db, system_clock()).set_status(["L-01", "L-02", "SD-001"], "done")
        (tmp_path / "export.json").write_bytes(json_export.export(db))
        backups.copy(path, tmp_path / "source-0.db")
        Tracker(db, system_clock()).set_status([f"SD-{n:03}" for n in range(2, 90)], "done")
        backups.copy(path, tmp_path / "source-1.db")


def check_write(path, said):
    with open_database(path) as db:
        kept = {
            row["id"]: row
            for row in db.query(
                "SELECT t.id, personal_notes, confidence, body FROM tracker t"
                " LEFT JOIN answer a ON a.question_id = t.id"
            )
        }
        drafted = form_drafts.get(db, form_drafts.NEW_STORY)
    there = {
        "noted": lambda question: kept[question]["personal_notes"],
        "answered": lambda question: kept[question]["body"],
        "drafted": lambda _form: drafted["title"],
    }
    for what, subject, value in {tuple(words[:2]): words for words in said}.values():
        assert int(there[what](subject)[1:]) >= int(value[1:]), "an acknowledged change is gone"
    for row in kept.values():
        if row["personal_notes"]:
            assert row["confidence"] == 1 + int(row["personal_notes"][1:]) % 5, "half a change"


def check_import(path, said):
    with open_database(path) as db:
        found = dict(
            db.execute(
                "SELECT article_status, count(*) FROM question WHERE sheet = 'system-design'"
                " GROUP BY 1"
            ).fetchall()
        )
        assert db.table("search_doc").count_where("kind = 'question'") == 291
        assert db.table("question").count_where("retired") == 0
        imports = db.table("import_log").count
    assert len({"todo", "drafted"} & found.keys()) == 1, "half an import"
    assert imports >= len(said), "an acknowledged import is gone"


def check_migrate(path, said):
    (path.parent / "oldest.db").write_bytes(gzip.decompress(OLDEST.read_bytes()))
    for target, is_migrated in targets(path, said):
        if not is_migrated:
            assert dump(target) in (dump(path.parent / "oldest.db"), None), "half a migration"
        with open_database(target) as db:
            assert db.execute("SELECT count(*) FROM progress").fetchone() == (3,)
        assert_sound(target)


def dump(path):
    """Return all that a database holds, None where it is of today's schema."""
    with closing(sqlite3.connect(path)) as connection:
        is_old = migrations.pending(Database(connection))
        return "\n".join(connection.iterdump()) if is_old else None


def check_backup(path, said):
    kept = backups.list_backups(path)
    for made in kept:
        restore_backup.verify(made.path)
    newest = [words[1] for words in said][-3:]
    assert set(newest) <= {made.path.name for made in kept}, "an acknowledged backup is gone"
    backups.automatic(path, "asked")  # those who were killed had no time to thin them out
    assert len(backups.list_backups(path)) <= backups.KEPT + 1, (
        "more than the newest and a day's last"
    )


def check_restore(path, said):
    both = [exported(path.with_name(f"source-{n}.db")) for n in (0, 1)]
    if path.read_bytes() == DAMAGED:  # as it was before the restore that was killed
        assert not said or said[-1][0] != "restored", "an acknowledged restore is gone"
        restore_backup.restore(path.with_name("source-0.db"), path)
    assert exported(path) in both, "half a restore"
    if said and said[-1][0] == "restored":
        assert exported(path) == both[int(said[-1][1][7])], "an acknowledged restore is gone"
    assert_sound(path)


def check_merge(path, said):
    empty, whole = exported(path), (path.parent / "export.json").read_bytes()
    for target, is_merged in targets(path, said):
        assert exported(target) in ([whole] if is_merged else [whole, empty])
        assert_sound(target)


def targets(path, said):
    """Yield each file that a victim made, and whether it said that it was done with it."""
    done = {words[1] for words in said if words[0] != "began"}
    for name in {words[1] for words in said}:
        yield path.with_name(name), name in done
        for left in path.parent.glob(f"{name}*"):
            left.unlink()


def exported(path):
    with open_database(path) as db:
        return json_export.export(db)


CHECKS = {
    "write": check_write,
    "import": check_import,
    "migrate": check_migrate,
    "backup": check_backup,
    "restore": check_restore,
    "merge": check_merge,
}


@pytest.mark.usefixtures("export")
@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_process_loses_nothing_it_acknowledged(kind, filled_file, path, withstood):
    shutil.copy(path.with_name("source-0.db") if kind == "restore" else filled_file, path)
    chance = random.Random(kind)
    acknowledged = 0
    with victims(kind, path) as live:
        for seed in range(KILLS):
            said = live(seed, chance.randint(0, SAYS[kind]), chance.random())
            acknowledged += sum(words[0] != "began" for words in said)
            if kind != "restore":
                assert_sound(path)
            CHECKS[kind](path, said)
    withstood(f"SIGKILL during {kind}", KILLS, f"{acknowledged:,} acknowledged steps, none lost")


def test_a_victim_can_be_found_guilty(path):
    """The checks fail where a change was acknowledged and is not there."""
    with open_database(path) as db:
        Tracker(db, system_clock()).edit({"L-01": {"personal_notes": "n1", "confidence": 2}})
    check_write(path, [["noted", "L-01", "n1"]])
    with pytest.raises(AssertionError, match="an acknowledged change is gone"):
        check_write(path, [["noted", "L-01", "n2"]])
