"""Backups, and checking the database."""

import json
import sqlite3
from contextlib import closing

import pytest

from prep.content.sites.sources import SHIPPED_INDEX
from prep.practice import answers, recordings
from prep.store import backups
from tests.conftest import output
from tests.practice.sounds import tone, wav


def test_a_backup_is_made_and_put_back(prep, tmp_path):
    output(prep("set", "L-01", "done"))
    assert "checked" in output(prep("backup", str(tmp_path / "mine.db")))
    output(prep("set", "L-01", "todo"))
    assert "what was is in" in output(prep("restore", str(tmp_path / "mine.db")))
    rows = json.loads(output(prep("questions", "--json")))
    assert next(row for row in rows if row["id"] == "L-01")["status"] == "done"
    assert "/backups/prep-" in output(prep("backup"))


def test_check_finds_what_no_backup_could_be_put_back_with(prep, db, tracker):
    tracker.set_status("L-01", "done")
    assert "ok  restorable: " in output(prep("check"))
    db.execute("UPDATE history SET new = '\"1026-11-20\"' WHERE field = 'done_on'")
    db.execute("UPDATE progress SET done_on = '1026-11-20' WHERE question_id = 'L-01'")
    db.conn.commit()
    code, said, _ = prep("check")
    assert code == 1
    assert "WRONG  restorable: " in said
    assert "the day 1026-11-20" in said


def test_check_exits_1_on_trouble_and_says_what_to_do(prep, db_path):
    output(prep("status"))
    said = output(prep("check"))
    assert "ok  integrity: sound" in said
    assert all(line.startswith("ok  ") for line in said.splitlines())
    assert all(found["ok"] for found in json.loads(output(prep("check", "--json"))))
    db_path.write_text("not a database, but long enough to be looked at\n" * 30)
    code, said, _ = prep("check")
    assert code == 1
    assert "WRONG  integrity" in said
    assert "prep restore FILE" in said


def test_check_counts_recordings(prep, db, clock):
    assert "ok  recordings: none" in output(prep("check"))
    recordings.keep(db, clock, "answer", "L-01", wav(tone(2)))
    assert "ok  recordings: 1, 0.1 MB, in " in output(prep("check"))


def test_an_import_is_preceded_by_a_backup(prep, tmp_path):
    output(prep("status"))
    output(prep("import"))
    assert [path.name[-10:] for path in (tmp_path / "backups").iterdir()] == ["-import.db"]


@pytest.mark.parametrize("kind", ["index", "json", "csv", "markdown"])
def test_imports_that_change_nothing_push_no_backup_out(prep, db, clock, db_path, tmp_path, kind):
    answers.save(db, clock, "SD-001", "## Hook\n\nA short link.\n")
    source = SHIPPED_INDEX
    if kind != "index":
        source = tmp_path / f"mine.{kind}"
        output(prep("export", "--format", kind, "-o", str(source)))
    daily = backups.daily(db_path)
    for _ in range(3):
        output(prep("import", str(source)))
    assert backups.list_backups(db_path) == [daily]


def test_the_backup_of_an_import_holds_what_was_there_before(prep, db, db_path, tmp_path):
    backups.daily(db_path)
    (tmp_path / "raft.md").write_text("---\ntitle: Raft by hand\n---\n## Terms\n\nText.\n")
    output(prep("import", str(tmp_path)))
    made = backups.list_backups(db_path)[0]
    assert made.reason == "import"
    with closing(sqlite3.connect(made.path)) as before:
        assert before.execute("SELECT count(*) FROM article").fetchone() == (39,)
    assert db.table("article").count == 40
