"""What taking a file in changes, as it is shown before and after."""

import json

import pytest

from prep.content.import_report import Counts, Difference, Report
from prep.exchange import outcome
from prep.exchange.outcome import Outcome
from prep.exchange.three_way import Conflict, Taken

EDITED = {"L-01": {"answer": ("mine", "from the file")}}


def conflict(question_id, field="answer"):
    return Conflict(question_id, field, "mine", "from the file")


def with_edits(db, changes=None, conflicts=(), left=(), *, is_open=False, changed=False):
    made = Outcome(["1 row of 2 changed"], changes_anything=changed)
    outcome.add_edits(made, db, Taken(changes or {}, list(conflicts), list(left)), is_open=is_open)
    return made


def test_content_is_summed_up_by_kind_and_what_did_not_happen_is_left_out():
    report = Report(
        "index.json",
        questions=Counts(added=2, unchanged=289, retired=1),
        articles=Counts(unchanged=39),
    )
    assert outcome.of_report(report).summary == [
        "sheets: none",
        "questions: 2 added, 289 unchanged, 1 retired",
        "articles: 39 unchanged",
    ]


def test_content_has_a_line_for_each_difference_and_each_field():
    found = Difference("question", "L-01", "Title", "changed", fields={"level": ("EM", "All")})
    made = outcome.of_report(Report("i", questions=Counts(changed=1), differences=[found]))
    assert made.differences == ["L-01 changed: Title", "  level: 'EM' → 'All'"]
    assert made.changes_anything
    assert made.data["questions"]["changed"] == 1


def test_content_that_is_there_already_changes_nothing_and_keeps_its_warnings():
    made = outcome.of_report(Report("i", questions=Counts(unchanged=9), warnings=["odd"]))
    assert (made.changes_anything, made.warnings, made.differences) == (False, ["odd"], [])


def test_an_edit_is_shown_with_the_title_of_its_question(db):
    title = db.table("question").get("L-01")["title"]
    made = with_edits(db, EDITED)
    assert made.differences == [
        f"L-01 changed: {title}",
        "  answer: 'mine' → 'from the file'",
    ]
    assert made.changes_anything
    assert made.summary == ["1 row of 2 changed"], "there is no conflict to be told of"


@pytest.mark.parametrize("changed", [True, False])
def test_without_edits_it_is_as_it_was(db, changed):
    made = with_edits(db, changed=changed)
    assert made.changes_anything == changed
    assert (made.differences, made.warnings, made.titles) == ([], [], {})


def test_what_was_not_taken_is_a_warning_and_no_change(db):
    made = with_edits(db, left=["L-03 answer: cut off"])
    assert (made.warnings, made.changes_anything) == (["L-03 answer: cut off"], False)


def test_conflicts_are_counted_by_the_side_that_was_taken(db):
    taken = [conflict("L-01"), conflict("L-02"), conflict("L-01", "personal_notes")]
    made = with_edits(db, EDITED, taken)
    assert made.summary[1:] == [
        "3 values changed in the file and here as well: 1 from the file, 2 as here"
    ]
    assert with_edits(db, conflicts=taken[:1], is_open=True).summary[1:] == [
        "1 value changed in the file and here as well: 0 from the file, 1 as here"
    ]


def test_only_questions_in_conflict_are_given_with_their_titles(db):
    made = with_edits(db, EDITED, [conflict("L-02")], is_open=True)
    assert made.titles == {"L-02": db.table("question").get("L-02")["title"]}
    assert made.is_open


def test_as_data_it_can_be_written_as_json(db):
    made = with_edits(db, EDITED, [conflict("L-02")], ["left"])
    assert json.loads(json.dumps(made.data)) == {
        "fields": {"L-01": {"answer": ["mine", "from the file"]}},
        "conflicts": [
            {"question_id": "L-02", "field": "answer", "here": "mine", "file": "from the file"}
        ],
        "left": ["left"],
    }
