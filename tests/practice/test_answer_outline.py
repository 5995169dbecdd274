"""The outline that a new answer starts from."""

import re
from dataclasses import replace

import pytest

from prep.content import questions
from prep.practice import answer_outline
from prep.progress import settings


def test_a_system_design_answer_starts_from_the_fourteen_sections_of_the_articles(db):
    assert answer_outline.parts(db, "system-design") == [
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
    made = answer_outline.template(db, questions.get(db, "SD-050"))
    assert made.startswith("## Hook\n\n\n## Problem Statement\n")


def test_a_behavioral_answer_starts_from_s1_to_s9_or_from_star(db):
    parts = answer_outline.parts(db, "behavioral")
    assert [part[:2] for part in parts] == [f"S{n}" for n in range(1, 10)]
    assert answer_outline.star_words(db) == ["Situation", "Task", "Action", "Result"]
    em_only = next(db.query("SELECT id FROM question WHERE level = 'EM' LIMIT 1"))["id"]
    bare = answer_outline.template(db, questions.get(db, em_only), answer_outline.STAR)
    assert bare.split() == ["##", "Situation", "##", "Task", "##", "Action", "##", "Result"]


def test_a_question_of_both_levels_has_a_version_for_each(db):
    made = answer_outline.template(db, questions.get(db, "L-01"), answer_outline.STAR)
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
    made = answer_outline.template(db, question)
    assert re.findall(r"S\d(?= — Model)", made) == written
    assert "## S1" in made and "## S9" in made
    assert answer_outline.template(db, question, answer_outline.STAR).count("Situation") == len(
        written
    )


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


def test_the_outline_follows_what_the_articles_have(db):
    db.execute("UPDATE article SET body = '## 1. One\n\nx\n\n## 2. Two\n\ny\n'")
    assert answer_outline.parts(db, "system-design") == ["One", "Two"]
    db.execute("UPDATE article SET retired = 1")
    assert answer_outline.parts(db, "system-design") == []
