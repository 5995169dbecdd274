"""One story: written, linked, rehearsed, taken out."""

from prep.practice import stories
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
    assert "what I would do again" in texts(test)
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


def test_an_unknown_story_is_a_sentence(open_page, db):
    test = open_page("stories", story="../../etc")
    assert test.title[0].value == "No such story"
