"""The Data page: out, in, backups, and a way back from a broken file."""

import csv
import io
import json
import shutil
from datetime import date

import pytest

from prep.content import importer
from prep.content.sites import markdown_folder, sources
from prep.exchange import csv_table, imports, json_export
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store import backups as backup
from prep.store.database import open_database
from prep.ui.data import backups

from .conftest import texts


@pytest.fixture
def exported(filled_file, tmp_path, clock):
    """What another device exported: one question done."""
    shutil.copy(filled_file, tmp_path / "other.db")
    with open_database(tmp_path / "other.db") as other:
        Tracker(other, clock).set_status("L-01", "done")
        return json_export.export(other)


def test_an_export_is_shown_before_it_is_taken_in(open_page, db, exported):
    test = open_page("data")
    test.file_uploader(key="bring-in").upload("prep.json", exported, "application/json").run()
    assert "changes\\: 1 added" in texts(test)
    assert Tracker(db, None).state("L-01").status == "todo", "only looked at"
    test.button(key="take-in-uploaded").click().run()
    assert not test.exception
    assert Tracker(db, None).state("L-01").status == "done"
    assert "changes\\: 1 added" in test.success[0].value
    assert "There is nothing new in it." in texts(test)


@pytest.mark.parametrize(
    "name",
    ["Ж" * 140 + ".json", "..json", "../../prep.json", "🎯" * 300 + ".JSON", "/.json"],
)
def test_an_upload_is_taken_whatever_its_name(open_page, db, exported, name):
    test = open_page("data")
    test.file_uploader(key="bring-in").upload(name, exported, "application/json").run()
    assert not test.exception
    test.button(key="take-in-uploaded").click().run()
    assert not test.exception
    assert Tracker(db, None).state("L-01").status == "done"


def test_a_file_that_is_nothing_is_refused_in_place(open_page, db):
    test = open_page("data")
    test.file_uploader(key="bring-in").upload("prep.json", b"{nothing", "application/json").run()
    assert "prep\\.json\\: not JSON" in test.error[0].value
    assert not test.exception


def uploaded(open_page, name, data):
    test = open_page("data")
    test.file_uploader(key="bring-in").upload(name, data, "text/csv").run()
    assert not test.exception
    return test


def edited(data, **cells):
    """Return a table with cells of L-01 edited."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    next(row for row in rows if row["id"] == "L-01").update(cells)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-16")


def test_a_table_is_shown_row_by_row_and_takes_nothing_back(open_page, db, tracker):
    tracker.edit({"L-02": {"confidence": 2}})
    table = edited(csv_table.export(db), confidence="4")
    tracker.edit({"L-02": {"confidence": 5}})
    test = uploaded(open_page, "prep.csv", table)
    assert "rows\\: 1 changed, 290 unchanged" in texts(test)
    assert test.code[0].value.endswith("confidence: none → 4")
    test.button(key="take-in-uploaded").click().run()
    assert tracker.state("L-01").confidence == 4
    assert tracker.state("L-02").confidence == 5


@pytest.fixture
def conflicting(db, tracker):
    tracker.edit({"L-01": {"personal_notes": "old"}})
    table = edited(csv_table.export(db), personal_notes="in *the* file", confidence="4")
    tracker.edit({"L-01": {"personal_notes": "here"}})
    return table


def test_of_a_conflict_both_are_shown_and_what_is_here_stays(open_page, tracker, conflicting):
    test = uploaded(open_page, "prep.csv", conflicting)
    assert [text.value for text in test.text] == ["here", "in *the* file"]
    assert test.multiselect(key="import-taken").value == []
    test.button(key="take-in-uploaded").click().run()
    assert not test.exception
    assert tracker.state("L-01").personal_notes == "here"
    assert tracker.state("L-01").confidence == 4


def test_of_a_conflict_the_file_can_be_taken(open_page, tracker, conflicting):
    test = uploaded(open_page, "prep.csv", conflicting)
    test.multiselect(key="import-taken").set_value([("L-01", "personal_notes")]).run()
    assert "1 from the file, 0 as here" in texts(test)
    test.button(key="take-in-uploaded").click().run()
    assert not test.exception
    assert tracker.state("L-01").personal_notes == "in *the* file"


def test_days_that_a_table_leaves_open_are_asked_for(open_page, tracker):
    test = uploaded(open_page, "mine.tsv", b"id\tstatus\tdone_on\nL-01\tdone\t2/3/2025\n")
    assert "2025\\-03\\-02 or 2025\\-02\\-03" in test.warning[0].value
    assert "take-in-uploaded" not in [button.key for button in test.button]
    test.radio(key="import-dates").set_value("Month first: 11/20").run()
    assert "done_on: none → '2025-02-03'" in test.code[0].value
    test.button(key="take-in-uploaded").click().run()
    assert not test.exception
    assert tracker.state("L-01").done_on == "2025-02-03"


def test_a_choice_ends_with_its_file(open_page, tracker):
    test = uploaded(open_page, "mine.tsv", b"id\tdone_on\tstatus\nL-01\t2/3/2025\tdone\n")
    test.radio(key="import-dates").set_value("Month first: 11/20").run()
    other = b"id,done_on,status\nL-01,2/4/2025,done\n"
    test.file_uploader(key="bring-in").upload("other.csv", other, "text/csv").run()
    assert test.radio(key="import-dates").value is None


def test_what_does_not_come_back_whole_is_said_beside_the_export(open_page, db, clock, monkeypatch):
    answers.save(db, clock, "L-01", "a" * 40_000)
    monkeypatch.setattr(markdown_folder, "MAX_ANSWERS_BYTES", 30_000)
    said = texts(open_page("data"))
    assert "edit the answers to L\\-01 elsewhere" in said
    assert "too much to be imported at once" in said


def test_newer_content_is_offered_and_taken_in(open_page, db, tmp_path, monkeypatch):
    text = sources.SHIPPED_INDEX.read_text().replace("12 Web Crawler", "12 Web Crawling")
    later = tmp_path / "sources" / "later.json"
    later.parent.mkdir()
    later.write_text(text)
    asked = imports.waiting
    monkeypatch.setattr(imports, "waiting", lambda db, key: asked(db, key, later.parent))
    assert "Newer questions or articles" in links(open_page("today"))
    test = open_page("data")
    assert "questions\\: 1 changed, 290 unchanged" in texts(test)
    assert "Web Crawling" in test.code[0].value
    test.button(key="take-in-waiting").click().run()
    assert not test.exception
    assert db.execute("SELECT title FROM question WHERE id = 'SD-012'").fetchone() == (
        "Web Crawling",
    )
    assert "Newer content" not in texts(test)
    assert "Newer questions or articles" not in links(open_page("today"))


def links(test):
    return " ".join(link.proto.label for link in test.get("page_link"))


def test_what_was_imported_is_not_offered(db, tmp_path):
    asked = []

    def fingerprint(path):
        asked.append(path)
        return sources.fingerprint(sources.SHIPPED_INDEX)

    assert imports.waiting(db, fingerprint) is None
    assert asked == [sources.SHIPPED_INDEX]
    assert imports.waiting(db, fingerprint, tmp_path) is None
    assert importer.has_imported(db, None)


def test_the_days_first_visit_makes_a_backup(open_page, db, db_path):
    open_page("today")
    open_page("sheets")
    assert [made.reason for made in backup.list_backups(db_path)] == ["daily"]


def test_a_server_that_runs_on_backs_up_each_day(db_path):
    for day in (date(2026, 11, 23), date(2026, 11, 24)):
        backups._make_daily(db_path, day)
        backup.list_backups(db_path)[0].path.unlink()


def test_a_backup_is_made_and_put_back(open_page, db, db_path, tracker):
    tracker.set_status("L-01", "done")
    test = open_page("data")
    test.button(key="back-up").click().run()
    made = next(made for made in backup.list_backups(db_path) if made.reason == "asked")
    tracker.set_status("L-01", "todo")
    test.button(key=f"restore-{made.path.name}").click().run()
    assert not test.exception
    assert "The backup is back." in test.success[0].value
    assert tracker.state("L-01").status == "done"


def test_a_broken_database_is_put_back_from_its_page(open_page, db, db_path):
    db.close()
    made = backup.automatic(db_path, "asked")
    db_path.write_bytes(b"no database at all, but long enough to be looked at\n" * 100)
    test = open_page("data")
    assert "no SQLite database" in test.error[0].value
    test.button(key=f"restore-{made.path.name}").click().run()
    assert not test.exception
    assert "The backup is back." in test.success[0].value
    assert not test.error
    assert "Take out" in [heading.value for heading in test.subheader]


def test_a_backup_from_a_file_is_checked(open_page, db):
    test = open_page("data")
    upload = test.file_uploader(key="restore-upload")
    upload.upload("photos.db", b"no database " * 500, "application/octet-stream").run()
    test.button(key="restore-uploaded").click().run()
    assert "no SQLite database" in test.error[0].value


def test_everything_of_mine_is_one_file(db, tracker):
    tracker.set_status("L-01", "done")
    assert len(json.loads(json_export.export(db))["changes"]) == 1
