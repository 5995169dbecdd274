"""The story bank in a real browser."""

import pytest
from playwright.sync_api import expect

from prep.practice import form_drafts, stories

from .conftest import eventually, settled, slowed


def test_the_matrix_is_readable_on_a_phone_and_the_page_does_not_move_sideways(visit, db, clock):
    for n in range(3):
        story_id = stories.save(db, clock, {"title": f"Story {n}"})
        stories.link(db, clock, story_id, {"L-01": ""})
    page = visit("/stories", width=390, height=844)
    matrix = page.locator(".stVegaLiteChart").last
    expect(matrix.locator("text", has_text="Leadership")).to_be_attached()
    assert matrix.bounding_box()["width"] > 600
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")


def test_linking_a_story_to_three_questions_changes_the_matrix(visit, db, clock):
    story_id = stories.save(db, clock, {"title": "The migration nobody wanted"})
    page = visit("/stories")
    expect(page.get_by_text("0 of 171 questions")).to_be_visible()
    cells = page.locator(".stVegaLiteChart").first.locator("text", has_text="3")
    expect(cells).to_have_count(0)

    visit.open(page, "/stories", story=story_id)
    box = page.get_by_role("combobox", name="Questions it answers")
    for question_id in ("L-01", "L-02", "L-03"):
        box.click()
        page.keyboard.type(question_id)
        page.get_by_role("option").first.click()
        page.keyboard.press("Escape")
        settled(page)
        expect(page.locator(f".st-key-angle-{story_id}-{question_id}")).to_be_visible()
    assert {link.question_id for link in stories.links(db)} == {"L-01", "L-02", "L-03"}

    visit.open(page, "/stories")
    expect(cells).to_have_count(1)
    expect(page.get_by_text("3 of 171 questions").first).to_be_visible()


def title_of(page):
    return page.get_by_role("textbox", name="Title")


def action_of(page):
    return page.get_by_role("textbox", name="Action")


def test_a_story_that_is_half_typed_outlasts_a_reload_and_a_look_at_another_page(visit, db):
    page = visit("/stories")
    title_of(page).press_sequentially("The migration nobo")
    eventually(lambda: form_drafts.get(db, "story:new") == {"title": "The migration nobo"})
    expect(title_of(page)).to_be_focused()
    action_of(page).press_sequentially("I asked each te")
    kept = {"title": "The migration nobo", "action": "I asked each te"}
    eventually(lambda: form_drafts.get(db, "story:new") == kept)
    expect(action_of(page)).to_be_focused()
    settled(page)

    page.reload()
    settled(page)
    expect(title_of(page)).to_have_value(kept["title"])
    expect(action_of(page)).to_have_value(kept["action"])
    expect(page.get_by_text("draft kept, not saved")).to_be_visible()

    action_of(page).press("End")
    action_of(page).press_sequentially("am, and lef")
    page.get_by_role("link", name="Coverage").click()
    expect(page.get_by_role("heading", name="Coverage")).to_be_visible()
    page.get_by_role("link", name="Stories").click()
    expect(action_of(page)).to_have_value("I asked each team, and lef")
    expect(title_of(page)).to_have_value(kept["title"])
    assert stories.list_stories(db) == []


@pytest.mark.parametrize("field", [title_of, action_of])
def test_what_is_typed_right_before_a_tab_is_out_of_sight_is_kept(visit, db, field):
    page = visit("/stories")
    field(page).press_sequentially("The migration nobo")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    eventually(lambda: list(form_drafts.get(db, "story:new").values()) == ["The migration nobo"])


def test_enter_in_a_line_saves_no_story_and_two_clicks_save_one(visit, db):
    page = visit("/stories")
    title_of(page).fill("The migration")
    title_of(page).press("Enter")
    eventually(lambda: form_drafts.get(db, "story:new") == {"title": "The migration"})
    assert stories.list_stories(db) == []
    page.get_by_role("button", name="Save story").dblclick(delay=30)
    expect(page.get_by_role("heading", name="The migration")).to_be_visible()
    visit.open(page, "/stories")
    expect(page.get_by_text("1 in the bank")).to_be_visible()
    assert [story.title for story in stories.list_stories(db)] == ["The migration"]
    assert form_drafts.get(db, "story:new") == {}


def test_typing_on_while_a_draft_is_kept_loses_no_letter(visit, db):
    page = slowed(visit("/stories"), 4)
    parts = ["The quick brown fox ", "jumps over the lazy dog."]
    for name, area in (("title", title_of(page)), ("action", action_of(page))):
        area.click()
        for n, part in enumerate(parts):
            area.press_sequentially(part)
            typed = "".join(parts[: n + 1])
            eventually(lambda n=name, t=typed: form_drafts.get(db, "story:new").get(n) == t)
        expect(area).to_be_focused()
        settled(page)
        expect(area).to_have_value("".join(parts))


def test_a_draft_of_a_question_is_discarded_within_its_panel(visit, db):
    page = visit("/sheets")
    page.get_by_role("button", name="Add a question").click()
    asked = page.get_by_role("textbox", name="What is asked")
    asked.fill("Why us?")
    page.get_by_role("button", name="Discard draft").click()
    page.get_by_role("button", name="Discard it").click()
    expect(asked).to_have_value("")
    expect(page.get_by_text("draft kept, not saved")).to_have_count(0)
    assert form_drafts.get(db, "own:new:behavioral") == {}
