"""Changes in the words of a page."""

from datetime import UTC, datetime

import pytest

from prep.store.change_list import FieldChange
from prep.ui.widgets import changes

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def change(field, old, new, subject="question", subject_id="L-01"):
    return FieldChange(1, AT, subject, subject_id, field, old, new, None)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ([change("status", "todo", "in_progress")], "L\\-01: status → in progress"),
        ([change("starred", 0, 1)], "L\\-01: star → on"),
        ([change("personal_notes", "", "x" * 50)], f"L\\-01: notes → {'x' * 39}…"),
        ([change("confidence", 3, None)], "L\\-01: confidence → none"),
        ([change("value", '"1"', '"2"', "setting", "pace")], "pace: setting → 2"),
        ([change("seconds", 0, 60, "time", "L-01#manual#x")], "L\\-01: seconds → 60"),
        ([change("read_on", None, "x", "article", "/a/b/")], "b: read → x"),
    ],
)
def test_a_change_is_said_by_what_the_person_did(made, said):
    assert changes.describe(made) == said


def test_what_followed_is_not_named_first():
    made = [change("done_on", None, "2026-11-23"), change("status", "todo", "done")]
    assert changes.describe(made) == "L\\-01: status → done"


def test_of_many_questions_the_number_is_said():
    made = [change("starred", 0, 1, subject_id=f"L-{n:02}") for n in range(3)]
    assert changes.describe(made) == "3 questions → on"


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ([("removed", 1, 0), ("kind", None, "question")], "started"),
        ([("finished_at", None, "x")], "finished"),
        ([("removed", 0, 1)], "discarded"),
    ],
)
def test_a_mock_interview_is_named_by_its_step(fields, step):
    made = [change(*field, "attempt", "MI-001") for field in fields]
    assert changes.describe(made) == f"mock interview MI\\-001 {step}"


def test_markup_in_a_value_is_shown_as_it_is():
    assert "**" not in changes.describe([change("personal_notes", "", "**bold**")])


def test_long_texts_are_whole_side_by_side():
    old, new = changes.both(change("personal_notes", "x" * 100, "short"))
    assert (old, new) == ("x" * 100, "short")
