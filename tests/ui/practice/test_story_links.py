"""Linking stories and questions, one at a time and from both sides."""

import pytest

from prep.content import questions, search
from prep.practice import stories
from prep.ui.practice import story_links
from prep.ui.text import escape_markdown
from tests.pages.conftest import texts, unfold

HIRING = {
    "title": "Why I sent away six good candidates",
    "situation": "Recruiting pressed for speed in hiring, and the bar of the team fell.",
}


@pytest.fixture
def hiring(db, clock):
    return stories.save(db, clock, HIRING)


def labels(test):
    return [link.proto.label for link in test.get("page_link")]


def of_story(db, story_id):
    return {link.question_id: link.angle for link in stories.links(db) if link.story_id == story_id}


def test_the_likeliest_question_is_linked_by_its_button_which_says_why(open_page, db, hiring):
    test = open_page("stories", story=hiring)
    assert "both have *hiring*, *bar*, *team*" in texts(test)
    test.button(key=f"link-{hiring}-T-06").click().run()
    assert not test.exception
    assert of_story(db, hiring) == {"T-06": ""}
    assert f"link-{hiring}-T-06" not in {button.key for button in test.button}
    assert escape_markdown(questions.get(db, "T-06").title) in labels(test)


def test_the_likeliest_story_is_linked_from_its_question(open_page, db, hiring):
    test = open_page("question", id="T-06", view="stories")
    assert "both have *hiring*, *bar*, *team*" in texts(test)
    test.button(key=f"link-{hiring}-T-06").click().run()
    assert not test.exception
    assert of_story(db, hiring) == {"T-06": ""}


def test_words_find_questions_in_the_order_of_the_search(open_page, db, hiring):
    test = open_page("stories", story=hiring)
    test.text_input(key=f"link-search-{hiring}-0").set_value("resist").run()
    offered = [b.key for b in test.button if b.key.startswith(f"link-{hiring}-")]
    hits = search.search(db, "resist", story_links.HITS_SHOWN, "behavioral").hits
    assert offered == [f"link-{hiring}-{hit.id}" for hit in hits]
    test.button(key=offered[1]).click().run()
    assert of_story(db, hiring) == {offered[1].removeprefix(f"link-{hiring}-"): ""}
    assert test.text_input(key=f"link-search-{hiring}-1").value == ""


def test_words_of_no_question_are_a_sentence(open_page, hiring):
    test = open_page("stories", story=hiring)
    test.text_input(key=f"link-search-{hiring}-0").set_value("zanzibar *quokka*").run()
    assert r"No other question has zanzibar \*quokka\*." in texts(test)


@pytest.mark.parametrize("page", ["story", "question"])
def test_an_angle_is_edited_where_it_stands_and_a_link_removed_and_brought_back(
    open_page, db, clock, hiring, page
):
    stories.link(db, clock, hiring, {"T-06": "the bar"})
    where = (
        ("stories", {"story": hiring})
        if page == "story"
        else ("question", {"id": "T-06", "view": "stories"})
    )
    test = open_page(where[0], **where[1])
    angle = test.text_input(key=f"angle-{hiring}-T-06")
    assert angle.value == "the bar"
    angle.set_value("the six ").run()
    assert of_story(db, hiring) == {"T-06": "the six"}
    assert test.text_input(key=f"angle-{hiring}-T-06").value == "the six ", "one may type on"
    test.button(key=f"remove-{hiring}-T-06").click().run()
    assert of_story(db, hiring) == {}
    test.button(key="undo").click().run()
    assert not test.exception
    assert of_story(db, hiring) == {"T-06": "the six"}


def test_an_angle_that_is_typed_before_another_click_is_kept(open_page, db, clock, hiring):
    stories.link(db, clock, hiring, {"T-06": "", "T-04": ""})
    test = open_page("stories", story=hiring)
    test.text_input(key=f"angle-{hiring}-T-06").set_value("the six")
    test.button(key=f"remove-{hiring}-T-04").click().run()
    assert of_story(db, hiring) == {"T-06": "the six"}


def test_many_links_come_in_pages(open_page, db, clock, hiring):
    behavioral = [q.id for q in questions.find(db, {"sheet": ["behavioral"]})][:74]
    stories.link(db, clock, hiring, dict.fromkeys(behavioral, ""))
    test = open_page("stories", story=hiring)

    def shown():
        keys = [line.key for line in test.text_input if line.key.startswith("angle-")]
        return [key.removeprefix(f"angle-{hiring}-") for key in keys]

    assert "74 questions" in texts(test)
    assert shown() == behavioral[: story_links.LINKS_A_PAGE]
    test.session_state["links-page"] = 2
    test.run()
    assert shown() == behavioral[story_links.LINKS_A_PAGE : 2 * story_links.LINKS_A_PAGE]


def test_those_that_are_less_likely_come_when_they_are_asked_for(open_page, db, clock):
    told = "The product team and its engineers owned the platform, a dependency of each roadmap."
    story_id = stories.save(db, clock, {"title": "The platform", "situation": told})

    def offered(test):
        return sum(button.key.startswith(f"link-{story_id}-") for button in test.button)

    test = open_page("stories", story=story_id)
    assert offered(test) == story_links.SUGGESTIONS_AT_ONCE
    assert offered(unfold(test, "more-likely")) > story_links.SUGGESTIONS_AT_ONCE
