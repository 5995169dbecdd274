"""The story bank: what it covers, what is missing, what to take along."""

from prep.practice import stories
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


def test_a_loop_is_drawn_again(open_page, bank):
    test = open_page("stories")
    before = labels(test)
    test.button(key="draw-loop").click().run()
    assert labels(test) != before
