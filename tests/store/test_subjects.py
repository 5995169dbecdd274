"""The kinds of personal data are those of the tables."""

import re

import pytest

from prep.store import subjects
from prep.store.subjects import SUBJECTS

BESIDE_HISTORY = {"answer_draft", "form_draft"}


@pytest.fixture(params=SUBJECTS)
def subject(request):
    return SUBJECTS[request.param]


def columns(db, table):
    return {row[1] for row in db.execute(f"PRAGMA table_xinfo({table})")}


def test_the_history_takes_these_kinds_and_no_other(db):
    schema = db.table("history").schema
    kinds = schema[schema.index("subject IN (") : schema.index("))")]
    assert set(re.findall(r"'(\w+)'", kinds)) == set(SUBJECTS)


def test_what_is_said_of_a_kind_is_in_its_table(db, subject):
    named = {subject.key, *subject.together, *subject.days, *subject.whole[1:]}
    assert named <= columns(db, subject.table)
    if subject.whole:
        db.execute(f"SELECT 1 FROM {subject.table} WHERE {subject.whole[0]}")


def test_every_day_is_known_as_one(db, subject):
    if subject.table == "question":
        return
    schema = db.table(subject.table).schema
    assert set(re.findall(r"(\w+) IS date\(\1\)", schema)) <= set(subject.days)
    assert {name for name in columns(db, subject.table) if name.endswith("_on")} <= set(
        subject.days
    )


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("question", ("progress", "question_id")),
        ("numbered", ("story", "id")),
        ("article", ("reading", "permalink")),
    ],
)
def test_names_are_found_by_the_labels_they_are_made_of(label, column):
    assert column in list(subjects.labelled(label))


def test_all_that_hangs_on_a_question_is_named_by_it(db):
    """What refers to a question goes with it when it gets another id."""
    known = {table for table, _ in subjects.labelled("question")} | BESIDE_HISTORY
    refers = {
        table
        for table in db.table_names()
        for row in db.execute(f"PRAGMA foreign_key_list([{table}])").fetchall()
        if row[2] == "question"
    }
    assert refers <= known
