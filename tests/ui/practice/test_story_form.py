"""One story: written, linked, rehearsed, taken out."""

import pytest

from prep.content import questions
from prep.practice import form_drafts, stories
from prep.practice.form_drafts import NewStory
from prep.practice.stories import Story
from prep.progress import settings
from prep.ui.practice import story_form
from prep.ui.text import escape_markdown
from tests.pages.conftest import texts, unfold


def test_a_story_is_written_in_the_form(open_page, db):
    test = open_page("stories")
    test.text_input[0].set_value("The migration nobody wanted")
    next(b for b in test.button if b.label == "Save story").click().run()
    assert stories.get(db, "ST-001").title == "The migration nobody wanted"
    assert test.title[0].value == "The migration nobody wanted"


def test_a_story_without_a_title_is_refused_in_place(open_page, db):
    test = open_page("stories")
    next(b for b in test.button if b.label == "Save story").click().run()
    assert "needs a title" in test.error[0].value
    assert stories.list_stories(db) == []


def test_a_story_is_linked_from_its_question(open_page, bank):
    linked = stories.of_question(bank, "L-01")
    test = unfold(open_page("question", id="L-01", view="stories"), "link-another")
    test.selectbox(key="link-story").set_value("ST-012").run()
    test.text_input(key="link-angle").set_value("what I would do again").run()
    test.button(key="link-it").click().run()
    assert not test.exception
    assert len(stories.of_question(bank, "L-01")) == len(linked) + 1
    assert "what I would do again" in {line.value for line in test.text_input}
    assert test.text_input(key="link-angle").value == ""


def test_rehearsing_shows_one_part_at_a_time(open_page, bank):
    test = open_page("stories", story="ST-001")
    assert "Long ago" not in texts(test)
    test.button(key="rehearse-next").click().run()
    assert "Long ago" in texts(test)
    assert "I did it" not in texts(test)


def test_removing_a_story_asks_and_can_be_undone(open_page, bank):
    test = open_page("stories", story="ST-001")
    test.button(key="remove-story").click().run()
    assert len(stories.list_stories(bank)) == 11
    test.button(key="undo").click().run()
    assert not test.exception
    assert r"Undone: ST\-001: removed → on" in test.toast[0].value
    assert len(stories.list_stories(bank)) == 12


def test_a_question_shows_its_stories(open_page, bank):
    shown = texts(open_page("question", id="L-01", view="stories"))
    assert "My stories for it" in shown
    assert "strength" in shown


def test_a_story_that_is_written_for_a_question_answers_it(open_page, db):
    test = open_page("stories", new="L-01")
    assert test.title[0].value == "New story"
    test.text_input[0].set_value("The migration nobody wanted").run()
    assert form_drafts.new_stories(db) == [NewStory("L-01", "The migration nobody wanted")]
    next(b for b in test.button if b.label == "Save story").click().run()
    assert not test.exception
    assert test.title[0].value == "The migration nobody wanted"
    assert stories.links(db) == [stories.Link("ST-001", "L-01", "")]
    assert form_drafts.new_stories(db) == []
    test.button(key="undo").click().run()
    assert stories.list_stories(db) == []


@pytest.mark.parametrize(
    ("asked", "sentence"), [("Z-1", "Z"), ("SD-001", "stories answer those"), ("<b>", "b")]
)
def test_no_story_is_written_for_what_none_answers(open_page, db, asked, sentence):
    test = open_page("stories", new=asked)
    assert sentence in test.error[0].value
    assert not test.text_area


def test_a_new_story_starts_from_the_level_and_the_role_of_the_plan(open_page, db, clock):
    settings.change(db, clock, {"level": "DIR"})
    test = open_page("stories", new="story")
    fields = {field.label: field.value for field in [*test.text_input, *test.selectbox]}
    assert (fields["Level"], fields["Role"]) == ("DIR", "Director")
    assert "draft kept" not in texts(test)


def test_what_is_begun_and_not_saved_is_shown_among_the_stories(open_page, bank, clock):
    form_drafts.keep(bank, clock, form_drafts.of_new_story(bank), {"title": "The migr"})
    form_drafts.keep(bank, clock, form_drafts.of_new_story(bank, "L-01"), {"action": "I asked"})
    test = open_page("stories")
    links = {link.proto.query_string: link.proto.label for link in test.get("page_link")}
    assert links["new=story"] == "**The migr**"
    assert links["new=L-01"] == "**A story without a title**"
    assert f"to answer: {escape_markdown(questions.get(bank, 'L-01').title)}" in texts(test)


def test_a_role_that_is_the_name_of_the_level_is_said_once():
    told = Story("ST-001", role="Director", level="DIR", company="Acme")
    assert story_form.facts(told) == "Acme · Director · strength 3"


def test_an_unknown_story_is_a_sentence(open_page, db):
    test = open_page("stories", story="../../etc")
    assert test.title[0].value == "No such story"
