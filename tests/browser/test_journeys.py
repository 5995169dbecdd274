"""What a person does, in a real browser on a real server."""

import re
from math import ceil

import pytest
from playwright.sync_api import expect

from prep.content import questions
from prep.progress.tracker import Tracker

from .conftest import eventually, new_context, settled

PAGES = [
    "/",
    "/sheets",
    "/coverage",
    "/timeline",
    "/stories",
    "/review",
    "/mock",
    "/read",
    "/data",
    "/question?id=L-01",
    "/question?id=L-01&view=answer",
    "/question?id=L-01&view=details",
    "/session",
]

# Where the columns of the table on Sheets begin: their widths, left to right.
TICK, ID, QUESTION, STATUS, STAR, CONFIDENCE = 56, 90, 380, 110, 70, 110
DATE, NOTES = 105, 200
HEADER = ROW = 35


def cell(page, column_start, column_width, row):
    """Return where in the table the middle of a cell is (row 1 is the first)."""
    settled(page)  # rows that a filter leaves get a table of their own
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_have_count(1)
    table.scroll_into_view_if_needed()
    # What is drawn is a canvas; beside it the table stands for screen readers once it is drawn.
    expect(table.get_by_test_id(f"glide-cell-0-{max(ceil(row), 1) - 1}")).to_be_attached()
    return table, {"x": column_start + column_width / 2, "y": HEADER + ROW * (row - 0.5)}


def choose_status(page, row, title):
    table, position = cell(page, TICK + ID + QUESTION, STATUS, row)
    type_into(page, table, position, title)
    settled(page)


def type_into(page, table, position, text):
    """Give a cell the focus, open it, type, and leave it with Enter."""
    open_cell(page, table, position)
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def open_cell(page, table, position):
    """Give a cell the focus and open it."""
    table.click(position=position)
    expect(table.locator('[role="gridcell"][aria-selected="true"]')).to_have_count(1)
    table.dblclick(position=position)
    expect(page.locator("#portal").locator("input, textarea").first).to_be_focused()


def test_a_status_changed_on_sheets_moves_coverage_and_is_kept(visit, tracker):
    page = visit("/sheets", sheet="Behavioral")
    choose_status(page, 1, "Done")
    expect(page.get_by_text("171 questions, 1 done")).to_be_visible()
    assert tracker.state("L-01").status == "done"

    page.get_by_role("link", name="Coverage").click()
    expect(page.get_by_text("1 of 171 done")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 of 171 done")).to_be_visible()
    expect(page.locator("text", has_text="1 of 15 · 7%")).to_be_visible()


def test_edits_stay_with_their_rows_when_a_filter_takes_one_away(visit, tracker):
    page = visit("/sheets", sheet="Behavioral", status="To do")
    choose_status(page, 1, "Done")
    expect(page.get_by_text("170 questions, 0 done")).to_be_visible()
    choose_status(page, 1, "Drafted")
    expect(page.get_by_text("169 questions, 0 done")).to_be_visible()
    states = [tracker.state(question_id).status for question_id in ("L-01", "L-02", "L-03")]
    assert states == ["done", "drafted", "todo"]


def test_in_a_sorted_table_the_row_that_is_seen_is_meant(visit, db, tracker):
    found = questions.find(db, {"sheet": ["behavioral"]}, "team")
    first = min(found, key=lambda question: question.title)
    first_by_title = first.id
    assert first_by_title != found[0].id

    page = visit("/sheets", sheet="Behavioral", q="team")
    sort_by_question(page, first.title)
    choose_status(page, 1, "Done")
    expect(page.get_by_text(", 1 done")).to_be_visible()
    assert tracker.state(first_by_title).status == "done"

    page.reload()
    settled(page)
    sort_by_question(page, first.title)
    table, position = cell(page, TICK, ID, 1)
    table.click(position=position)
    expect(page).to_have_url(re.compile(f"id={first_by_title}"))


def test_a_click_on_a_question_that_a_table_led_to_stays_there(visit, tracker):
    page = visit("/sheets", sheet="Behavioral")
    table, position = cell(page, TICK, ID, 1)
    table.click(position=position)
    question = page.get_by_role("heading", name=re.compile("^Tell me about a time you led"))
    expect(question).to_be_visible()
    settled(page).get_by_role("radio", name="Done").click()
    eventually(lambda: tracker.state("L-01").status == "done")
    settled(page).get_by_role("radio", name="Details").click()
    settled(page).get_by_text("Star", exact=True).click()
    eventually(lambda: tracker.state("L-01").starred)
    expect(settled(page).get_by_role("radio", name="Done")).to_be_checked()
    expect(question).to_be_visible()
    expect(page).to_have_url(re.compile(r"/question\?id=L-01&from=sheets.*&view=details$"))


def sort_by_question(page, first_title):
    """Sort the table by its questions; `first_title` is then the first."""
    table, header = cell(page, TICK + ID, QUESTION, 0.5)
    first = table.get_by_test_id("glide-cell-2-0")
    expect(first).not_to_be_empty()
    table.click(position=header)
    expect(first).to_have_text(first_title)


def test_ticked_rows_change_together_and_undo_takes_all_back(visit, tracker):
    page = visit("/sheets", sheet="Behavioral")
    for row in (1, 2, 3):
        table, position = cell(page, 0, TICK, row)
        table.click(position=position)
        expect(page.get_by_text(f"{row} ticked")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("171 questions, 3 done")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("171 questions, 0 done")).to_be_visible()
    assert tracker.state("L-03").status == "todo"


def test_a_refused_edit_says_why_and_shows_what_is_kept(visit, tracker):
    tracker.edit({"L-01": {"personal_notes": "short"}})
    page = visit("/sheets", sheet="Behavioral", width=1900)
    before = TICK + ID + QUESTION + STATUS + STAR + CONFIDENCE + 3 * DATE
    table, position = cell(page, before, NOTES, 1)
    open_cell(page, table, position)
    page.keyboard.insert_text("too long " * 1200)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text("notes hold at most 10,000 characters")
    assert tracker.state("L-01").personal_notes == "short"


def test_what_follows_from_a_status_is_drawn_without_another_click(visit, tracker):
    page = visit("/question", id="L-01", view="details")
    page.get_by_role("radio", name="Done").click()
    expect(page.locator(".st-key-done_on-L-01")).to_be_visible()
    expect(page.get_by_text("status: to do → done")).to_be_visible()
    page.get_by_role("radio", name="To do").click()
    expect(page.locator(".st-key-done_on-L-01")).to_have_count(0)
    expect(page.get_by_text("status: done → to do")).to_be_visible()


def test_a_row_opens_its_question_at_its_article(visit):
    page = visit("/sheets", sheet="System design")
    table, position = cell(page, TICK, ID, 1)
    table.click(position=position)
    expect(page.get_by_role("heading", name="URL Shortener (bit.ly)")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/question\?id=SD-001"))
    expect(page.get_by_role("heading", name="1. Hook")).to_be_visible()


def test_the_way_back_leads_to_exactly_the_list_one_came_from(visit):
    page = visit("/sheets", sheet="System design", status="To do")
    table, position = cell(page, TICK, ID, 2)
    table.click(position=position)
    expect(page.get_by_text("2 of 120")).to_be_visible()
    settled(page).get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_text("3 of 120")).to_be_visible()
    settled(page).get_by_test_id("stMain").get_by_role("link", name="Sheets").click()
    expect(page).to_have_url(re.compile(r"/sheets\?sheet=System\+design&status=To\+do"))


def test_a_deep_link_with_filters_opens_filtered_even_as_the_first_visit(visit_after_start):
    page = visit_after_start("/sheets", sheet="Behavioral", level="DIR", difficulty="High")
    expect(page.get_by_text("26 questions, 0 done")).to_be_visible()
    expect(page.get_by_role("link", name="Timeline")).to_be_visible()


def test_filters_are_written_into_the_address(visit):
    page = visit("/sheets")
    page.get_by_text("System design", exact=True).click()
    page.get_by_text("Starred", exact=True).click()
    expect(page.get_by_text("No question matches")).to_be_visible()
    expect(page).to_have_url(re.compile(r"sheet=System(\+|%20)design.*starred=true"))
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_text("291 questions")).to_be_visible()


def test_a_click_on_a_category_opens_the_sheet_filtered_to_it(visit):
    page = visit("/coverage")
    bars = page.locator(".stVegaLiteChart").first
    bars.click(position={"x": 200, "y": 38 * 1.5})  # the second row
    expect(page.get_by_text("11 questions, 0 done")).to_be_visible()
    expect(page).to_have_url(re.compile("category=Fintech"))


def test_a_start_date_moves_the_timeline_and_is_remembered(visit):
    page = visit("/timeline")
    months = page.locator(".stVegaLiteChart").first.locator("text", has_text="Jun 2030")
    expect(months).to_have_count(0)
    expect(page.get_by_text("No start is set yet")).to_be_visible()
    page.get_by_text("Plan settings").click()
    page.get_by_role("spinbutton", name="year, Start").click()
    page.keyboard.type("20300107")
    page.get_by_role("heading", name="Timeline").click()
    expect(page.get_by_text("The plan ends on 29 Jul 2030")).to_be_visible()
    expect(months).to_be_visible()
    page.reload()
    expect(page.get_by_text("The plan ends on 29 Jul 2030")).to_be_visible()


def test_two_tabs_see_each_others_changes(visit, tracker):
    first, second = (
        visit("/sheets", sheet="Behavioral"),
        visit("/question", id="L-01", view="details"),
    )
    choose_status(first, 1, "Done")
    settled(first)
    second.reload()
    settled(second)
    second.get_by_role("radio", name="Drafted").click()
    settled(second)
    first.get_by_text("Article published").click()
    expect(first.get_by_text("7 questions, 0 done")).to_be_visible()
    assert tracker.state("L-01").status == "drafted"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_have_their_colours(visit, theme):
    page = visit("/coverage", theme=theme)
    background = page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    assert background == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 19, 27)"}[theme]
    fills = page.locator(".stVegaLiteChart path").evaluate_all(
        "paths => paths.map(path => path.getAttribute('fill'))"
    )
    assert {"light": "#dfdee6", "dark": "#3a3846"}[theme] in fills


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(visit, half_done, path):
    page = visit(path, width=390, height=844)
    for selector in ("html", '[data-testid="stMain"]'):
        box = page.locator(selector).first
        assert box.evaluate("e => e.scrollWidth <= e.clientWidth"), selector


def test_the_day_is_the_browsers_own(browser, server, db, clock):
    far_east = new_context(browser, timezone_id="Pacific/Kiritimati")
    far_west = new_context(browser, timezone_id="Pacific/Niue")
    for context, question_id in ((far_east, "L-01"), (far_west, "L-02")):
        page = context.new_page()
        page.goto(f"{server}/question?id={question_id}")
        settled(page)
        page.get_by_role("radio", name="Done").click()
        settled(page)
        context.close()
    tracker = Tracker(db, clock)
    east, west = (tracker.state(question_id).done_on for question_id in ("L-01", "L-02"))
    assert east > west  # the two places are 25 hours apart


def test_undo_and_redo_follow_a_click_in_a_part_of_the_page(visit, tracker):
    """A status is a fragment of its own: what stands in the sidebar must not fall behind it."""
    page = visit("/question", id="L-01", view="details")
    sidebar = page.get_by_test_id("stSidebar")
    undo = sidebar.get_by_role("button", name="Undo")
    redo = sidebar.get_by_role("button", name="Redo")

    def named(button):
        button.hover()
        return page.get_by_test_id("stTooltipContent")

    for status in ("In progress", "Done"):
        page.get_by_test_id("stMain").get_by_role("radio", name=status).click()
        settled(page)
        expect(named(undo)).to_have_text(f"Takes back: L-01: status → {status.lower()}")
        expect(redo).to_have_count(0)
        page.mouse.move(700, 10)
    undo.click()
    settled(page)
    expect(named(redo)).to_have_text("Brings back: L-01: status → done")
    assert tracker.state("L-01").status == "in_progress"
    main = page.get_by_test_id("stMain")
    expect(main.get_by_role("radio", name="In progress")).to_be_checked()
    redo.click()
    expect(main.get_by_role("radio", name="Done")).to_be_checked()
    expect(redo).to_have_count(0)
    assert tracker.state("L-01").status == "done"
    undo.click()
    expect(redo).to_be_visible()
    settled(page)
    main.get_by_role("radio", name="Drafted").click()
    expect(redo).to_have_count(0)
