"""A file that is brought in: what it would change first, then taking it in."""

import shutil

import pytest

from prep.content.sites import sources
from prep.exchange import csv_table, imports, json_export
from prep.progress.tracker import Tracker
from prep.store.database import open_database
from tests.pages.conftest import texts
from tests.ui.data.uploaded import edited, uploaded


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
