"""What a review reveals."""

import pytest

from prep.content import articles, questions
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import answers, recall, stories
from prep.progress import settings


def titles(sections):
    return [section.heading.text for section in sections]


def key_parts(db, question_id):
    permalink = questions.get(db, question_id).permalink
    return titles(recall.key_parts(articles.get(db, permalink).body))


def test_of_a_system_design_article_it_is_what_one_says(db):
    assert key_parts(db, "SD-001") == [
        "2. Problem Statement",
        "3. Scale Estimation",
        "4. High-Level Design",
        "6. Data Model",
        "7. Trade-offs",
        "8. Failure Modes",
    ]


def test_of_a_behavioral_article_it_is_the_model_answers_and_the_key_points(db):
    assert key_parts(db, "L-01") == [
        "S3 — Model Answer: Engineering Manager",
        "S4 — Model Answer: Director / VP Engineering",
        "S10 — Interview Cheat Sheet",
    ]


@pytest.mark.parametrize(("level", "other"), [("EM", "Director"), ("DIR", "Engineering Manager")])
def test_the_model_answer_is_that_of_the_level_aimed_at(db, clock, level, other):
    question = questions.get(db, "L-01")
    assert len(recall.material(db, question).key_parts) == 3
    settings.change(db, clock, {"level": level})
    parts = titles(recall.material(db, question).key_parts)
    assert len(parts) == 2
    assert not any(other in title for title in parts)


@pytest.mark.parametrize("sheet", [SYSTEM_DESIGN, BEHAVIORAL])
def test_every_article_of_a_sheet_has_parts_worth_recalling(db, sheet):
    found = [q for q in questions.find(db, {"sheet": [sheet]}) if q.permalink]
    assert found
    for question in found:
        parts = key_parts(db, question.id)
        assert 2 <= len(parts) <= 9
        assert not any("Hook" in title or "Further Reading" in title for title in parts)


def test_an_article_with_headings_of_its_own_is_given_but_for_what_is_said_to_its_reader():
    text = "Opening.\n\n## Hook\n\nOnce.\n\n## Locks\n\nText.\n\n## Further Reading\n\nMore.\n"
    assert titles(recall.key_parts(text)) == ["Locks"]
    assert recall.key_parts("") == []


def test_an_answer_is_given_without_its_empty_parts(db, clock):
    answers.save(db, clock, "SD-001", "## Requirements\n\n\n## Design\n\nA table.\n\n## End\n")
    found = recall.material(db, questions.get(db, "SD-001"))
    assert found.answer == "## Design\n\nA table."
    answers.save(db, clock, "SD-001", "## Requirements\n\n\n## Design\n")
    assert recall.material(db, questions.get(db, "SD-001")).answer == ""


def test_the_linked_stories_are_given_with_their_angle_the_best_first(db, clock):
    for title, strength in (("Weak", 1), ("Strong", 5)):
        story_id = stories.save(db, clock, {"title": title, "strength": strength})
        stories.link(db, clock, story_id, {"L-01": f"from {title}"})
    found = recall.material(db, questions.get(db, "L-01")).stories
    assert [(story.title, angle) for story, angle in found] == [
        ("Strong", "from Strong"),
        ("Weak", "from Weak"),
    ]
    assert recall.material(db, questions.get(db, "SD-001")).stories == []


def test_a_behavioral_telling_is_checked_for_its_signal_too(db):
    question = questions.get(db, "L-01")
    assert recall.self_check(question) == [
        "A number shows the result",
        "I said what I did myself: “I”, not “we”",
        "I said what I learned",
        f"What interviewers listen for: {question.signal}",
    ]
    assert recall.self_check(questions.get(db, "SD-001")) == []
