"""What a mock interview is measured by."""

import pytest

from prep.content import articles
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import rubric
from prep.practice.rubric import Part

FOLLOW_UPS = """## S5 — Judgment Layer

**Not this one?**

## S6 — Follow-Up Questions

**1. “What would you do differently?”**
**Why they ask:** Retrospective.
**Model response:** “I’d start earlier. Would you?”

**Was it worth it?**

## S7 — Decision Framework

**Nor this?**
"""


def test_the_rubric_of_a_system_design_is_the_outline_its_articles_share(db):
    parts = rubric.design_parts(rubric.design_articles(db))
    assert [part.title for part in parts] == [
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
    ]
    assert rubric.lines(SYSTEM_DESIGN, parts) == tuple(part.title for part in parts)
    assert len(rubric.lines(BEHAVIORAL, parts)) == 6


def test_a_section_that_few_articles_have_is_no_line():
    bodies = ["## 1. Hook\n\na b\n\n## 2. API\n\nc", "## 1. Hook\n\na b c d", "## Hook\n\na b c"]
    assert rubric.design_parts(bodies) == [Part("Hook", 3)]


def test_sections_share_the_time_by_their_words():
    budget = rubric.section_budget([Part("A", 100), Part("B", 300), Part("C", 0)], 450)
    assert [(part.title, part.seconds) for part in budget] == [("A", 120), ("B", 300), ("C", 30)]


def test_the_section_budget_is_the_whole_round(db):
    parts = rubric.design_parts(rubric.design_articles(db))
    budget = rubric.section_budget(parts, 45 * 60)
    assert sum(part.seconds for part in budget) == 45 * 60
    assert max(budget, key=lambda part: part.seconds).title == "Deep Dive"


@pytest.mark.parametrize("parts", [[], [Part("A", 1), Part("B", 1)]])
def test_without_articles_or_time_there_is_no_section_budget(parts):
    assert rubric.section_budget(parts, 30) == []


def test_without_articles_a_system_design_has_no_lines():
    assert rubric.lines(SYSTEM_DESIGN, rubric.design_parts([])) == ()


def test_follow_ups_are_the_bold_lines_of_their_section():
    expected = ["What would you do differently?", "Was it worth it?"]
    assert rubric.follow_ups(FOLLOW_UPS) == expected


def test_follow_ups_of_an_article_restored_automatically_are_what_asks():
    body = "## S6 — Follow-Up Questions\n\n- “Why so late?”\n- Why they ask: depth.\n"
    assert rubric.follow_ups(body) == ["Why so late?"]


def test_every_article_with_follow_ups_gives_some(db):
    having = [
        body
        for row in articles.list_articles(db)
        if "Follow-Up Questions" in (body := articles.get(db, row.permalink).body)
    ]
    assert len(having) == 7
    assert all(len(rubric.follow_ups(body)) >= 5 for body in having)
    assert rubric.follow_ups("## Hook\n\nText") == []
