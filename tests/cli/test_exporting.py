"""What goes out to other programs."""

import shutil
import zipfile

from prep.content import questions
from prep.exchange import json_export
from prep.practice import answers
from prep.store.database import open_database
from tests.conftest import output


def test_export_writes_a_calendar_file(prep, tmp_path):
    path = tmp_path / "plan.ics"
    assert output(prep("export", "--format", "ics", "-o", str(path))) == f"{path}: 291 events\n"
    assert path.read_bytes().count(b"BEGIN:VEVENT\r\n") == 291
    folder = str(tmp_path / "none" / "plan.ics")
    assert "cannot be written" in prep("export", "--format", "ics", "-o", folder)[2]


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


def test_a_table_that_spreadsheets_cut_says_so(prep, db, clock, tmp_path):
    answers.save(db, clock, "L-01", "a" * 32_767)
    said = output(prep("export", "--format", "csv", "-o", str(tmp_path / "a.csv")))
    assert (
        "spreadsheets cut a cell at 32,767 characters: edit the answers to L-01 elsewhere" in said
    )


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


def test_a_calendar_that_could_not_be_written_was_given_nothing(prep, db, tmp_path):
    code, _, error = prep("export", "--format", "ics", "-o", str(tmp_path / "none" / "plan.ics"))
    assert (code, "cannot be written" in error) == (1, True)
    assert db.execute("SELECT count(*) FROM calendar_event").fetchone() == (0,)
    prep("move", "SD-001", "skip")
    said = output(prep("export", "--format", "ics", "-o", str(tmp_path / "plan.ics")))
    assert "cancelled" not in said
