"""The prompt of a mock interview, and what the interviewer says when asked."""

from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import mock, mock_prompts
from prep.ui.text import escape_markdown
from tests.pages.conftest import texts
from tests.ui.practice.mock_interviews import start


def keys(test):
    return [button.key for button in test.button]


def test_requirements_are_told_when_asked_and_stay(open_page, db, clock):
    start(db, clock, ["SD-001"], SYSTEM_DESIGN)
    test = open_page("mock")
    assert "Base62, hash collisions, redirect latency" in texts(test)
    assert "Functional Requirements" not in texts(test)
    test.button(key="ask-requirements").click().run()
    for page in (test, open_page("mock")):
        assert "Functional Requirements" in texts(page)
        assert "ask-requirements" not in keys(page)


def test_follow_ups_come_one_at_a_time_until_all_are_asked(open_page, db, clock):
    start(db, clock, ["L-12"])
    test = open_page("mock")
    for n, prompt in enumerate(mock_prompts.OF_A_STORY):
        assert escape_markdown(prompt) not in texts(test)
        test.button(key="ask-follow-up").click().run()
        assert f"{n + 1}. **{escape_markdown(prompt)}**" in texts(test)
    assert "ask-follow-up" not in keys(test)
    assert f"6. **{escape_markdown(mock_prompts.OF_A_STORY[-1])}**" in texts(open_page("mock"))


def test_an_article_is_asked_of_first(open_page, db, clock):
    start(db, clock, ["L-01"])
    test = open_page("mock")
    test.button(key="ask-follow-up").click().run()
    assert "What would you do differently?" in texts(test)


def test_a_topic_without_an_article_has_no_requirements_to_ask_for(open_page, db, clock):
    start(db, clock, ["SD-050"], SYSTEM_DESIGN)
    test = open_page("mock")
    assert "ask-requirements" not in keys(test)
    test.button(key="ask-follow-up").click().run()
    assert mock_prompts.OF_A_DESIGN[0] in texts(test)


def test_each_question_of_a_loop_has_follow_ups_of_its_own(open_page, db, clock):
    attempt = start(db, clock, ["L-12", "L-13"], BEHAVIORAL)
    test = open_page("mock")
    test.button(key="ask-follow-up").click().run()
    mock.next_question(db, clock, attempt, "L-12")
    assert mock_prompts.OF_A_STORY[0] not in texts(test.run())
