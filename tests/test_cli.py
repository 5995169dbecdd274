"""The command line, as a person runs it."""

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from prep.cli import cli
from prep.content import questions
from prep.content.sites.sources import SHIPPED_INDEX
from prep.exchange import json_export
from prep.practice import answers
from prep.progress import setting_texts
from prep.store import backups
from prep.store.database import open_database

from .conftest import output

ROOT = Path(__file__).parent.parent


def commands(group, names=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*names, name))
        else:
            yield " ".join((*names, name))


@pytest.mark.parametrize("name", [*commands(cli)])
def test_every_command_is_documented(prep, name):
    table = [line for line in (ROOT / "README.md").read_text().splitlines() if line[:3] == "| `"]
    assert any(f"`{name}" in line for line in table)
    said = CliRunner().invoke(cli, [*name.split(), "-h"]).output
    assert said.startswith(f"Usage: cli {name} [OPTIONS]") or f" {name} " in said
    assert len(said.splitlines()[2].strip()) > 10


def test_questions_prints_all_291(prep):
    rows = json.loads(output(prep("questions", "--json")))
    assert len(rows) == 291
    assert len(output(prep("questions")).splitlines()) == 291


def test_set_undo_history(prep):
    assert output(prep("set", "L-01", "done", "--on", "2026-11-01")) == "L-01: done\n"
    assert output(prep("set", "L-01", "done")) == "L-01: done already\n"
    history = json.loads(output(prep("history", "L-01", "--json")))
    assert {(row["field"], row["new"]) for row in history} == {
        ("status", "done"),
        ("done_on", "2026-11-01"),
    }
    assert "L-01: status done → todo" in output(prep("undo"))
    assert output(prep("undo")) == "nothing to undo\n"
    assert "(undo)" in output(prep("history"))


def test_undo_and_redo_say_first_what_they_would_do(prep):
    output(prep("set", "L-01", "done", "--on", "2026-11-01"))
    before = output(prep("questions", "--json"))
    named = output(prep("undo", "--dry-run"))
    assert "L-01: status done → todo\n" in named
    assert output(prep("questions", "--json")) == before
    assert output(prep("redo", "--dry-run")) == output(prep("redo")) == "nothing to redo\n"
    assert output(prep("undo")) == named
    named = output(prep("redo", "--dry-run"))
    assert "L-01: status todo → done\n" in named
    assert output(prep("redo")) == named
    assert output(prep("questions", "--json")) == before
    marks = [line.split()[-1] for line in output(prep("history")).splitlines()]
    assert marks == ["(redo)", "(redo)", "(undo)", "(undo)", "2026-11-01", "done"]


def test_status_counts_by_sheet_and_category(prep):
    prep("set", "L-01", "done")
    text = output(prep("status"))
    assert "Behavioral: 1 of 171 done" in text
    assert " 1. Leadership: 1 of 15 done" in text
    data = json.loads(output(prep("status", "--json")))
    assert data["sheets"]["system-design"]["total"] == 120
    assert len(data["categories"]) == 32


def test_articles_and_one_article(prep):
    rows = json.loads(output(prep("articles", "--json")))
    assert len(rows) == 39
    assert set(rows[0]) == {"permalink", "title", "section", "date", "words", "minutes", "read"}
    assert output(prep("article", rows[0]["permalink"])).startswith("## 1. Hook")


def test_phases(prep):
    rows = json.loads(output(prep("phases", "--json")))
    assert len(rows) == 14
    assert set(rows[0]) == {
        "sheet",
        "position",
        "title",
        "first_week",
        "last_week",
        "question_ids",
        "advice",
    }
    assert "no weeks" in output(prep("phases"))


def test_search(prep):
    hits = json.loads(output(prep("search", "G1 ZGC", "--json")))
    assert {"kind", "id", "title", "section_heading", "snippet", "score"} <= set(hits[0])
    assert hits[0]["id"] == "/posts/java/jvm-gc-evolution/"
    assert output(prep("search", "idempotancy")).startswith("showing results for idempotency\n")
    assert output(prep("search", "xyzzy qqqqqq")) == ""


def test_import_of_a_folder_and_of_another_site(prep, tmp_path):
    (tmp_path / "raft.md").write_text("---\ntitle: Raft by hand\n---\n## Terms\n\nText.\n")
    assert "articles: 1 added" in output(prep("import", str(tmp_path)))
    index = tmp_path / "blog.json"
    index.write_text(
        '[{"title": "A", "permalink": "/a/", "section": "", "summary": "", "content": "Words."}]'
    )
    assert "articles: 1 added" in output(prep("import", "--articles-only", str(index)))
    assert output(prep("article", "/blog:/a/")) == "Words.\n"


def test_import_reports_and_can_be_repeated(prep):
    assert "questions: 291 unchanged" in output(prep("import"))
    report = json.loads(output(prep("import", str(SHIPPED_INDEX), "--json")))
    assert report["counts"]["articles"]["unchanged"] == 39


def test_config_lists_prints_and_sets(prep):
    assert len(output(prep("config")).splitlines()) == len(setting_texts.HELP)
    assert output(prep("config", "pace")) == "2 questions\n"
    assert output(prep("config", "pace", "45 minutes")) == "45 minutes\n"
    assert output(prep("config", "pace")) == "45 minutes\n"
    assert output(prep("config", "pace", "default")) == "2 questions\n"
    assert output(prep("undo")) == 'pace: value – → "45 minutes"\n'


def test_plan_has_a_day_for_every_question(prep):
    rows = json.loads(output(prep("plan", "--json")))
    assert len(rows) == 291
    assert set(rows[0]) == {"date", "question_id", "sheet", "title", "phase", "minutes"}
    assert rows[0]["question_id"] == "SD-001"
    assert rows == sorted(rows, key=lambda row: row["date"])
    assert len(output(prep("plan")).splitlines()) == 291


def test_moving_a_question_changes_the_plan(prep):
    assert output(prep("move", "SD-001", "2099-01-02")) == "SD-001: 2099-01-02 Fri\n"
    assert json.loads(output(prep("plan", "--json")))[-1]["question_id"] == "SD-001"
    assert output(prep("move", "SD-001", "skip")) == "SD-001: not in the plan\n"
    assert len(json.loads(output(prep("plan", "--json")))) == 290
    assert "not in" not in output(prep("move", "SD-001", "back"))


def test_today_says_where_i_stand(prep):
    prep("config", "study_days", "mon-sun")
    prep("set", "SD-001", "done")
    lines = output(prep("today")).splitlines()
    assert lines[0] == "1 of 291 done, 0 planned by now: on plan"
    assert lines[2].split()[:2] == ["done", "SD-001"]
    assert lines[3].split()[:3] == ["46", "min", "L-01"]
    data = json.loads(output(prep("today", "--json")))
    assert data["done_today"] == ["SD-001"]
    assert [row["question_id"] for row in data["questions"]] == ["L-01"]
    assert data["forecast"]["remaining"] == 290


def test_forecast_of_the_plan_and_of_each_sheet(prep):
    prep("config", "target_on", "2099-01-01")
    data = json.loads(output(prep("forecast", "--json")))
    assert {"median", "p10", "p90", "probability", "pace_needed"} <= set(data)
    assert data["p10"] < data["median"] < data["p90"]
    assert data["probability"] == 1.0
    assert set(data["sheets"]) == {"system-design", "behavioral"}
    lines = output(prep("forecast")).splitlines()
    assert lines[0].startswith("Leaning on your planned pace")
    assert [line.partition(":")[0] for line in lines[1:]] == ["System design", "Behavioral"]


def test_export_writes_a_calendar_file(prep, tmp_path):
    path = tmp_path / "plan.ics"
    assert output(prep("export", "--format", "ics", "-o", str(path))) == f"{path}: 291 events\n"
    assert path.read_bytes().count(b"BEGIN:VEVENT\r\n") == 291
    folder = str(tmp_path / "none" / "plan.ics")
    assert "cannot be written" in prep("export", "--format", "ics", "-o", folder)[2]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["config", "speed"], "error: there is no setting 'speed'"),
        (["config", "pace", "0"], "error: pace cannot be '0': questions a study day run from"),
        (["config", "study_days", ""], "error: study_days cannot be ''"),
        (["config", "target_on", "2000-01-01"], "is before the start on"),
        (["config", "start_on", "2027-02-29"], "there is no such day"),
        (["move", "SD-999", "skip"], "error: there is no question 'SD-999'"),
        (["move", "SD-999", "tomorrow"], "error: there is no question 'SD-999'"),
        (["move", "SD-001", "2000-01-01"], "it is before"),
        (["move", "SD-001", "yesterday"], "error: 'yesterday' is no day"),
        (["export", "--format", "pdf", "-o", "x"], "'pdf' is not one of 'json', 'csv', 'ics'"),
        (["set", "L-99", "done"], "error: there is no question 'L-99': ids look like"),
        (["set", "L-01", "finished"], "error: 'finished' is no status"),
        (["set", "L-01", "done", "--on", "2026-02-30"], "error: '2026-02-30' is no day"),
        (["set", "L-01", "done", "--on", "2999-01-01"], "after today"),
        (["set", "L-01"], "error: Missing argument 'STATUS'"),
        (["history", "L-99"], "error: there is no question 'L-99'"),
        (["article", "/nowhere/"], "error: there is no article '/nowhere/'"),
        (["import", "/no/such/file.json"], "error: /no/such/file.json: there is no such file"),
        (["import", __file__], "not JSON"),
        (["frobnicate"], "error: No such command 'frobnicate'"),
        (["questions", "--yaml"], "error: No such option"),
    ],
)
def test_what_is_wrong_is_one_line_and_changes_nothing(prep, arguments, sentence):
    before = output(prep("questions", "--json"))
    code, text, errors = prep(*arguments)
    assert (code, text) == (1, "")
    assert sentence in errors
    assert errors.startswith("error: ") and errors.count("\n") == 1
    assert output(prep("questions", "--json")) == before


def test_a_file_that_is_no_database_is_one_line(tmp_path):
    path = tmp_path / "prep.db"
    path.write_text("text " * 1000)
    result = CliRunner().invoke(cli, ["status", "--db", str(path)])
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ") and result.stderr.count("\n") == 1


def test_db_may_stand_before_the_command_and_a_new_one_is_filled(tmp_path):
    path = tmp_path / "new" / "prep.db"
    done = subprocess.run(
        [sys.executable, "-m", "prep", "--db", str(path), "status", "--json"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["sheets"]["behavioral"]["total"] == 171
    assert path.exists()


def test_a_dry_run_says_what_would_change_and_changes_nothing(prep, tmp_path):
    later = tmp_path / "later.json"
    later.write_text(SHIPPED_INDEX.read_text().replace("12 Web Crawler", "12 Web Crawling"))
    said = output(prep("import", str(later), "--dry-run"))
    assert "questions: 1 changed, 290 unchanged" in said
    assert "SD-012 changed: Web Crawling\n  title: 'Web Crawler' → 'Web Crawling'" in said
    assert "1 changed" in output(prep("import", str(later), "--dry-run"))
    assert "1 changed" in output(prep("import", str(later)))
    assert "questions: 291 unchanged" in output(prep("import", str(later)))


def test_progress_moves_to_another_device_as_json(prep, db_path, filled_file, tmp_path):
    output(prep("set", "L-01", "done"))
    output(prep("export", "--format", "json", "-o", str(tmp_path / "mine.json")))
    shutil.copy(filled_file, db_path)  # the other device's
    said = output(prep("import", str(tmp_path / "mine.json")))
    assert "changes: 1 added" in said
    assert "progress: 1 added" in said
    output(prep("export", "--format", "json", "-o", str(tmp_path / "again.json")))
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "mine.json").read_bytes()
    assert "changes: none" in output(prep("import", str(tmp_path / "mine.json")))


def test_an_export_too_large_to_be_read_back_says_so(prep, tmp_path, monkeypatch):
    path = tmp_path / "mine.json"
    said = output(prep("export", "--format", "json", "-o", str(path)))
    assert said == f"{path}: everything of yours\n"
    monkeypatch.setattr(json_export, "MAX_BYTES", path.stat().st_size - 1)
    said = output(prep("export", "--format", "json", "-o", str(path), "--force"))
    assert "too large to be imported again: to move all of it, use backup and restore" in said
    assert "larger than" in prep("import", str(path))[2]


def edited(path, question_id, column, value):
    """Edit one cell of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["id"] == question_id)[column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def table(prep, tmp_path):
    path = tmp_path / "prep.csv"
    said = output(prep("export", "--format", "csv", "-o", str(path)))
    assert said == f"{path}: a table of all questions\n"
    return path


def test_a_table_goes_out_and_comes_back_edited(prep, table):
    assert output(prep("import", str(table))) == "rows: 291 unchanged\n"
    edited(table, "L-01", "status", "In progress")
    edited(table, "SD-012", "confidence", "4.0")
    said = output(prep("import", str(table), "--dry-run"))
    title = json.loads(output(prep("questions", "--json")))[120]["title"]
    assert re.sub(r"'\d{4}-\d\d-\d\d'", "today", said) == (
        "rows: 2 changed, 289 unchanged\n"
        "SD-012 changed: Web Crawler\n"
        "  confidence: none → 4\n"
        f"L-01 changed: {title}\n"
        "  status: 'todo' → 'in_progress'\n"
        "  started_on: none → today\n"
    )
    assert output(prep("import", str(table))) == "rows: 2 changed, 289 unchanged\n"
    assert output(prep("import", str(table))) == "rows: 291 unchanged\n"


def test_an_old_table_takes_nothing_back(prep, table, db, tracker, clock):
    edited(table, "L-02", "confidence", "3")
    prep("set", "L-01", "done")
    answers.save(db, clock, "L-01", "newer")
    assert output(prep("import", str(table))) == "rows: 1 changed, 290 unchanged\n"
    assert tracker.state("L-01").status == "done"
    assert answers.get(db, "L-01") == "newer"


@pytest.fixture
def conflicting(prep, table, tracker):
    edited(table, "L-01", "personal_notes", "from the file")
    edited(table, "L-02", "confidence", "3")
    tracker.edit({"L-01": {"personal_notes": "from here"}})
    return table


CONFLICT = "conflict: L-01 personal_notes: here 'from here', in the file 'from the file'\n"


def test_a_conflict_is_listed_and_nothing_taken(prep, conflicting, tracker):
    code, said, error = prep("import", str(conflicting))
    assert (code, said) == (1, CONFLICT)
    assert error == (
        "error: changed in the file and here as well since it was exported: L-01 personal_notes:"
        " say --on-conflict file or --on-conflict here\n"
    )
    assert tracker.state("L-02").confidence is None
    assert CONFLICT in output(prep("import", str(conflicting), "--dry-run"))
    data = json.loads(output(prep("import", str(conflicting), "--dry-run", "--json")))
    assert data["counts"]["rows"]["changed"] == 1
    [found] = data["differences"]
    assert (found["key"], found["fields"]) == ("L-02", {"confidence": [None, 3]})
    assert [found["field"] for found in data["conflicts"]] == ["personal_notes"]


@pytest.mark.parametrize(("stays", "notes"), [("file", "from the file"), ("here", "from here")])
def test_a_conflict_ends_as_one_says(prep, conflicting, tracker, stays, notes):
    said = output(prep("import", str(conflicting), "--on-conflict", stays))
    assert "changed in the file and here as well: " in said
    assert tracker.state("L-01").personal_notes == notes
    assert tracker.state("L-02").confidence == 3


def test_days_that_a_table_leaves_open_are_asked_for(prep, tmp_path, tracker):
    path = tmp_path / "mine.txt"
    path.write_bytes("id\tstatus\tdone_on\nL-01\tdone\t2/3/2025\n".encode("utf-16"))
    assert "say whether the day or the month comes first" in prep("import", str(path))[2]
    said = output(prep("import", str(path), "--dates", "mdy"))
    assert "warning: 1 row without a record of what it was exported as" in said
    assert tracker.state("L-01").done_on == "2025-02-03"


def test_a_table_that_spreadsheets_cut_says_so(prep, db, clock, tmp_path):
    answers.save(db, clock, "L-01", "a" * 32_767)
    said = output(prep("export", "--format", "csv", "-o", str(tmp_path / "a.csv")))
    assert (
        "spreadsheets cut a cell at 32,767 characters: edit the answers to L-01 elsewhere" in said
    )


def test_long_texts_are_shown_where_they_differ(prep, table, tracker, db, clock):
    answers.save(db, clock, "L-01", "same " * 100 + "old end")
    path = table.with_name("later.csv")
    output(prep("export", "--format", "csv", "-o", str(path)))
    edited(path, "L-01", "answer", "same " * 100 + "new end")
    said = output(prep("import", str(path), "--dry-run"))
    assert "same old end'… (507 characters) → …" in said
    assert "same new end'… (507 characters)" in said


def test_answers_go_out_as_markdown_and_come_back(
    prep, db, tracker, clock, filled_file, db_path, tmp_path
):
    answers.save(db, clock, "SD-001", "## Hook\n\nA short link.\n")
    tracker.edit({"L-01": {"personal_notes": "the Lisbon story"}})
    folder = tmp_path / "answers"
    said = output(prep("export", "--format", "markdown", "-o", str(folder)))
    assert said == f"{folder}: 2 files\n"
    db.close()
    for suffix in ("-wal", "-shm"):
        db_path.with_name(db_path.name + suffix).unlink(missing_ok=True)
    shutil.copy(filled_file, db_path)
    output(prep("import", str(folder)))
    with open_database(db_path) as fresh:
        assert answers.get(fresh, "SD-001") == "## Hook\n\nA short link.\n"
        assert questions.get(fresh, "SD-001").status == "drafted"
        assert questions.get(fresh, "L-01").personal_notes == "the Lisbon story"


def test_export_writes_an_anki_deck(prep, tmp_path):
    path = tmp_path / "prep.apkg"
    assert output(prep("export", "--format", "anki", "-o", str(path))) == f"{path}: a deck\n"
    with zipfile.ZipFile(path) as archive:
        assert "collection.anki2" in archive.namelist()


def test_a_backup_is_made_and_put_back(prep, tmp_path):
    output(prep("set", "L-01", "done"))
    assert "checked" in output(prep("backup", str(tmp_path / "mine.db")))
    output(prep("set", "L-01", "todo"))
    assert "what was is in" in output(prep("restore", str(tmp_path / "mine.db")))
    rows = json.loads(output(prep("questions", "--json")))
    assert next(row for row in rows if row["id"] == "L-01")["status"] == "done"
    assert "/backups/prep-" in output(prep("backup"))


def test_history_is_whole(prep, tracker):
    ids = ["L-01", "L-02", "SD-001"]
    for n in range(50):
        tracker.edit({question_id: {"personal_notes": str(n)} for question_id in ids})
    assert len(output(prep("history")).splitlines()) == 150
    assert len(json.loads(output(prep("history", "--json")))) == 150


def test_history_of_a_question_is_all_that_concerns_it(prep, tmp_path):
    (tmp_path / "answer.md").write_text("## Hook\n")
    (tmp_path / "story.md").write_text("---\ntitle: One\n---\n")
    prep("spend", "L-01", "30")
    prep("answer", "L-01", "--file", str(tmp_path / "answer.md"))
    prep("rate", "L-01", "good")
    prep("story", "add", "--file", str(tmp_path / "story.md"))
    prep("story", "link", "ST-001", "L-01", "--angle", "the budget")
    prep("note", "L-011", "of another")
    prep("note", "L-02", "of another")
    said = output(prep("history", "L-01"))
    for words in ("L-01: seconds 0 → 1800", "L-01: body", "L-01: rating", "ST-001 L-01: angle"):
        assert words in said, words
    assert "L-02" not in said
    assert "#" not in said.replace("## Hook", "")


def test_what_undo_takes_back_has_the_names_that_people_know(prep):
    prep("spend", "L-01", "30")
    assert "L-01: seconds 1800 → 0\n" in output(prep("undo"))
    assert "L-01: seconds 0 → 1800\n" in output(prep("redo"))


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
