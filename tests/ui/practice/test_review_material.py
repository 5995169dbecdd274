"""What stands below the ratings once a question is revealed."""

from datetime import timedelta

import pytest

from prep.clock import Clock
from prep.practice import answers, stories
from tests.pages.conftest import texts

YESTERDAY = Clock().today() - timedelta(days=1)


@pytest.fixture
def clock():
    """Where answers are saved the day before."""
    return Clock(now=lambda: Clock().now() - timedelta(days=1))


@pytest.fixture
def reveal(open_page, tracker):
    """Return a function that has a question revealed."""

    def reveal(question_id):
        tracker.set_status(question_id, "done", on=YESTERDAY)
        return open_page("review").button(key="reveal").click().run()

    return reveal


def opened(test):
    """Return the titles of the expanders that stand open, and of those that are closed."""
    found = [(one.proto.label.replace("\\", ""), one.proto.expanded) for one in test.expander]
    found.remove(("Table", False))  # of the chart below
    return [name for name, is_open in found if is_open], [n for n, is_open in found if not is_open]


def test_without_an_answer_the_articles_key_parts_stand_open(reveal):
    test = reveal("SD-001")
    open_ones, closed = opened(test)
    assert "4. High-Level Design" in open_ones
    assert closed == []
    assert "1. Hook" not in open_ones
    assert len(test.checkbox) == 0


def test_beside_an_answer_they_are_a_click_away(reveal, db, clock):
    answers.save(db, clock, "SD-001", "## Requirements\n\n## Design\n\nA table of codes.\n")
    test = reveal("SD-001")
    shown = texts(test)
    assert "A table of codes." in shown
    assert "## Requirements" not in shown
    open_ones, closed = opened(test)
    assert open_ones == []
    assert "4. High-Level Design" in closed


def test_an_empty_outline_is_no_answer(reveal, db, clock):
    answers.save(db, clock, "SD-001", "## Requirements\n\n## Design\n")
    test = reveal("SD-001")
    assert "My answer" not in texts(test)
    assert "4. High-Level Design" in opened(test)[0]


def test_the_lines_of_the_best_story_stand_open(reveal, db, clock):
    for title, strength in (("Second", 1), ("First", 5)):
        values = {"title": title, "action": f"{title}: I *led* it.", "strength": strength}
        story_id = stories.save(db, clock, values)
        stories.link(db, clock, story_id, {"L-01": f"Angle of {title}"})
    test = reveal("L-01")
    open_ones, closed = opened(test)
    assert open_ones == ["Story: First"]
    assert "Story: Second" in closed
    assert "First: I *led* it." in [text.value for text in test.text]
    assert "Angle of First" in texts(test)


def test_a_behavioral_question_has_a_list_to_check_oneself_by(reveal, db):
    test = reveal("L-02")
    labels = [box.label for box in test.checkbox]
    assert labels[0] == "A number shows the result"
    assert labels[-1].startswith("What interviewers listen for")
    before = db.execute("SELECT count(*) FROM change").fetchone()
    test.checkbox[0].check().run()
    assert test.checkbox[0].value
    assert not test.checkbox[1].value
    assert db.execute("SELECT count(*) FROM change").fetchone() == before


def test_what_was_ticked_is_forgotten_when_the_question_comes_back(reveal):
    test = reveal("L-02")
    test.checkbox[0].check().run()
    test.button(key="rate-1").click().run()
    test.button(key="reveal").click().run()
    assert not any(box.value for box in test.checkbox)


def test_without_anything_it_says_so(reveal):
    assert "There is no answer, story, note or article yet." in texts(reveal("L-08"))
