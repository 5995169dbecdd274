"""Commands on stories."""

import json

import pytest

from prep.content import questions
from prep.practice import stories
from tests.conftest import output

STORY = """\
---
title: The migration nobody wanted
company: Acme
role: Engineering manager
period: 2024
level: dir
strength: 4
---
## Situation

Twelve teams, one database.

### And a heading of its own

```
## in code this is none
```

## Metric

Deploys: 2 → 30 a week
"""


def test_story(prep, db, tmp_path):
    file = tmp_path / "story.md"
    file.write_text(STORY)
    assert output(prep("story", "add", "--file", str(file))) == "ST-001\n"
    story = stories.get(db, "ST-001")
    assert (story.title, story.period, story.level, story.strength) == (
        "The migration nobody wanted",
        "2024",
        "DIR",
        4,
    )
    assert story.situation.endswith("## in code this is none\n```")
    assert story.metric == "Deploys: 2 → 30 a week"

    assert output(prep("story", "list")) == "ST-001  The migration nobody wanted (0 questions)\n"
    said = output(prep("story", "link", "ST-001", "L-01", "--angle", "the risk"))
    assert said == "ST-001: answers L-01\n"
    output(prep("story", "link", "ST-001", "L-01"))
    [row] = json.loads(output(prep("story", "list", "--json")))
    assert row["questions"] == {"L-01": "the risk"}, "a link that is there keeps its angle"
    assert json.loads(output(prep("story", "show", "ST-001", "--json"))) == row
    assert output(prep("story", "link", "ST-001", "L-01", "--remove")) == (
        "ST-001: no longer answers L-01\n"
    )
    assert stories.links(db) == []

    assert output(prep("story", "remove", "ST-001")) == "ST-001: taken out\n"
    assert output(prep("story", "list")) == ""
    assert "ST-001: removed 1 → 0" in output(prep("undo"))
    assert stories.get(db, "ST-001") == story


def test_a_story_that_is_shown_can_be_added(prep, db, tmp_path):
    file = tmp_path / "story.md"
    file.write_text(STORY)
    output(prep("story", "add", "--file", str(file)))
    shown = output(prep("story", "show", "ST-001"))
    file.write_text(shown)
    assert output(prep("story", "add", "--file", str(file))) == "ST-002\n"
    assert output(prep("story", "show", "ST-002")) == shown


def test_what_is_likely_is_suggested_both_ways_with_the_words_that_both_have(prep, db, clock):
    told = {"title": "Six good candidates", "situation": "Hiring was slow, and the bar fell."}
    stories.save(db, clock, told)
    title = questions.get(db, "T-06").title
    assert f"T-06  {title} (hiring, bar)\n" in output(prep("story", "suggest", "ST-001"))
    [found] = [
        one
        for one in json.loads(output(prep("story", "suggest", "ST-001", "--json")))
        if one["id"] == "T-06"
    ]
    assert found == {"id": "T-06", "title": title, "words": ["hiring", "bar"]}
    assert output(prep("story", "suggest", "T-06")) == "ST-001  Six good candidates (hiring, bar)\n"
    output(prep("story", "link", "ST-001", "T-06"))
    assert output(prep("story", "suggest", "T-06")) == ""


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        ("ST-404", "ST-404"),
        ("SD-001", "SD-001 is no behavioral question: stories answer those"),
    ],
)
def test_what_no_story_is_told_for_is_one_line(prep, subject, sentence):
    code, said, errors = prep("story", "suggest", subject)
    assert (code, said) == (1, "")
    assert errors.startswith("error: ") and sentence in errors and errors.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "a story needs a title"),
        ("## Situation\n\nNo title.\n", "a story needs a title"),
        ("---\ntitle: [a, b]\n---\n", "title is no text"),
        ("---\ntitle: a\nstrength: often\n---\n", "strength is a whole number from 1 to 5"),
        ("---\ntitle: a\nstrength: 6\n---\n", "strength is a whole number from 1 to 5"),
        ("---\ntitle: a\nlevel: CTO\n---\n", "level is EM or DIR"),
        ("---\ntitle: a\nid: ST-001\n---\n", "a story has no 'id'"),
        ("---\ntitle: a\n---\nBefore\n", "'Before' stands before the first part"),
        ("---\ntitle: a\n---\n## Situatoin\n", "a story has no part 'Situatoin'"),
        ("---\ntitle: a\n---\n## Task\nx\n## TASK\ny\n", "'Task' stands there twice"),
        ("---\ntitle: a\n---\n## Task\n" + "x" * 10_001, "task holds at most 10,000 characters"),
        ("---\ntitle: 'a\n---\n", "story.md: "),
    ],
)
def test_a_file_that_is_no_story_is_one_line(prep, tmp_path, text, sentence):
    file = tmp_path / "story.md"
    file.write_text(text)
    code, said, errors = prep("story", "add", "--file", str(file))
    assert (code, said) == (1, "")
    assert errors.startswith("error: ") and errors.count("\n") == 1
    assert sentence in errors
    assert output(prep("story", "list")) == ""


def test_a_link_that_is_not_there_cannot_be_taken_away(prep, tmp_path):
    (tmp_path / "story.md").write_text("---\ntitle: One\n---\n")
    prep("story", "add", "--file", str(tmp_path / "story.md"))
    code, _, error = prep("story", "link", "ST-001", "L-02", "--remove")
    assert (code, error) == (1, "error: ST-001 does not answer L-02: there is no such link\n")
