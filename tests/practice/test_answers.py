"""Answers: outlines taken from the articles, revisions, drafts."""

import re
from dataclasses import replace

import pytest

from prep.content import questions
from prep.errors import InvalidValue, UnknownQuestion
from prep.practice import answers
from prep.progress import settings
from prep.store import change_log


def test_a_system_design_answer_starts_from_the_fourteen_sections_of_the_articles(db):
    assert answers.parts(db, "system-design") == [
        "Hook",
        "Problem Statement",
        "Scale Estimation",
        "High-Level Design",
        "Deep Dive",
        "Data Model",
        "Trade-offs",
        "Failure Modes",
        "Security & Compliance",
        "Observability",
        "Scaling Path",
        "Enterprise Considerations",
        "Interview Tips",
        "Further Reading",
    ]
    made = answers.template(db, questions.get(db, "SD-050"))
    assert made.startswith("## Hook\n\n\n## Problem Statement\n")


def test_a_behavioral_answer_starts_from_s1_to_s9_or_from_star(db):
    parts = answers.parts(db, "behavioral")
    assert [part[:2] for part in parts] == [f"S{n}" for n in range(1, 10)]
    assert answers.star_words(db) == ["Situation", "Task", "Action", "Result"]
    em_only = next(db.query("SELECT id FROM question WHERE level = 'EM' LIMIT 1"))["id"]
    bare = answers.template(db, questions.get(db, em_only), answers.STAR)
    assert bare.split() == ["##", "Situation", "##", "Task", "##", "Action", "##", "Result"]


def test_a_question_of_both_levels_has_a_version_for_each(db):
    made = answers.template(db, questions.get(db, "L-01"), answers.STAR)
    assert made.count("### Situation") == 2
    assert re.findall("^## (.+)", made, re.MULTILINE) == ["Engineering manager", "Director"]


@pytest.mark.parametrize(
    ("asked", "aimed", "written"),
    [
        ("EM+DIR", "EM+DIR", ["S3", "S4"]),
        ("EM+DIR", "EM", ["S3"]),
        ("EM+DIR", "DIR", ["S4"]),
        ("EM", "EM+DIR", ["S3"]),
        ("DIR", "EM+DIR", ["S4"]),
        ("EM", "DIR", ["S3"]),
    ],
)
def test_an_outline_is_for_the_levels_asked_and_aimed_at(db, clock, asked, aimed, written):
    settings.change(db, clock, {"level": aimed})
    question = replace(questions.get(db, "L-01"), level=asked)
    made = answers.template(db, question)
    assert re.findall(r"S\d(?= — Model)", made) == written
    assert "## S1" in made and "## S9" in made
    assert answers.template(db, question, answers.STAR).count("Situation") == len(written)


def test_versions_for_two_levels_stand_side_by_side_and_nothing_is_left_out():
    em, director = "## Engineering manager\n\na\n", "## S4 — Model Answer: Director\n\nb\n"
    assert answers.side_by_side(f"Before\n\n{em}\n{director}\n## After\n\nc\n\n## Last\n") == [
        ["Before\n"],
        [em, director],
        ["## After\n\nc\n\n## Last\n"],
    ]
    assert answers.side_by_side(f"{em}\n{em}") == [[f"{em}\n{em}"]]
    assert answers.side_by_side(f"{em}\n## Hook\n\n{director}") == [
        [f"{em}\n## Hook\n\n{director}"]
    ]
    assert answers.side_by_side("plain text") == [["plain text"]]


def test_the_outline_follows_what_the_articles_have(db):
    db.execute("UPDATE article SET body = '## 1. One\n\nx\n\n## 2. Two\n\ny\n'")
    assert answers.parts(db, "system-design") == ["One", "Two"]
    db.execute("UPDATE article SET retired = 1")
    assert answers.parts(db, "system-design") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [("todo", "drafted"), ("in_progress", "drafted"), ("done", "done")],
)
def test_the_first_save_moves_a_question_to_drafted(db, tracker, clock, before, after):
    tracker.set_status("L-01", before)
    assert answers.save(db, clock, "L-01", "My answer")
    assert tracker.state("L-01")["status"] == after
    change_log.undo(db, clock)
    assert (answers.get(db, "L-01"), tracker.state("L-01")["status"]) == ("", before)


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
    assert change_log.data_version(db) == 0
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
    assert change_log.data_version(db) == 0


@pytest.mark.parametrize(
    "body", ["<script>alert(1)</script>", "' ; DROP TABLE answer; --", "𝕏\u202e\t"]
)
def test_hostile_text_is_kept_as_it_is(db, clock, body):
    answers.save(db, clock, "L-01", body)
    assert answers.get(db, "L-01") == body
