"""Content into the database: complete, repeatable, never touching what the person did."""

import json
import re
import sqlite3
from dataclasses import replace

import pytest

from prep.content import articles, content_rows, importer, questions
from prep.content.sites import sources
from prep.errors import IndexFormatError
from prep.practice import answers, mock, mock_notes, reviews
from prep.progress import coverage, own_questions, passes, reading, time_spent
from prep.progress.tracker import Tracker
from prep.store import change_list, renumber, undo_redo
from prep.store.database import open_database


def import_changed(db, clock, tmp_path, change):
    """Import the shipped index after `change` was applied to its parsed JSON."""
    raw = json.loads(sources.SHIPPED_INDEX.read_text())
    path = tmp_path / "later.json"
    path.write_text(json.dumps(change(raw)))
    return importer.import_content(db, sources.read_content(path), path.name, clock)


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
        assert (
            report.counts["sheets"].added,
            report.counts["questions"].added,
            report.counts["articles"].added,
        ) == (2, 291, 39)
        assert report.warnings == []
        assert {sheet: counts["total"] for sheet, counts in coverage.totals(db).items()} == {
            "system-design": 120,
            "behavioral": 171,
        }


def test_the_second_import_changes_nothing(db, db_path, clock):
    before = "\n".join(db.conn.iterdump())
    report = importer.import_shipped(db, clock)
    assert not report.changes_anything
    assert (report.counts["sheets"].unchanged, report.counts["questions"].unchanged) == (2, 291)
    assert "\n".join(db.conn.iterdump()) == before


def test_a_changed_row_is_counted_and_progress_stays(db, clock, tracker, tmp_path):
    tracker.set_status("SD-012", "done")
    report = import_changed(
        db, clock, tmp_path, replacing("/quest-sheet/", "12 Web Crawler", "12 Web Crawling")
    )
    assert (report.counts["questions"].changed, report.counts["questions"].unchanged) == (1, 290)
    row = db.execute("SELECT title, status FROM tracker WHERE id = 'SD-012'").fetchone()
    assert row == ("Web Crawling", "done")


def test_a_dropped_question_is_retired_with_its_progress_and_comes_back(
    db, clock, tracker, tmp_path
):
    tracker.set_status("SD-012", "done")
    row = "12 Web Crawler Classic todo Politeness, dedup, frontier scheduling "
    report = import_changed(db, clock, tmp_path, replacing("/quest-sheet/", row, ""))
    assert report.counts["questions"].retired == 1
    assert any("prints 120, has 119" in warning for warning in report.warnings)
    assert coverage.totals(db)["system-design"]["total"] == 119
    importer.import_shipped(db, clock)
    assert coverage.totals(db)["system-design"]["total"] == 120
    assert tracker.state("SD-012").status == "done"


def test_a_link_to_no_article_is_a_warning(db, clock, tmp_path):
    report = import_changed(
        db,
        clock,
        tmp_path,
        replacing(
            "/quest-sheet/", "Web Crawler Classic todo", "Web Crawler Classic published /x/y"
        ),
    )
    assert "system-design: SD-012 links to /x/y/, which is no article" in report.warnings


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

    monkeypatch.setattr(content_rows, "article_rows", fail)
    with pytest.raises(sqlite3.OperationalError):
        import_changed(
            db, clock, tmp_path, replacing("/quest-sheet/", "12 Web Crawler", "12 Web Crawling")
        )
    assert "\n".join(db.conn.iterdump()) == before


def test_imports_are_logged_and_leave_personal_history_alone(db, clock):
    assert importer.content_version(db) == 1
    assert change_list.changes(db) == []


def test_opening_a_new_file_fills_it(tmp_path, clock):
    with importer.open_filled(tmp_path / "new.db", clock) as db:
        assert sum(counts["total"] for counts in coverage.totals(db).values()) == 291


# --- what the site changes later ---


def sheet_text(raw):
    return next(entry for entry in raw if entry["permalink"] == "/quest-sheet/")


def touched(report, what, kind="question"):
    return [found.key for found in report.differences if found.kind == kind and found.what == what]


def everything_personal(db, clock, question_id):
    """Give a question one of everything that can be attached to it."""
    Tracker(db, clock).edit({question_id: {"status": "done", "personal_notes": "mine"}})
    answers.save(db, clock, question_id, "My answer")
    answers.keep_draft(db, clock, question_id, "My draft")
    reviews.rate(db, clock, question_id, 3)
    attempt = mock.start(db, clock, "question", [question_id])
    mock.next_question(db, clock, attempt, question_id)
    mock_notes.note(db, attempt, question_id, "spoke too fast")
    mock_notes.rate(db, attempt, question_id, 2)
    mock.finish(db, clock, attempt)
    time_spent.enter(db, clock, question_id, 30, clock.today())
    passes.begin(db, clock, [question_id], "First interview")
    mock.start(db, clock, "question", [question_id])


def mentions(db, question_id):
    """Return, for each table, how many rows mention a question."""
    found = {}
    for table in db.table_names():
        if table.startswith(("search_index", "import_log")):
            continue
        rows = db.execute(f"SELECT * FROM {table}").fetchall()
        count = sum(any(question_id in str(value) for value in row) for row in rows)
        if count:
            found[table] = count
    return found


def test_questions_that_change_places_take_everything_along(db, clock, tmp_path):
    everything_personal(db, clock, "SD-012")
    before, other = mentions(db, "SD-012"), mentions(db, "SD-011")

    def swapped(raw):
        entry = sheet_text(raw)
        text = entry["content"]
        first = re.search(r"11 (.+?) 12 Web Crawler (.+?) 13 ", text)
        entry["content"] = text.replace(first[0], f"11 Web Crawler {first[2]} 12 {first[1]} 13 ")
        return raw

    report = import_changed(db, clock, tmp_path, swapped)
    assert sorted(touched(report, "moved")) == ["SD-011", "SD-012"]
    assert questions.get(db, "SD-011").title == "Web Crawler"
    assert mentions(db, "SD-011") == before
    assert mentions(db, "SD-012") == other
    assert answers.get(db, "SD-011") == "My answer"
    assert mock.running(db).question_id == "SD-011"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    while undo_redo.undo(db, clock):
        pass
    assert Tracker(db, clock).state("SD-011").status == "todo"
    importer.import_shipped(db, clock)
    assert questions.get(db, "SD-012").title == "Web Crawler"
    assert [found.body for found in answers.revisions(db, "SD-012")] == ["", "My answer"]


def test_another_question_under_a_known_number_gets_none_of_its_progress(
    db, clock, tracker, tmp_path
):
    tracker.set_status("SD-012", "done")
    report = import_changed(
        db, clock, tmp_path, replacing("/quest-sheet/", "12 Web Crawler", "12 Feature Flags")
    )
    assert tracker.state("SD-012").status == "todo"
    [aside] = touched(report, "retired")
    assert aside.startswith("SD-012-OLD")
    assert touched(report, "added") == ["SD-012"]
    assert tracker.state(aside).status == "done"
    importer.import_shipped(db, clock)
    assert questions.get(db, "SD-012").title == "Web Crawler"
    assert tracker.state("SD-012").status == "done", "it came back, with its progress"


def test_a_changed_title_is_shown_field_by_field(db, clock, tmp_path):
    report = import_changed(
        db, clock, tmp_path, replacing("/quest-sheet/", "12 Web Crawler", "12 Web Crawling")
    )
    [changed] = [found for found in report.differences if found.what == "changed"]
    assert (changed.key, changed.fields) == (
        "SD-012",
        {"title": ("Web Crawler", "Web Crawling")},
    )


def test_a_preview_says_what_an_import_would_do_and_does_nothing(db, clock, tmp_path):
    raw = json.loads(sources.SHIPPED_INDEX.read_text())
    raw = replacing("/quest-sheet/", "12 Web Crawler", "12 Web Crawling")(raw)
    path = tmp_path / "later.json"
    path.write_text(json.dumps(raw))
    content = sources.read_content(path)
    before = "\n".join(db.conn.iterdump())
    preview = importer.preview(db, content, path.name)
    assert "\n".join(db.conn.iterdump()) == before
    assert preview == importer.import_content(db, content, path.name, clock)
    assert preview.changes_anything


def test_a_category_in_between_moves_the_others_and_what_is_in_them(db, clock, tmp_path):
    own = own_questions.add(
        db, clock, {"sheet": "system-design", "category_position": 3, "title": "Design my desk"}
    )
    section = questions.get(db, own).category
    renumber.categories(db, "system-design", {3: 4, 4: 3})
    assert questions.get(db, own).category == section
    importer.import_shipped(db, clock)
    assert (questions.get(db, own).category, questions.get(db, own).category_position) == (
        section,
        3,
    )


def test_an_article_at_another_address_keeps_what_was_read_and_noted(db, clock, tmp_path):
    whatsapp = next(a for a in articles.list_articles(db) if "WhatsApp" in a.title).permalink
    reading.mark_read(db, clock, whatsapp)
    reading.note_section(db, clock, whatsapp, "8-deep-dive", "ask about this")
    content = sources.read_content(sources.SHIPPED_INDEX)
    later = replace(
        content,
        articles=tuple(
            replace(a, permalink="/moved/whatsapp/") if a.permalink == whatsapp else a
            for a in content.articles
        ),
    )
    report = importer.import_content(db, later, "later", clock)
    assert touched(report, "moved", "article") == ["/moved/whatsapp/"]
    assert articles.get(db, "/moved/whatsapp/").read_on
    assert reading.section_notes(db, "/moved/whatsapp/") == {"8-deep-dive": "ask about this"}


def test_a_source_is_known_by_its_content(db, tmp_path, clock):
    shipped = sources.fingerprint(sources.SHIPPED_INDEX)
    assert importer.has_imported(db, shipped)
    copy = tmp_path / "copy.json"
    copy.write_bytes(sources.SHIPPED_INDEX.read_bytes())
    assert sources.fingerprint(copy) == shipped
    copy.write_bytes(copy.read_bytes() + b"\n")
    assert not importer.has_imported(db, sources.fingerprint(copy))
