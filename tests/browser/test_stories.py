"""The story bank in a real browser."""

from playwright.sync_api import expect

from prep import stories

from .conftest import settled


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
