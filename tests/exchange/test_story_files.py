"""A story as a file, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.errors import InvalidValue
from prep.exchange import story_files
from prep.practice import stories
from prep.practice.stories import PARTS, Story

LINES = st.sampled_from(
    [
        "## Task",
        "##\tTask",
        "\\## Task",
        "\\\\## a",
        " ## Task",
        "# Big",
        "Big",
        "---",
        "===",
        "~~~",
        "```",
        "<!--",
        "-->",
        "    code",
        "title: x",
        "",
        "###",
        "a\rb",
        "a\x85b",
        "a\u2028b",
    ]
)
MARKDOWN = st.lists(LINES, max_size=8).map("\n".join).map(str.strip)
WORDS = st.text("abc é:#'\"-", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.fixed_dictionaries({"title": WORDS, "company": WORDS, "period": WORDS}))
def test_the_facts_of_a_story_come_back(facts):
    fields = story_files.parse(story_files.write(Story("ST-001", **facts)))
    assert {name: fields[name] for name in facts} == facts


def test_every_part_comes_back():
    parts = {name: f"{title}:\n\n- one\n- two" for name, title in PARTS.items()}
    fields = story_files.parse(story_files.write(Story("ST-001", title="The migration", **parts)))
    assert {name: fields[name] for name in parts} == parts


@given(st.fixed_dictionaries(dict.fromkeys(PARTS, MARKDOWN)))
def test_whatever_markdown_a_part_holds_comes_back(parts):
    fields = story_files.parse(story_files.write(Story("ST-001", title="The migration", **parts)))
    assert {name: fields.get(name, "") for name in parts} == parts


@pytest.mark.parametrize("odd", ["a\x85b", "a\u2028b", "---", "~", "2024", "'", "a: b", "# a"])
def test_every_character_of_a_fact_comes_back(odd):
    assert story_files.parse(story_files.write(Story("ST-001", title=odd)))["title"] == odd


def test_a_heading_may_be_written_in_each_of_markdowns_ways():
    fields = story_files.parse("##   Situation  ##\na\n##\ttask\nb\n## METRIC")
    assert (fields["situation"], fields["task"], fields["metric"]) == ("a", "b", "")


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_a_heading_in_a_block_of_code_is_text(fence):
    code = f"{fence}\n## not a part\n{fence}"
    fields = story_files.parse(f"## Situation\n\n{code}\n\n## Task\n\na\n")
    assert (fields["situation"], fields["task"]) == (code, "a")


def test_what_is_left_out_is_as_in_a_new_story():
    fields = story_files.parse("---\ntitle: The migration\n---\n")
    assert (fields["level"], fields["strength"]) == (Story.level, Story.strength)
    assert not fields.keys() & PARTS.keys()


def test_a_file_is_saved_as_it_is_read(db, clock, tmp_path):
    (tmp_path / "story.md").write_text(
        "---\ntitle: A\nlevel: dir\n---\r\n## situation\r\n\r\nOne\r\n"
    )
    story_id = stories.save(db, clock, story_files.read(tmp_path / "story.md"))
    found = stories.get(db, story_id)
    assert (found.title, found.level, found.situation) == ("A", "DIR", "One")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\ntitel: A\n---\n", "a story has no 'titel': it has title"),
        ("---\nstrength: high\n---\n", "strength is a whole number from 1 to 5, not 'high'"),
        ("Words\n", "'Words' stands before the first part"),
        ("## Moral\n", "a story has no part 'Moral': its parts are Situation"),
        ("## Task\n\na\n\n## task\n\nb\n", "'Task' stands there twice"),
        ("---\ntitle: [a]\n---\n", "title is no text"),
    ],
)
def test_what_is_no_story_is_refused_with_the_files_name(tmp_path, text, why):
    (tmp_path / "story.md").write_text(text)
    with pytest.raises(InvalidValue, match=why) as refused:
        story_files.read(tmp_path / "story.md")
    assert str(refused.value).startswith("story.md: ")
