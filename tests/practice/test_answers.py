"""Answers: outlines taken from the articles, revisions, drafts."""

import pytest

from prep.errors import InvalidValue, UnknownQuestion
from prep.practice import answers
from prep.store import change_list, undo_redo


@pytest.mark.parametrize(
    ("before", "after"),
    [("todo", "drafted"), ("in_progress", "drafted"), ("done", "done")],
)
def test_the_first_save_moves_a_question_to_drafted(db, tracker, clock, before, after):
    tracker.set_status("L-01", before)
    assert answers.save(db, clock, "L-01", "My answer")
    assert tracker.state("L-01").status == after
    undo_redo.undo(db, clock)
    assert (answers.get(db, "L-01"), tracker.state("L-01").status) == ("", before)


def test_every_saved_version_is_kept_and_can_be_restored(db, clock):
    for body in ("one", "one\ntwo", "three"):
        answers.save(db, clock, "L-01", body)
    assert not answers.save(db, clock, "L-01", "three")
    found = answers.revisions(db, "L-01")
    assert [revision.body for revision in found] == ["three", "one\ntwo", "one"]
    answers.save(db, clock, "L-01", found[-1].body)
    assert answers.get(db, "L-01") == "one"
    assert len(answers.revisions(db, "L-01")) == 4


def test_a_difference_names_what_was_added_and_taken_out():
    assert answers.difference("one\ntwo", "one\nthree").splitlines()[1:] == [
        " one",
        "-two",
        "+three",
    ]
    assert answers.difference("same", "same") == ""


def test_a_draft_is_kept_until_it_is_saved(db, clock):
    answers.keep_draft(db, clock, "L-01", "half a sent")
    assert answers.draft(db, "L-01") == "half a sent"
    assert change_list.data_version(db) == 0
    answers.save(db, clock, "L-01", "half a sentence")
    assert answers.draft(db, "L-01") is None
    answers.keep_draft(db, clock, "L-01", "half a sentence, and more")
    answers.keep_draft(db, clock, "L-01", "half a sentence")
    assert answers.draft(db, "L-01") is None, "what is saved already is no draft"


def test_speaking_time_is_by_130_words_a_minute():
    assert answers.speaking_minutes("word " * 260) == 2.0
    diagram = "```mermaid\nflowchart LR\n a --> b\n```\n"
    assert answers.speaking_minutes(diagram) == 0.0


def test_what_cannot_be_an_answer_is_refused(db, clock):
    with pytest.raises(InvalidValue, match="at most 100,000"):
        answers.save(db, clock, "L-01", "x" * 100_001)
    with pytest.raises(UnknownQuestion):
        answers.save(db, clock, "L-99", "x")
    assert change_list.data_version(db) == 0


@pytest.mark.parametrize(
    "body", ["<script>alert(1)</script>", "' ; DROP TABLE answer; --", "𝕏\u202e\t"]
)
def test_hostile_text_is_kept_as_it_is(db, clock, body):
    answers.save(db, clock, "L-01", body)
    assert answers.get(db, "L-01") == body
