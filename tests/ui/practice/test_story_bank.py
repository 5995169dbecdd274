"""The story bank: what it covers, what is missing, what to take along."""

from prep.content import questions
from prep.practice import stories
from prep.ui.text import escape_markdown
from tests.pages.conftest import texts


def labels(test):
    return [link.proto.label for link in test.get("page_link")]


def test_an_empty_bank_says_how_to_begin(open_page, db):
    shown = texts(open_page("stories"))
    assert "Begin with the project you tell most often" in shown
    assert "What is missing" not in shown


def test_a_full_bank_shows_what_covers_what(open_page, bank):
    shown = texts(open_page("stories"))
    assert "12 in the bank, answering 171 of 171 questions" in shown
    assert "Every question has a story." in shown
    assert "**12 stories** for 171 of 171 questions." in shown


def test_a_long_bank_is_shown_in_pages(open_page, bank, clock):
    def listed(test):
        return {n for n in range(13) if f"**Story {n}**" in labels(test)}

    assert len(listed(open_page("stories"))) == 12
    stories.save(bank, clock, {"title": "Story 12", "strength": 1})
    test = open_page("stories")
    first = listed(test)
    assert len(first) == 12
    test.session_state["stories-page"] = 2
    assert listed(test.run()) == set(range(13)) - first


def test_a_question_of_system_design_has_no_stories(open_page, bank):
    assert "My stories for it" not in texts(open_page("question", id="SD-001"))


def test_what_is_missing_is_named_by_its_title_and_is_a_click_from_being_written(
    open_page, db, clock
):
    stories.save(db, clock, {"title": "The one story"})
    test = open_page("stories")
    links = [link.proto for link in test.get("page_link")]
    to_write = [one.query_string for one in links if one.label == "Write one"]
    asked = {one.query_string: one.label for one in links}
    assert len(to_write) == 3
    for query in to_write:
        question_id = query.removeprefix("new=")
        assert asked[f"id={question_id}"] == escape_markdown(questions.get(db, question_id).title)
    assert "**Leadership**: 15 questions" in texts(test)


def test_a_question_offers_to_write_a_story_for_it(open_page, db):
    test = open_page("question", id="L-01", view="stories")
    assert "new=L-01" in {link.proto.query_string for link in test.get("page_link")}
