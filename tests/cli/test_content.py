"""Commands on content, and imports of every kind of file."""

import csv
import json
import re

import pytest

from prep.content.sites.sources import SHIPPED_INDEX
from prep.practice import answers
from tests.conftest import output

CONFLICT = "conflict: L-01 personal_notes: here 'from here', in the file 'from the file'\n"


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


def test_a_dry_run_says_what_would_change_and_changes_nothing(prep, tmp_path):
    later = tmp_path / "later.json"
    later.write_text(SHIPPED_INDEX.read_text().replace("12 Web Crawler", "12 Web Crawling"))
    said = output(prep("import", str(later), "--dry-run"))
    assert "questions: 1 changed, 290 unchanged" in said
    assert "SD-012 changed: Web Crawling\n  title: 'Web Crawler' → 'Web Crawling'" in said
    assert "1 changed" in output(prep("import", str(later), "--dry-run"))
    assert "1 changed" in output(prep("import", str(later)))
    assert "questions: 291 unchanged" in output(prep("import", str(later)))


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


def test_long_texts_are_shown_where_they_differ(prep, table, tracker, db, clock):
    answers.save(db, clock, "L-01", "same " * 100 + "old end")
    path = table.with_name("later.csv")
    output(prep("export", "--format", "csv", "-o", str(path)))
    edited(path, "L-01", "answer", "same " * 100 + "new end")
    said = output(prep("import", str(path), "--dry-run"))
    assert "same old end'… (507 characters) → …" in said
    assert "same new end'… (507 characters)" in said
