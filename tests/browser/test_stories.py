"""The story bank in a real browser."""

import pytest
from playwright.sync_api import expect

from prep.content import phases, questions, search
from prep.content.models import BEHAVIORAL
from prep.practice import form_drafts, stories

from .conftest import eventually, settled, slowed

WIDTHS = [(1440, 900), (390, 844)]


def main_of(page):
    return page.get_by_test_id("stMain")


def moves_sideways(page):
    return main_of(page).evaluate("main => main.scrollWidth > main.clientWidth")


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_matrix_has_each_category_whole_and_the_page_does_not_move_sideways(
    visit, db, clock, width, height
):
    for n in range(12):
        story_id = stories.save(db, clock, {"title": f"A story with a long title, number {n}"})
        stories.link(db, clock, story_id, {"L-01": ""})
    page = visit("/stories", width=width, height=height)
    matrix = page.locator(".stVegaLiteChart").last
    matrix.scroll_into_view_if_needed()
    expect(matrix.locator("text", has_text="Leadership")).to_be_visible()
    written = "".join(matrix.locator("text").all_text_contents())
    for category in phases.list_categories(db, BEHAVIORAL):
        assert category.title.replace(" ", "") in written.replace(" ", "")
    rows = matrix.locator(".role-axis-label text").all()
    named = [row.bounding_box() for row in rows if "number" not in row.text_content()]
    assert len(named) == 16
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in named)
    assert not moves_sideways(page)


def test_linking_a_story_to_three_questions_changes_the_matrix(visit, db, clock):
    story_id = stories.save(db, clock, {"title": "The migration nobody wanted"})
    page = visit("/stories")
    expect(page.get_by_text("0 of 171 questions")).to_be_visible()
    cells = page.locator(".stVegaLiteChart").first.locator("text", has_text="3")
    expect(cells).to_have_count(0)

    visit.open(page, "/stories", story=story_id)
    for question_id in ("L-01", "L-02", "L-03"):
        line_of(page).press_sequentially(question_id)
        line_of(page).press("Enter")
        expect(page.locator(f".st-key-angle-{story_id}-{question_id}")).to_be_visible()
        expect(line_of(page)).to_be_focused()
        expect(line_of(page)).to_have_value("")
    assert {link.question_id for link in stories.links(db)} == {"L-01", "L-02", "L-03"}

    visit.open(page, "/stories")
    expect(cells).to_have_count(1)
    expect(page.get_by_text("3 of 171 questions").first).to_be_visible()


def line_of(page):
    """Return the line in which a question is looked for."""
    return page.get_by_role("searchbox", name="Link a question").or_(
        page.get_by_role("textbox", name="Link a question")
    )


def linked(db):
    return [link.question_id for link in stories.links(db)]


@pytest.mark.parametrize("times", [1, 6])
@pytest.mark.parametrize("keys", [["Enter"], ["Enter", "Enter"], ["Enter", "Enter", "Enter"]])
def test_enter_links_the_first_that_is_found_and_only_that_one(visit, db, clock, times, keys):
    story_id = stories.save(db, clock, {"title": "The migration nobody wanted"})
    page = slowed(visit("/stories", story=story_id), times)
    [first, *_] = [hit.id for hit in search.search(db, "resist", 5, BEHAVIORAL).hits]
    line_of(page).press_sequentially("resist")
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator(f".st-key-angle-{story_id}-{first}")).to_be_visible()
    settled(page)
    assert linked(db) == [first]
    expect(line_of(page)).to_have_value("")
    assert page.get_by_text("Select all").count() == 0


def test_a_held_enter_links_one(visit, db, clock):
    story_id = stories.save(db, clock, {"title": "The migration nobody wanted"})
    page = visit("/stories", story=story_id)
    line_of(page).press_sequentially("resist")
    for _ in range(8):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    eventually(lambda: linked(db) != [])
    settled(page)
    assert len(linked(db)) == 1


@pytest.mark.parametrize(("width", "height", "most"), [(1440, 900, 2000), (390, 844, 3000)])
def test_a_story_with_many_links_is_a_short_page_of_whole_titles(
    visit, db, clock, width, height, most
):
    story_id = stories.save(db, clock, {"title": "The migration nobody wanted"})
    asked = [question.id for question in questions.find(db, {"sheet": [BEHAVIORAL]})]
    stories.link(db, clock, story_id, dict.fromkeys(asked[:74], ""))
    page = visit("/stories", story=story_id, width=width, height=height)
    expect(page.get_by_text("74 questions")).to_be_visible()
    assert main_of(page).evaluate("main => main.scrollHeight") < most
    assert page.get_by_role("textbox", name="Angle for").count() <= 10
    assert not moves_sideways(page)
    title = page.get_by_role("link", name=questions.get(db, "L-05").title)
    cut = title.locator("span").last.evaluate("span => span.scrollWidth > span.clientWidth + 1")
    assert not cut
    title.click()
    expect(page.get_by_role("heading", name=questions.get(db, "L-05").title)).to_be_visible()


def test_an_angle_is_kept_while_it_is_typed_and_loses_no_letter(visit, db, clock):
    story_id = stories.save(db, clock, {"title": "The migration nobody wanted"})
    stories.link(db, clock, story_id, {"L-01": "", "L-02": ""})
    page = visit("/stories", story=story_id)
    angle = page.locator(f".st-key-angle-{story_id}-L-01 input")
    for typed, kept in (("the risk ", "the risk"), ("and what I did", "the risk and what I did")):
        angle.press_sequentially(typed)
        eventually(lambda kept=kept: {link.angle for link in stories.links(db)} == {"", kept})
        settled(page)
        expect(angle).to_be_focused()
    expect(angle).to_have_value("the risk and what I did")
    angle.press_sequentially(", then")
    page.get_by_role("link", name="Coverage").click()
    expect(page.get_by_role("heading", name="Coverage")).to_be_visible()
    eventually(
        lambda: "the risk and what I did, then" in {link.angle for link in stories.links(db)}
    )


def test_a_story_is_suggested_linked_removed_and_brought_back_by_the_keyboard(visit, db, clock):
    told = {"title": "Six good candidates", "situation": "Hiring was slow, and the bar fell."}
    story_id = stories.save(db, clock, told)
    page = visit("/stories", story=story_id)
    page.locator(f".st-key-link-{story_id}-T-06 button").press("Enter")
    remove = page.locator(f".st-key-remove-{story_id}-T-06 button")
    expect(remove).to_be_visible()
    assert linked(db) == ["T-06"]
    settled(page)
    remove.press("Enter")
    expect(remove).to_have_count(0)
    assert linked(db) == []
    settled(page)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(remove).to_be_visible()
    assert linked(db) == ["T-06"]


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


@pytest.fixture
def bank(db, clock):
    """A bank with stories in it: a new one has a view of its own there."""
    for n in range(3):
        stories.save(db, clock, {"title": f"Story {n}"})
    return db


@pytest.mark.parametrize("new", ["story", "L-01"])
def test_a_new_story_beside_others_outlasts_a_look_at_another_page_and_is_seen_there(
    visit, bank, new
):
    page = visit("/stories")
    if new == "story":
        page.get_by_role("button", name="New story").click()
    else:
        visit.open(page, "/question", id=new, view="stories")
        page.locator(f'a[href*="new={new}"]').click()
    title_of(page).press_sequentially("The migration nobo")
    action_of(page).press_sequentially("I asked each te")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Coverage").click()
    expect(page.get_by_role("heading", name="Coverage")).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Stories").click()
    page.get_by_role("link", name="The migration nobo").click()
    expect(title_of(page)).to_have_value("The migration nobo")
    expect(action_of(page)).to_have_value("I asked each te")
    settled(page).reload()
    expect(action_of(page)).to_have_value("I asked each te")
    settled(page)
    page.get_by_role("button", name="Save story").click()
    expect(page.get_by_role("heading", name="The migration nobo")).to_be_visible()
    assert [link.question_id for link in stories.links(bank)] == [new] * (new != "story")
    visit.open(page, "/stories")
    expect(page.get_by_text("4 in the bank")).to_be_visible()
    expect(page.get_by_text("begun, not saved yet")).to_have_count(0)


def test_a_link_among_the_stories_is_in_the_address_and_back_leads_to_the_view_before(visit, bank):
    page = visit("/stories")
    page.get_by_role("link", name="Story 1").click()
    expect(page.get_by_role("heading", name="Story 1")).to_be_visible()
    settled(page).reload()
    expect(page.get_by_role("heading", name="Story 1")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="All stories").click()
    expect(page.get_by_role("heading", name="Stories", exact=True)).to_be_visible()
    settled(page).reload()
    expect(page.get_by_role("heading", name="Stories", exact=True)).to_be_visible()
    settled(page).go_back()
    expect(page.get_by_role("heading", name="Story 1")).to_be_visible()


def test_back_leads_from_a_new_story_to_the_bank_and_forth_to_what_was_typed(visit, bank):
    page = visit("/stories")
    page.get_by_role("button", name="New story").click()
    title_of(page).press_sequentially("The migration nobo")
    eventually(lambda: form_drafts.new_stories(bank) != [])
    settled(page).go_back()
    expect(page.get_by_role("link", name="The migration nobo")).to_be_visible()
    settled(page).go_forward()
    expect(title_of(page)).to_have_value("The migration nobo")


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
