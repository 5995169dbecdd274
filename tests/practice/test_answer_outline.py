"""The outline that an answer is written by."""

import re
from dataclasses import replace

import pytest

from prep.content import questions
from prep.practice import answer_outline, answers
from prep.practice.answer_outline import BEHAVIORAL_PARTS, SYSTEM_DESIGN_PARTS


def headings(made):
    return re.findall("^#+ (.+)", made, re.MULTILINE)


def test_a_system_design_answer_has_the_parts_of_a_round_and_none_of_an_article(db):
    made = answer_outline.template(questions.get(db, "SD-050"), "EM+DIR")
    assert headings(made) == list(SYSTEM_DESIGN_PARTS)
    assert made.startswith("## Requirements\n\n\n## Estimates\n")
    assert not {"Hook", "Interview Tips", "Further Reading"} & set(headings(made))


@pytest.mark.parametrize("question_id", ["SD-001", "L-01"])
def test_an_outline_alone_is_no_answer(db, question_id):
    made = answer_outline.template(questions.get(db, question_id), "EM+DIR")
    assert made.strip() and not answers.is_written(made)
    assert answers.count_words(made) == 0


@pytest.mark.parametrize(
    ("asked", "aimed", "levels"),
    [
        ("EM+DIR", "EM+DIR", ["Engineering manager", "Director"]),
        ("EM+DIR", "EM", []),
        ("EM+DIR", "DIR", []),
        ("EM", "EM+DIR", []),
        ("EM", "DIR", []),
        (None, "EM+DIR", ["Engineering manager", "Director"]),
        (None, "DIR", []),
    ],
)
def test_a_behavioral_answer_has_a_version_for_each_level_asked_and_aimed_at(
    db, asked, aimed, levels
):
    question = replace(questions.get(db, "L-01"), level=asked)
    made = answer_outline.template(question, aimed)
    parts = list(BEHAVIORAL_PARTS)
    expected = [title for level in levels for title in (level, *parts)] or parts
    assert headings(made) == expected
    assert parts[:4] == ["Situation", "Task", "Action", "Result"]


@pytest.mark.parametrize(
    ("body", "following"),
    [
        ("", None),
        ("Words without headings.", None),
        ("## Mine\n\n## Own\n", None),
        ("## Requirements\n\n\n## Estimates\n", "Requirements"),
        ("## Requirements\n\nMany users.\n\n## Estimates\n", "Estimates"),
        ("## Requirements\n\n### Limits\n\nMany.\n\n## Deep dive\n", "Deep dive"),
        ("## Requirements\n\nx\n\n## Estimates\n\ny\n", None),
        ("## Director\n\n### Situation\n\nx\n\n### Task\n\n### Action\n", "Task"),
        ("```\n## Requirements\n```\n", None),
        ("Requirements\n---\n\n## Task\n", "Task"),
    ],
)
def test_the_first_empty_part_says_what_comes_next(body, following):
    found = answer_outline.first_empty_part(body)
    assert (found and found[0]) == following
    assert not found or found[1] in {**SYSTEM_DESIGN_PARTS, **BEHAVIORAL_PARTS}.values()


def test_versions_for_two_levels_stand_side_by_side_and_nothing_is_left_out():
    em, director = "## Engineering manager\n\na\n", "## S4 — Model Answer: Director\n\nb\n"
    assert answer_outline.side_by_side(
        f"Before\n\n{em}\n{director}\n## After\n\nc\n\n## Last\n"
    ) == [
        ["Before\n"],
        [em, director],
        ["## After\n\nc\n\n## Last\n"],
    ]
    assert answer_outline.side_by_side(f"{em}\n{em}") == [[f"{em}\n{em}"]]
    assert answer_outline.side_by_side(f"{em}\n## Hook\n\n{director}") == [
        [f"{em}\n## Hook\n\n{director}"]
    ]
    assert answer_outline.side_by_side("plain text") == [["plain text"]]
