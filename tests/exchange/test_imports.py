"""A file that a person brings: told by what it holds, shown before, and taken in whole or not."""

import csv
import io
import os
from pathlib import Path

import pytest

from prep.content import importer
from prep.content.import_report import Counts
from prep.content.sites import sources
from prep.errors import ConflictingEdits, ExportFormatError, IndexFormatError
from prep.exchange import csv_table, imports, json_export
from prep.exchange.imports import Choices
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store import backups
from prep.store.database import open_database

WHOLE = Choices(resolve=lambda _question_id, _field: True)


@pytest.fixture
def exported(other, clock, tmp_path):
    Tracker(other, clock).edit({"L-01": {"personal_notes": "there"}})
    answers.save(other, clock, "L-02", "An answer")
    (tmp_path / "mine.json").write_bytes(json_export.export(other))
    return tmp_path / "mine.json"


@pytest.fixture
def edit_table(db, tmp_path):
    """Export a table with other notes; return its path."""

    def edit(**notes):
        rows = list(csv.DictReader(io.StringIO(csv_table.export(db).decode("utf-8-sig"))))
        path = tmp_path / "table.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            for row in rows:
                new = notes.get(row["id"].replace("-", "_"), row["personal_notes"])
                writer.writerow(row | {"personal_notes": new})
        return path

    return edit


@pytest.fixture
def conflicting(edit_table, tracker):
    """A table in which notes were edited that were changed here since."""
    tracker.edit({"L-01": {"personal_notes": "before"}})
    path = edit_table(L_01="in the file", L_02="new")
    tracker.edit({"L-01": {"personal_notes": "here"}})
    return path


def dump(db):
    return "\n".join(db.conn.iterdump())


@pytest.mark.parametrize(
    ("text", "is_export"),
    [
        ('{"format": "prep", "version": 9}', True),
        ('\ufeff \r\n\t{"version": 2, "format": "prep"}', True),
        ('[{"title": "prep", "permalink": "/prep/"}]', False),
        ('{"changes": ["prep"]}', False),
        ('{"format": "preparation"}', False),
        ("", False),
    ],
)
def test_an_export_is_told_by_its_beginning(text, is_export):
    assert imports.is_export(text.encode()) == is_export


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_an_export_is_told_in_each_encoding(encoding):
    assert imports.is_export('{"format": "prep"}'.encode(encoding))


def test_only_an_index_is_one(exported, edit_table, tmp_path):
    assert imports.read(sources.SHIPPED_INDEX).is_index
    (tmp_path / "folder").mkdir()
    for path in (exported, edit_table(), tmp_path / "folder"):
        assert not imports.read(path).is_index
    assert not imports.read(sources.SHIPPED_INDEX, other_site="other").is_index


def test_a_file_is_opened_once(exported, edit_table, monkeypatch):
    paths, opened = [exported, edit_table(), sources.SHIPPED_INDEX], []
    open_file = Path.open
    monkeypatch.setattr(
        Path, "open", lambda self, *args: opened.append(self) or open_file(self, *args)
    )
    for path in paths:
        imports.read(path)
    assert [opened.count(path) for path in paths] == [1, 1, 1]


@pytest.mark.parametrize(
    ("name", "text", "error", "why"),
    [
        ("a.json", '{"format": "prep", "version": 2', ExportFormatError, "no JSON"),
        ("a.json", '{"format": "other"}', IndexFormatError, "this is an object"),
        ("a.csv", "title\n", ExportFormatError, "no column named id"),
        (None, "", IndexFormatError, "there is no such file"),
    ],
)
def test_what_cannot_be_read_is_refused_before_it_is_taken_in(tmp_path, name, text, error, why):
    if name:
        (tmp_path / name).write_text(text)
    with pytest.raises(error, match=why):
        imports.read(tmp_path / (name or "none"))


def test_a_preview_says_what_taking_in_does_and_leaves_all_as_it_is(db, clock, exported):
    take_in = imports.read(exported).take_in
    before = dump(db)
    shown = imports.preview(db, clock, take_in)
    assert dump(db) == before
    assert take_in(db, clock) == shown
    assert shown.summary[:2] == ["changes: 2 added", "answer: 1 added"]
    assert answers.get(db, "L-02") == "An answer"
    assert not take_in(db, clock).changes_anything, "the second time"


def test_where_nobody_chose_between_two_edits_nothing_is_taken_in(db, db_path, clock, conflicting):
    before = dump(db)
    with pytest.raises(ConflictingEdits, match="L-01 personal_notes") as refused:
        imports.apply(db, db_path, clock, imports.read(conflicting).take_in)
    assert [(found.here, found.file) for found in refused.value.conflicts] == [
        ("here", "in the file")
    ]
    assert dump(db) == before
    assert backups.list_backups(db_path) == []
    shown = imports.preview(db, clock, imports.read(conflicting).take_in)
    assert shown.is_open and len(shown.conflicts) == 1


def test_a_chosen_edit_is_taken_in_after_a_backup(db, db_path, clock, tracker, conflicting):
    outcome = imports.apply(db, db_path, clock, imports.read(conflicting, choices=WHOLE).take_in)
    assert outcome.summary[0] == "rows: 2 changed, 289 unchanged"
    notes = [tracker.state(name).personal_notes for name in ("L-01", "L-02")]
    assert notes == ["in the file", "new"]
    [made] = backups.list_backups(db_path)
    with open_database(made.path) as kept:
        assert Tracker(kept, clock).state("L-01").personal_notes == "here"


def test_the_first_content_of_a_database_needs_no_backup(tmp_path, clock):
    path = tmp_path / "new.db"
    with open_database(path) as db:
        outcome = imports.apply(db, path, clock, imports.read(sources.SHIPPED_INDEX).take_in)
    assert "questions: 291 added" in outcome.summary
    assert backups.list_backups(path) == []


def test_where_a_table_is_read_by_a_guess_it_is_said(db, clock, tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes("id,personal_notes\nL-01,café\n".encode("cp1252"))
    guessed, without_base = imports.read(path).take_in(db, clock).warnings
    assert guessed == "old.csv was read as Windows-1252: look at its accents"
    assert without_base.startswith("1 row without a record of what it was exported as")


def test_a_table_as_it_was_exported_changes_nothing_and_warns_of_nothing(db, clock, edit_table):
    outcome = imports.read(edit_table()).take_in(db, clock)
    assert outcome.summary == ["rows: 291 unchanged"]
    assert (outcome.changes_anything, outcome.warnings, outcome.conflicts) == (False, [], [])


def test_a_folder_of_articles_and_answers_is_summed_up(db, clock, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "raft.md").write_text("---\ntitle: Raft\n---\nText.\n")
    (folder / "l-01.md").write_text(
        "---\nprep_question: L-01\nprep_notes: a note\n---\nMy answer.\n"
    )
    (folder / "l-02.md").write_text("---\nprep_question: L-02\n---\n")
    outcome = imports.read(folder).take_in(db, clock)
    assert outcome.summary == [
        "articles: 1 added",
        "answers: 1 changed, 1 unchanged",
        "notes: 1 changed",
    ]
    assert outcome.counts["answers"] == Counts(changed=1, unchanged=1)
    assert outcome.changes_anything
    [warned] = outcome.warnings
    assert warned.startswith("2 files without a record of what it was exported as")


def test_the_newest_index_of_a_folder_waits_until_it_was_imported(db, tmp_path):
    for name, seconds in (("older.json", 1_000), ("newer.json", 2_000), ("other.txt", 3_000)):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (seconds, seconds))
    assert imports.waiting(db, lambda path: path.name, tmp_path) == tmp_path / "newer.json"
    shipped = sources.fingerprint(sources.SHIPPED_INDEX)
    assert imports.waiting(db, lambda _path: shipped, tmp_path) is None


def test_what_was_imported_is_not_offered(db, tmp_path):
    asked = []

    def fingerprint(path):
        asked.append(path)
        return sources.fingerprint(sources.SHIPPED_INDEX)

    assert imports.waiting(db, fingerprint) is None
    assert asked == [sources.SHIPPED_INDEX]
    assert imports.waiting(db, fingerprint, tmp_path) is None
    assert importer.has_imported(db, None)


def test_columns_that_no_export_has_are_named(db, clock, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("id,Notes,status,category\nL-01,a,done,x\n")
    report = imports.read(path).take_in(db, clock)
    assert "left aside, as columns that no export has: notes" in report.warnings
