"""Commands on progress, its history, undo and redo."""

import json

import pytest

from tests.conftest import output


def test_questions_prints_all_291(prep):
    rows = json.loads(output(prep("questions", "--json")))
    assert len(rows) == 291
    assert len(output(prep("questions")).splitlines()) == 291


def test_set_undo_history(prep):
    assert output(prep("set", "L-01", "done", "--on", "2026-11-01")) == "L-01: done\n"
    assert output(prep("set", "L-01", "done")) == "L-01: done already\n"
    history = json.loads(output(prep("history", "L-01", "--json")))
    assert {(row["field"], row["new"]) for row in history} == {
        ("status", "done"),
        ("done_on", "2026-11-01"),
    }
    assert "L-01: status done → todo" in output(prep("undo"))
    assert output(prep("undo")) == "nothing to undo\n"
    assert "(undo)" in output(prep("history"))


@pytest.mark.parametrize(
    ("back_to", "said"),
    [
        ("drafted", "L-01: drafted; cleared: done 2026-11-20\n"),
        ("in_progress", "L-01: in_progress; cleared: drafted 2026-11-15, done 2026-11-20\n"),
        (
            "todo",
            "L-01: todo; cleared: started 2026-11-10, drafted 2026-11-15, done 2026-11-20\n",
        ),
        ("done", "L-01: done already\n"),
    ],
)
def test_going_back_prints_which_dates_it_cleared(prep, back_to, said):
    for status, day in (("in_progress", 10), ("drafted", 15), ("done", 20)):
        going_on = output(prep("set", "L-01", status, "--on", f"2026-11-{day}"))
        assert going_on == f"L-01: {status}\n"
    assert output(prep("set", "L-01", back_to)) == said
    if back_to != "done":
        assert "done_on 2026-11-20 → –" in output(prep("history", "L-01"))
        prep("undo")
        [question] = [
            q for q in json.loads(output(prep("questions", "--json"))) if q["id"] == "L-01"
        ]
        assert (question["status"], question["done_on"]) == ("done", "2026-11-20")


def test_undo_and_redo_say_first_what_they_would_do(prep):
    output(prep("set", "L-01", "done", "--on", "2026-11-01"))
    before = output(prep("questions", "--json"))
    named = output(prep("undo", "--dry-run"))
    assert "L-01: status done → todo\n" in named
    assert output(prep("questions", "--json")) == before
    assert output(prep("redo", "--dry-run")) == output(prep("redo")) == "nothing to redo\n"
    assert output(prep("undo")) == named
    named = output(prep("redo", "--dry-run"))
    assert "L-01: status todo → done\n" in named
    assert output(prep("redo")) == named
    assert output(prep("questions", "--json")) == before
    marks = [line.split()[-1] for line in output(prep("history")).splitlines()]
    assert marks == ["(redo)", "(redo)", "(undo)", "(undo)", "2026-11-01", "done"]


def test_status_counts_by_sheet_and_category(prep):
    prep("set", "L-01", "done")
    text = output(prep("status"))
    assert "Behavioral: 1 of 171 done" in text
    assert " 1. Leadership: 1 of 15 done" in text
    data = json.loads(output(prep("status", "--json")))
    assert data["sheets"]["system-design"]["total"] == 120
    assert len(data["categories"]) == 32


def test_history_is_whole(prep, tracker):
    ids = ["L-01", "L-02", "SD-001"]
    for n in range(50):
        tracker.edit({question_id: {"personal_notes": str(n)} for question_id in ids})
    assert len(output(prep("history")).splitlines()) == 150
    assert len(json.loads(output(prep("history", "--json")))) == 150


def test_history_of_a_question_is_all_that_concerns_it(prep, tmp_path):
    (tmp_path / "answer.md").write_text("## Situation\n\nWords.\n")
    (tmp_path / "story.md").write_text("---\ntitle: One\n---\n")
    prep("spend", "L-01", "30")
    prep("answer", "L-01", "--file", str(tmp_path / "answer.md"))
    prep("rate", "L-01", "good")
    prep("story", "add", "--file", str(tmp_path / "story.md"))
    prep("story", "link", "ST-001", "L-01", "--angle", "the budget")
    prep("note", "L-011", "of another")
    prep("note", "L-02", "of another")
    said = output(prep("history", "L-01"))
    for words in ("L-01: seconds 0 → 1800", "L-01: body", "L-01: rating", "ST-001 L-01: angle"):
        assert words in said, words
    assert "L-02" not in said
    assert "#" not in said.replace("## Situation", "")


def test_what_undo_takes_back_has_the_names_that_people_know(prep):
    prep("spend", "L-01", "30")
    assert "L-01: seconds 1800 → 0\n" in output(prep("undo"))
    assert "L-01: seconds 0 → 1800\n" in output(prep("redo"))
