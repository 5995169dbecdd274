"""What to take along to an interview, and a loop of its questions."""

from prep.practice import stories
from tests.pages.conftest import texts


def labels(test):
    return [link.proto.label for link in test.get("page_link")]


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


def test_a_loop_is_drawn_again(open_page, bank):
    test = open_page("stories")
    before = labels(test)
    test.button(key="draw-loop").click().run()
    assert labels(test) != before


def test_each_question_of_a_loop_is_a_link_with_its_story_or_the_way_to_write_one(
    open_page, db, clock
):
    story_id = stories.save(db, clock, {"title": "The one story"})
    stories.link(db, clock, story_id, {"M-01": "", "M-02": ""})
    test = open_page("stories")
    test.multiselect(key="asked-categories").set_value(["Career & Motivation"]).run()
    links = [link.proto for link in test.get("page_link")]
    asked = {one.query_string for one in links if one.query_string.startswith("id=M-")}
    assert len(asked) == 5
    why = ("no story answers it", "its stories are told already")
    to_write = {
        one.query_string
        for one in links
        if any(f"Write one: :orange[{w}]" in one.label for w in why)
    }
    answered = sum(one.label == "The one story" for one in links)
    assert {one.replace("new=", "id=") for one in to_write} < asked
    assert answered + len(to_write) == 5
