"""A file means the questions that it was exported with, whatever their ids are by now."""

import csv
import io

import pytest
from sqlite_utils import Database

from prep.content import importer
from prep.errors import ExportFormatError, UnknownQuestion
from prep.exchange import (
    answer_import,
    csv_table,
    markdown_answers,
    present_questions,
    table_import,
)
from prep.exchange.three_way import digest
from prep.practice import answers
from prep.progress import own_questions
from prep.store.migrations import migrations
from tests.torture.small_content import FIRST, SECOND


def filled(clock, content):
    db = Database(memory=True)
    db.execute("PRAGMA foreign_keys = ON")
    migrations.apply(db)
    importer.import_content(db, content, content.fingerprint, clock)
    return db


@pytest.fixture
def first(clock):
    db = filled(clock, FIRST)
    for question_id in ("L-01", "L-02", "SD-002", "SD-003"):
        answers.save(db, clock, question_id, f"old answer to {title(db, question_id)}")
    return db


def title(db, question_id):
    return db.execute("SELECT title FROM question WHERE id = ?", [question_id]).fetchone()[0]


def by_title(db):
    rows = db.execute("SELECT q.title, a.body FROM answer a JOIN question q ON q.id = question_id")
    return dict(rows.fetchall())


def through_csv(db, clock, exported, change):
    rows = list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline="")))
    for row in rows:
        change(row)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    table = csv_table.read(text.getvalue().encode(), "table.csv")
    return table_import.take_in(db, clock, table, "table.csv")


def edit(row):
    row["answer"] = row["answer"].replace("old", "new")


@pytest.mark.parametrize("titles_are_edited", [False, True])
def test_a_table_finds_its_questions_again_after_an_index_numbered_them_anew(
    first, clock, titles_are_edited
):
    exported = csv_table.export(first)
    before = by_title(first)
    importer.import_content(first, SECOND, "second", clock)

    def change(row):
        edit(row)
        if titles_are_edited:
            row["title"] = "mine"

    report = through_csv(first, clock, exported, change)
    expected = {name: body.replace("old", "new") for name, body in before.items()}
    assert by_title(first) == expected
    assert report.conflicts == []


def test_a_folder_of_answers_finds_its_questions_again(first, clock, tmp_path):
    markdown_answers.write(first, tmp_path)
    before = by_title(first)
    importer.import_content(first, SECOND, "second", clock)
    for path in tmp_path.rglob("*.md"):
        path.write_text(path.read_text().replace("old answer", "new answer"))
    report = answer_import.take_in(first, clock, markdown_answers.read(tmp_path), "answers")
    assert by_title(first) == {name: body.replace("old", "new") for name, body in before.items()}
    assert report.conflicts == []


def test_where_another_index_was_imported_answers_go_to_their_own_questions(first, clock):
    other = filled(clock, SECOND)
    report = through_csv(other, clock, csv_table.export(first), edit)
    was = {name: body.replace("old", "new") for name, body in by_title(first).items()}
    here = {name for (name,) in other.execute("SELECT title FROM question")}
    assert by_title(other) == {name: body for name, body in was.items() if name in here}
    assert by_title(other)
    assert "L-02" in " ".join(report.warnings)


def test_a_question_that_is_not_here_is_named_and_the_rest_taken(first, clock, tmp_path):
    other = filled(clock, FIRST)
    fields = {"sheet": "system-design", "category_position": 1, "title": "Design my desk"}
    own = own_questions.add(first, clock, fields)
    answers.save(first, clock, own, "old answer of mine")
    report = through_csv(other, clock, csv_table.export(first), edit)
    assert report.warnings == ["X-001: no such question here, left aside"]
    assert len(by_title(other)) == 4
    markdown_answers.write(first, tmp_path)
    found = markdown_answers.read(tmp_path)
    report = answer_import.take_in(other, clock, found, "answers")
    assert "X-001: no such question here, left aside" in report.warnings


def find(db, titles, ids=None):
    digests = {name: digest(text) for name, text in titles.items()}
    return present_questions.find(db, ids or list(titles), titles, digests)


def test_without_a_title_the_id_counts(first):
    assert present_questions.find(first, ["L-02", "L-99"], {}, {}) == (
        {"L-02": "L-02"},
        ["L-99: no such question here, left aside"],
    )


def test_a_reworded_title_is_the_same_question(first):
    reworded = {"L-02": "Describe an unpopular decision you made"}
    assert find(first, reworded) == ({"L-02": "L-02"}, [])


def test_another_title_is_another_question(first):
    names, warnings = find(first, {"L-02": "Growing people beyond", "L-01": title(first, "L-01")})
    assert names == {"L-01": "L-01"}
    assert warnings == ["L-02: another question here by its title, left aside"]


def test_a_file_of_which_nothing_is_here_is_refused(first):
    with pytest.raises(UnknownQuestion, match="'L-98'"):
        find(first, {}, ["L-98", "L-99"])


def test_two_rows_that_mean_one_question_are_refused(first):
    with pytest.raises(ExportFormatError, match="two of its questions are SD-003 here"):
        find(first, {"SD-009": "News feed"}, ["SD-003", "SD-009"])


def test_only_some_of_many_are_named(first):
    ids = ["L-01", *(f"L-{n}" for n in range(50, 62))]
    [warning] = find(first, {}, ids)[1]
    assert warning.startswith("L-50, L-51,")
    assert "L-57 and 4 more:" in warning


def test_what_is_left_aside_is_counted_as_no_row(first, clock):
    table = csv_table.read(b"id,status\nL-01,done\nL-02,drafted\nL-99,done\n", "table.csv")
    report = table_import.take_in(first, clock, table, "table.csv")
    assert report.summary == ["rows: 1 changed, 1 unchanged"]
