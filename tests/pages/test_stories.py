"""The story bank's page."""

import pytest

from prep.practice import stories

from .conftest import texts, unfold


@pytest.fixture
def bank(db, clock):
    text = {"situation": "Long ago.", "action": "I did it."}
    every_twelfth = "SELECT id FROM question WHERE sheet = 'behavioral' AND position % 12 = ?"
    for n in range(12):
        values = text | {"title": f"Story {n}", "strength": 1 + n % 5}
        story_id = stories.save(db, clock, values)
        ids = [row["id"] for row in db.query(every_twelfth, [n])]
        stories.link(db, clock, story_id, dict.fromkeys(ids, ""))
    return db


def test_an_empty_bank_says_how_to_begin(open_page, db):
    shown = texts(open_page("stories"))
    assert "Begin with the project you tell most often" in shown
    assert "What is missing" not in shown


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


def labels(test):
    return [link.proto.label for link in test.get("page_link")]


def test_a_full_bank_shows_what_covers_what(open_page, bank):
    shown = texts(open_page("stories"))
    assert "12 in the bank, answering 171 of 171 questions" in shown
    assert "Every question has a story." in shown
    assert "**12 stories** for 171 of 171 questions." in shown


def test_the_suggestion_follows_its_filters(open_page, bank):
    test = open_page("stories")
    test.toggle(key="asked-high").set_value(True).run()
    test.multiselect(key="asked-categories").set_value(["Leadership"]).run()
    assert "for 9 of 9 questions" in texts(test)


def test_stories_told_too_often_in_a_loop_are_named(open_page, db, clock):
    story_id = stories.save(db, clock, {"title": "The one story"})
    leadership = [r["id"] for r in db.query("SELECT id FROM question WHERE id LIKE 'L-%'")]
    stories.link(db, clock, story_id, dict.fromkeys(leadership, ""))
    test = open_page("stories")
    assert "Told too often" not in texts(test), "few of all questions are about leadership"
    test.multiselect(key="asked-categories").set_value(["Leadership"]).run()
    assert "on average: The one story (5.0 times)" in texts(test)


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


def test_a_story_is_linked_from_its_question(open_page, bank):
    linked = stories.of_question(bank, "L-01")
    test = unfold(open_page("question", id="L-01"), "link-another")
    test.selectbox(key="link-story").set_value("ST-012").run()
    test.text_input(key="link-angle").set_value("what I would do again").run()
    test.button(key="link-it").click().run()
    assert not test.exception
    assert len(stories.of_question(bank, "L-01")) == len(linked) + 1
    assert "what I would do again" in texts(test)
    assert test.text_input(key="link-angle").value == ""


def test_a_loop_is_drawn_again(open_page, bank):
    test = open_page("stories")
    before = labels(test)
    test.button(key="draw-loop").click().run()
    assert labels(test) != before


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


def test_an_unknown_story_is_a_sentence(open_page, db):
    test = open_page("stories", story="../../etc")
    assert test.title[0].value == "No such story"


def test_a_question_shows_its_stories(open_page, bank):
    shown = texts(open_page("question", id="L-01"))
    assert "My stories for it" in shown
    assert "strength" in shown
