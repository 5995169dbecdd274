"""What an interviewer says when asked: requirements, and one follow-up after the other."""

import pytest

from prep.content import articles, questions
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import mock_prompts

FOLLOW_UPS = """## S5 — Judgment Layer

**Not this one?**

## S6 — Follow-Up Questions

**1. “What would you do differently?”**
**Why they ask:** Retrospective.
**Model response:** “I’d start earlier. Would you?”

**[Scope amplifier — EM → Director] “What if it were five teams?”**

**Was it worth it?**

## S7 — Decision Framework

**Nor this?**
"""
DESIGN = """## 1. Hook

Not this.

## 2. Problem Statement

Why it matters.

### Functional Requirements

- Short links

### Non-Functional Requirements

| Latency | 10 ms |
|---|---|

### Out of Scope

- Accounts

## 5. Deep Dive — Critical Components

### 5a. Short codes

Base62.

### Why no database?

#### Not this deep

## 6. Data Model

### Links
"""


def bodies(db, section):
    found = (articles.get(db, row.permalink).body for row in articles.list_articles(db))
    return [body for body in found if section in body]


def test_the_requirements_of_an_article_are_its_passages_on_them():
    told = mock_prompts.requirements(DESIGN)
    assert told.startswith("**Functional Requirements**\n\n- Short links")
    assert "| Latency | 10 ms |" in told
    assert told.endswith("**Out of Scope**\n\n- Accounts")
    assert "Base62" not in told


def test_where_no_heading_names_them_it_is_the_problem_statement():
    body = "## 2. Problem Statement\n\nShort links.\n\n## 3. Scale\n\nMany."
    assert mock_prompts.requirements(body) == "Short links."
    assert mock_prompts.requirements("## Hook\n\nText") is None
    assert mock_prompts.requirements("## Problem Statement") is None


def test_every_system_design_article_has_requirements_that_give_no_design_away(db):
    rows = list(questions.find(db, {"sheet": [SYSTEM_DESIGN]}))
    told = [
        mock_prompts.requirements(articles.get(db, row.permalink).body)
        for row in rows
        if row.permalink
    ]
    assert len(told) == 10
    assert all(text and len(text) < 2000 and "Deep Dive" not in text for text in told)


def test_a_design_is_asked_deeper_and_then_what_any_design_is_asked():
    asked = mock_prompts.follow_ups(SYSTEM_DESIGN, DESIGN)
    assert asked == ["Go deeper: Short codes.", "Why no database?", *mock_prompts.OF_A_DESIGN]


def test_a_deep_dive_without_passages_is_asked_for_by_its_title():
    body = "## 5. Deep Dive — Connection Layer\n\nText\n\n## 6. Deep Dive\n\nText"
    assert mock_prompts.follow_ups(SYSTEM_DESIGN, body)[:2] == [
        "Go deeper: Connection Layer.",
        mock_prompts.OF_A_DESIGN[0],
    ]


def test_a_story_is_asked_the_articles_own_and_nothing_twice():
    asked = mock_prompts.follow_ups(BEHAVIORAL, FOLLOW_UPS)
    assert asked[:3] == [
        "What would you do differently?",
        "What if it were five teams?",
        "Was it worth it?",
    ]
    assert sum("differently" in question for question in asked) == 1
    assert "How do you know that it worked: what is the number?" in asked


@pytest.mark.parametrize("sheet", [BEHAVIORAL, SYSTEM_DESIGN])
@pytest.mark.parametrize("body", [None, "", "## Hook\n\nText"])
def test_without_an_article_it_is_what_any_interviewer_asks(sheet, body):
    any_one = mock_prompts.OF_A_STORY if sheet == BEHAVIORAL else mock_prompts.OF_A_DESIGN
    assert mock_prompts.follow_ups(sheet, body) == list(any_one)


def test_follow_ups_of_an_article_reconstructed_automatically_are_what_asks():
    body = "## S6 — Follow-Up Questions\n\n- “Why so late?”\n- Why they ask: depth.\n"
    assert mock_prompts.own_follow_ups(body) == ["Why so late?"]


def test_every_article_with_follow_ups_gives_some(db):
    having = bodies(db, "Follow-Up Questions")
    assert len(having) == 7
    for body in having:
        asked = mock_prompts.own_follow_ups(body)
        assert len(asked) >= 5
        assert not [question for question in asked if question[0] in "[(“"]
