"""Answers: what counts as one, revisions, drafts."""

import pytest

from prep.content import questions
from prep.errors import InvalidValue, UnknownQuestion
from prep.practice import answers
from prep.progress.settings import Settings
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


EMPTY = {
    "nothing": "",
    "blank": " \n\n\t\n",
    "headings": "## Requirements\n\n\n## Estimates\n\n### Users\n",
    "headings only, 100,000 characters": "## a\n" * 20_000,
    "hashes alone": "#\n##\n######\n",
    "indented": "   ## Requirements\n\n   ## Estimates\n",
    "closed": "## Requirements ##\n\n## Estimates ##\n",
}
WRITTEN = {
    "no heading": "Words.",
    "words below the last heading": "## a\n" * 19_000 + "x",
    "words above a heading": "Words.\n## Requirements\n",
    "a fence that holds headings": "```\n# not a heading\n```\n",
    "a fence that nothing closes": "## Requirements\n\n~~~\n## not a heading\n",
    "a diagram": "## Design\n\n```mermaid\nflowchart LR\n a --> b\n```\n",
    "setext headings": "Words that are said\n===\n\nMore of them\n---\n",
    "no heading for want of a space": "#hashtag\n",
    "seven hashes": "####### seven\n",
    "indented code": "## Requirements\n\n    ## code\n",
    "one word, 100,000 characters": "x" * 100_000,
}


@pytest.mark.parametrize("name", [*EMPTY, *WRITTEN])
def test_headings_alone_are_no_answer_and_move_no_question(db, tracker, clock, name):
    body = (EMPTY | WRITTEN)[name]
    assert answers.is_written(body) == (name in WRITTEN)
    answers.save(db, clock, "L-01", body)
    assert answers.get(db, "L-01") == body, "it is kept as it was typed"
    assert tracker.state("L-01").status == ("drafted" if name in WRITTEN else "todo")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (EMPTY["headings"], 0),
        ("## Requirements\n\nTwo words.\n\n## Estimates\n", 3),
        ("## Requirements\n\n### Users\n\nMany.\n\n### Limits\n", 3),
        ("## Deep dive\n\n```mermaid\nflowchart LR\n a --> b\n```\n\n## Task\n", 2),
    ],
)
def test_a_heading_without_text_below_counts_no_words(body, words):
    assert answers.count_words(body) == words
    assert answers.speaking_minutes(body) == words / answers.SPOKEN_WORDS_A_MINUTE


@pytest.mark.parametrize(
    ("question_id", "body", "minutes"),
    [
        ("L-01", "", 4),
        ("L-01", "## Situation\n\nWords.\n", 4),
        ("L-01", "## Engineering manager\n\nx\n\n## Director\n\ny\n", None),
        ("SD-001", "Words.", None),
    ],
)
def test_how_long_an_answer_is_to_take(db, question_id, body, minutes):
    chosen = Settings(speaking_minutes=4)
    assert answers.target_minutes(questions.get(db, question_id), body, chosen) == minutes


def test_the_outline_is_filled_before_the_question_is_drafted(db, tracker, clock):
    answers.save(db, clock, "L-01", EMPTY["headings"])
    answers.save(db, clock, "L-01", "## Requirements\n\nMany users.\n")
    assert tracker.state("L-01").status == "drafted"
    undo_redo.undo(db, clock)
    assert (answers.get(db, "L-01"), tracker.state("L-01").status) == (EMPTY["headings"], "todo")


def test_a_save_that_is_undone_is_a_draft_again(db, tracker, clock):
    answers.save(db, clock, "L-01", "saved")
    answers.undo_save(db, clock, "L-01")
    assert (answers.get(db, "L-01"), answers.draft(db, "L-01")) == ("", "saved")
    assert tracker.state("L-01").status == "todo"


def test_what_was_typed_since_a_save_stays_when_that_is_undone(db, clock):
    answers.save(db, clock, "L-01", "saved")
    answers.keep_draft(db, clock, "L-01", "saved, and more")
    answers.undo_save(db, clock, "L-01")
    assert (answers.get(db, "L-01"), answers.draft(db, "L-01")) == ("", "saved, and more")
    answers.save_draft(db, clock, "L-01", "saved, and more")
    assert answers.get(db, "L-01") == "saved, and more"


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
