"""What was edited in files of answers and notes is taken in, and no more."""

import pytest

from prep.content import questions
from prep.errors import ArticleFormatError, PrepError
from prep.exchange import answer_import, markdown_answers
from prep.exchange.three_way import Conflict
from prep.practice import answers
from prep.store import change_list, undo_redo
from tests.exchange.changed_fields import changed_fields
from tests.exchange.test_markdown_answers import bring, edited


def test_taking_in_is_one_change(db, tracker, clock, written):
    for path in written.rglob("*.md"):
        path.write_text(path.read_text() + "More.\n")
    answer_import.take_in(db, clock, markdown_answers.read(written), "answers")
    undo_redo.undo(db, clock)
    assert answers.get(db, "SD-001") == "## Hook\n\nA short link.\n"
    assert answers.get(db, "L-02") == ""


def test_an_answer_that_is_taken_in_is_drafted_as_a_saved_one_is(db, tracker, clock, written):
    tracker.set_status(["SD-001", "L-02"], "todo")
    tracker.set_status("L-01", "done")
    answer_import.take_in(db, clock, markdown_answers.read(written), "answers")
    assert tracker.state("SD-001").status == "todo", "nothing was taken in: it is as it was"
    for name in ("SD-001", "L-01"):
        path = next(written.rglob(f"{name.lower()}-*.md"))
        path.write_text(path.read_text() + "More.\n")
    answer_import.take_in(db, clock, markdown_answers.read(written), "answers")
    statuses = [tracker.state(name).status for name in ("SD-001", "L-01", "L-02")]
    assert statuses == ["drafted", "done", "todo"]
    undo_redo.undo(db, clock)
    assert tracker.state("SD-001").status == "todo"


def test_an_outline_alone_is_taken_in_as_it_is_and_is_no_draft(db, tracker, clock, tmp_path):
    outline = "## Requirements\n\n\n## Estimates\n\n\n"
    (tmp_path / "a.md").write_text(f"---\nprep_question: SD-002\n---\n{outline}")
    answer_import.take_in(db, clock, markdown_answers.read(tmp_path), "answers")
    assert answers.get(db, "SD-002") == outline
    assert tracker.state("SD-002").status == "todo"
    markdown_answers.write(db, tmp_path / "out")
    [written] = (tmp_path / "out").rglob("sd-002-*.md")
    assert written.read_text().endswith(f"\n---\n{outline}")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("---\nprep_question: [1, 2\n---\nx", ArticleFormatError),
        ("---\nprep_question: L-01\n---\n" + "x" * 100_001, PrepError),
        ("---\nprep_question: L-01\nprep_notes: " + "x" * 10_001 + "\n---\n", PrepError),
    ],
)
def test_a_file_that_cannot_be_taken_in_changes_nothing(db, clock, tmp_path, text, error):
    (tmp_path / "a.md").write_text("---\nprep_question: L-02\n---\nfine")
    (tmp_path / "b.md").write_text(text)
    before = change_list.data_version(db)
    with pytest.raises(error):
        answer_import.take_in(db, clock, markdown_answers.read(tmp_path), "answers")
    assert change_list.data_version(db) == before


def test_an_old_folder_takes_nothing_back(db, clock, tracker, written):
    answers.save(db, clock, "SD-001", "newer")
    answers.save(db, clock, "L-01", "")
    tracker.edit({"L-01": {"personal_notes": ""}, "L-02": {"personal_notes": "newer"}})
    before = change_list.data_version(db)
    taken = bring(db, clock, written)
    assert (changed_fields(taken), taken.conflicts) == ({}, [])
    assert change_list.data_version(db) == before


def test_one_edit_is_taken_alone(db, clock, tracker, written):
    edited(written, "SD-001", "A short link.", "A shorter link.")
    edited(written, "L-02", "only a note", "only one note")
    answers.save(db, clock, "L-01", "newer")
    tracker.edit({"SD-001": {"personal_notes": "newer"}})
    taken = bring(db, clock, written)
    assert {key: set(fields) for key, fields in changed_fields(taken).items()} == {
        "SD-001": {"answer"},
        "L-02": {"personal_notes"},
    }
    assert answers.get(db, "SD-001") == "## Hook\n\nA shorter link.\n"
    assert answers.get(db, "L-01") == "newer"
    assert tracker.state("SD-001").personal_notes == "newer"


@pytest.mark.parametrize("takes_file", [True, False, None])
def test_what_changed_on_both_sides_is_a_conflict(db, clock, written, takes_file):
    edited(written, "SD-001", "A short link.", "From the file.")
    answers.save(db, clock, "SD-001", "From here.")
    resolve = None if takes_file is None else lambda _id, _field: takes_file
    taken = bring(db, clock, written, resolve)
    file, title = "## Hook\n\nFrom the file.\n", questions.get(db, "SD-001").title
    assert taken.conflicts == [Conflict("SD-001", title, "answer", "From here.", file, takes_file)]
    assert answers.get(db, "SD-001") == (file if takes_file else "From here.")


def test_a_file_copied_for_another_question_counts_whole(db, clock, tracker, written):
    path = next(written.rglob("sd-001-*.md"))
    text = path.read_text().replace("prep_question: SD-001", "prep_question: SD-002")
    (written / "copy.md").write_text(text)
    found = markdown_answers.read(written)
    assert [file.question_id for file in found if not file.has_base] == ["SD-002"]
    answer_import.take_in(db, clock, found, "answers")
    assert answers.get(db, "SD-002") == answers.get(db, "SD-001")
