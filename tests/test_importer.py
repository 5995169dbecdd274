"""Content into the database: complete, repeatable, never touching what the person did."""

import json
import sqlite3

import pytest

from prep import coverage, history, importer
from prep.database import open_database
from prep.errors import IndexFormatError


def import_changed(db, clock, tmp_path, change):
    """Import the shipped index after `change` was applied to its parsed JSON."""
    raw = json.loads(importer.SHIPPED_INDEX.read_text())
    path = tmp_path / "later.json"
    path.write_text(json.dumps(change(raw)))
    return importer.import_content(db, importer.read_content(path), path.name, clock)


def replacing(permalink, old, new):
    def change(raw):
        entry = next(entry for entry in raw if entry["permalink"] == permalink)
        assert old in entry["content"]
        entry["content"] = entry["content"].replace(old, new)
        return raw

    return change


def test_the_first_import_adds_everything(tmp_path, clock):
    with open_database(tmp_path / "prep.db") as db:
        report = importer.import_shipped(db, clock)
        assert (report.sheets.added, report.questions.added, report.articles.added) == (2, 291, 39)
        assert report.warnings == []
        assert {sheet: counts["total"] for sheet, counts in coverage.totals(db).items()} == {
            "system-design": 120,
            "behavioral": 171,
        }


def test_the_second_import_changes_nothing(db, db_path, clock):
    before = "\n".join(db.conn.iterdump())
    report = importer.import_shipped(db, clock)
    assert not report.changes_anything
    assert (report.sheets.unchanged, report.questions.unchanged) == (2, 291)
    assert "\n".join(db.conn.iterdump()) == before


def test_a_changed_row_is_counted_and_progress_stays(db, clock, tracker, tmp_path):
    tracker.set_status("SD-012", "done")
    report = import_changed(
        db, clock, tmp_path, replacing("/quest-sheet/", "12 Web Crawler", "12 Web Crawling")
    )
    assert (report.questions.changed, report.questions.unchanged) == (1, 290)
    row = db.execute("SELECT title, status FROM tracker WHERE id = 'SD-012'").fetchone()
    assert row == ("Web Crawling", "done")


def test_a_dropped_question_is_retired_with_its_progress_and_comes_back(
    db, clock, tracker, tmp_path
):
    tracker.set_status("SD-012", "done")
    row = "12 Web Crawler Classic todo Politeness, dedup, frontier scheduling "
    report = import_changed(db, clock, tmp_path, replacing("/quest-sheet/", row, ""))
    assert report.questions.retired == 1
    assert any("prints 120, has 119" in warning for warning in report.warnings)
    assert coverage.totals(db)["system-design"]["total"] == 119
    importer.import_shipped(db, clock)
    assert coverage.totals(db)["system-design"]["total"] == 120
    assert tracker.state("SD-012")["status"] == "done"


def test_a_link_to_no_article_is_a_warning(db, clock, tmp_path):
    report = import_changed(
        db,
        clock,
        tmp_path,
        replacing(
            "/quest-sheet/", "Web Crawler Classic todo", "Web Crawler Classic published /x/y"
        ),
    )
    assert "system-design: SD-012 links to /x/y, which is no article" in report.warnings


def test_an_index_without_a_sheet_changes_nothing(db, clock, tmp_path):
    before = "\n".join(db.conn.iterdump())
    with pytest.raises(IndexFormatError, match="no sheet at /quest-sheet/"):
        import_changed(
            db, clock, tmp_path, lambda raw: [e for e in raw if e["permalink"] != "/quest-sheet/"]
        )
    assert "\n".join(db.conn.iterdump()) == before


def test_an_import_that_fails_half_way_changes_nothing(db, clock, tmp_path, monkeypatch):
    before = "\n".join(db.conn.iterdump())

    def fail(_articles):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(importer, "_article_rows", fail)
    with pytest.raises(sqlite3.OperationalError):
        import_changed(
            db, clock, tmp_path, replacing("/quest-sheet/", "12 Web Crawler", "12 Web Crawling")
        )
    assert "\n".join(db.conn.iterdump()) == before


def test_imports_are_logged_and_leave_personal_history_alone(db, clock):
    assert importer.content_version(db) == 1
    assert history.changes(db) == []


def test_opening_a_new_file_fills_it(tmp_path, clock):
    with importer.open_filled(tmp_path / "new.db", clock) as db:
        assert sum(counts["total"] for counts in coverage.totals(db).values()) == 291
