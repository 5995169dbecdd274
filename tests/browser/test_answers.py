"""Writing an answer in a real browser."""

import pytest
from playwright.sync_api import expect

from prep.clock import Clock
from prep.content import questions
from prep.practice import answer_outline, answers
from prep.progress import time_spent

from .conftest import ROOT, eventually, new_context, settled

SCRIPT = ROOT / "prep" / "ui" / "static" / "editor.js"

DIAGRAM = "## Deep dive\n\nWords.\n\n```mermaid\nflowchart LR\n  a --> b\n```\n"


def editor(page):
    area = page.get_by_role("textbox", name="Your answer")
    expect(area).to_be_visible()
    return area


def choose_revision(page, place):
    """Choose a revision by keyboard: where a click comes while the list opens, it closes it."""
    box = settled(page).get_by_role("combobox", name="Revision")
    box.press("ArrowDown")
    page.get_by_role("option").nth(place).click()


def test_an_answer_is_written_kept_through_a_reload_saved_and_restored(visit, db, tracker):
    page = visit("/answer", id="SD-001")
    page.get_by_role("button", name="Start with an outline").click()
    outline = answer_outline.template(questions.get(db, "SD-001"), "EM+DIR")
    expect(editor(page)).to_have_value(outline)
    expect(page.get_by_text("Next: Requirements")).to_be_visible()
    expect(page.get_by_text("0 words")).to_be_visible()
    assert page.locator(".st-key-preview").get_by_role("heading").count() == 0

    editor(page).fill(DIAGRAM)
    expect(page.get_by_test_id("stMermaidChart").locator("img")).to_be_visible()
    expect(page.get_by_text("draft kept, not saved")).to_be_visible()
    page.reload()
    settled(page)
    expect(editor(page)).to_have_value(DIAGRAM)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("· saved")).to_be_visible()
    assert answers.get(db, "SD-001") == DIAGRAM
    assert tracker.state("SD-001").status == "drafted"

    editor(page).fill("Something quite different")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Revisions (2)").click()
    choose_revision(page, 1)
    expect(page.get_by_text("+Something quite different")).to_be_visible()
    page.get_by_role("button", name="Restore this revision").click()
    expect(editor(page)).to_have_value(DIAGRAM)
    assert answers.get(db, "SD-001") == DIAGRAM
    assert len(answers.revisions(db, "SD-001")) == 3


def test_typing_is_not_disturbed_by_the_preview(visit, db):
    page = visit("/answer", id="L-02")
    area = editor(page)
    area.click()
    text = "The quick brown fox jumps over the lazy dog, twice and then once more."
    area.press_sequentially(text, delay=35)
    expect(page.locator(".st-key-preview")).to_contain_text(text)
    expect(area).to_have_value(text)
    expect(area).to_be_focused()


def test_the_versions_for_two_levels_stand_side_by_side(visit):
    page = visit("/answer", id="L-02")
    page.get_by_role("button", name="Start with an outline").click()
    expect(editor(page)).not_to_have_value("")
    written = editor(page).input_value().replace("### Action\n", "### Action\n\nWords.\n")
    editor(page).fill(written)
    preview = page.locator(".st-key-preview")
    manager = preview.get_by_role("heading", name="Engineering manager")
    director = preview.get_by_role("heading", name="Director")
    expect(director).to_be_visible()
    assert manager.bounding_box()["y"] == director.bounding_box()["y"]
    assert preview.get_by_role("heading").count() == 4, "a level and its action, twice"


def test_the_preview_goes_along_where_a_long_answer_is_scrolled(visit, db, clock):
    answers.save(db, clock, "L-01", "".join(f"## Part {n}\n\nWords.\n\n" for n in range(60)))
    page = visit("/answer", id="L-01")
    last = page.get_by_role("heading", name="Part 59")
    expect(last).to_be_attached()
    expect(last).not_to_be_in_viewport()
    editor(page).evaluate("area => area.scrollTop = area.scrollHeight")
    expect(last).to_be_in_viewport()
    expect(editor(page)).to_be_in_viewport()


def test_the_time_of_writing_is_counted(visit_with_own_clock, db):
    page = visit_with_own_clock("/question", id="L-02", view="answer")
    page.clock.install()
    page.reload()
    settled(page)
    editor(page).fill("Words.")
    page.clock.run_for(21_000)
    eventually(lambda: time_spent.seconds_on(db, "L-02", Clock().today()) >= 20)
    assert set(time_spent.of_question(db, "L-02")) == {"answering"}


def test_a_draft_is_discarded_after_asking(visit, db, clock):
    answers.save(db, clock, "L-01", "kept")
    page = visit("/answer", id="L-01")
    editor(page).fill("typed by mistake")
    page.get_by_role("button", name="Discard draft").click()
    page.get_by_role("button", name="Discard it").click()
    expect(editor(page)).to_have_value("kept")
    assert answers.draft(db, "L-01") is None


def test_an_answer_is_shown_as_text_and_runs_nothing(visit, db, clock):
    answers.save(
        db,
        clock,
        "L-01",
        "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![p](http://example.com/p.png)",
    )
    for path in ("/answer", "/question"):
        page = visit(path, id="L-01")
        expect(page.get_by_text("<img src=x").first).to_be_attached()
        assert page.locator('a[href^="javascript:"]').count() == 0


def test_one_letter_in_an_old_tab_replaces_no_draft_of_another(visit, db, tracker):
    tracker.set_status("L-01", "drafted")
    old, new = visit("/answer", id="L-01"), visit("/answer", id="L-01")
    editor(new).fill("A long text that was written in the other tab.")
    eventually(lambda: answers.draft(db, "L-01"))
    editor(old).press_sequentially("x")
    conflict = old.locator(".st-key-conflict")
    expect(conflict).to_contain_text("A long text that was written in the other tab.")
    assert answers.draft(db, "L-01") == "A long text that was written in the other tab."
    expect(editor(old)).to_have_value("A long text that was written in the other tab.")

    # What goes on to be typed is typed into that; both stay until one of them is chosen.
    editor(old).press("End")
    editor(old).press_sequentially(" And more.")
    both = "A long text that was written in the other tab. And more."
    eventually(lambda: answers.draft(db, "L-01") == both)
    old.get_by_role("button", name="Save").click()
    eventually(lambda: answers.get(db, "L-01") == both)
    use_mine = conflict.get_by_role("button", name="Use mine")
    use_mine.click()
    expect(old.get_by_text("it was changed once more meanwhile")).to_be_visible()
    expect(conflict).to_contain_text(both)
    use_mine.click()
    expect(editor(old)).to_have_value("x")
    assert (answers.get(db, "L-01"), answers.draft(db, "L-01")) == (both, "x")


def test_save_in_an_old_tab_saves_and_drops_nothing_of_another(visit, db):
    old, new = visit("/answer", id="L-01"), visit("/answer", id="L-01")
    editor(new).fill("A long text")
    eventually(lambda: answers.draft(db, "L-01"))
    editor(old).fill("short")
    editor(old).press("Control+s")
    expect(old.locator(".st-key-conflict")).to_contain_text("short")
    # What stands in the old tab by then is the long text: the key saves that, or nothing.
    assert answers.typed(db, "L-01") == "A long text"


def test_a_revision_is_restored_and_the_draft_is_a_revision_then(visit, db, clock):
    for text in ("one", "two"):
        answers.save(db, clock, "L-01", text)
    page = visit("/answer", id="L-01")
    editor(page).fill("a draft that was not saved")
    expect(page.get_by_text("draft kept, not saved")).to_be_visible()
    settled(page).get_by_text("Revisions (2)").click()
    settled(page)
    choose_revision(page, 1)
    page.get_by_role("button", name="Restore this revision").click()
    expect(editor(page)).to_have_value("one")
    bodies = [revision.body for revision in answers.revisions(db, "L-01")]
    assert bodies == ["one", "a draft that was not saved", "two", "one"]


def test_ctrl_s_saves_and_says_that_the_question_is_drafted_until_it_is_undone(visit, db, tracker):
    page = visit("/answer", id="L-01")
    editor(page).fill("My first answer.")
    editor(page).press("Control+s")
    expect(page.get_by_text("Saved. The question is now Drafted.")).to_be_visible()
    assert tracker.state("L-01").status == "drafted"
    settled(page).get_by_test_id("stMain").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("draft kept, not saved")).to_be_visible()
    expect(page.get_by_text("The question is now")).to_have_count(0)
    expect(editor(page)).to_have_value("My first answer.")
    assert tracker.state("L-01").status == "todo"
    assert (answers.get(db, "L-01"), answers.draft(db, "L-01")) == ("", "My first answer.")


@pytest.mark.parametrize("before", ["", "## Task\n\nMine.\n\n## Action\n\n"])
def test_typing_goes_on_over_the_save_that_drafts_a_question(visit, db, clock, before):
    answers.keep_draft(db, clock, "L-01", before)
    page = visit("/answer", id="L-01")
    area, more = editor(page), " And two, while the page is drawn anew around it."
    area.press("Control+End")
    area.press_sequentially("One.")
    area.press("Control+s")
    area.press_sequentially(more, delay=40)
    expect(page.get_by_text("Saved. The question is now Drafted.")).to_be_visible()
    expect(settled(page).get_by_role("textbox", name="Your answer")).to_have_value(
        f"{before}One.{more}"
    )
    expect(area).to_be_focused()
    eventually(lambda: answers.typed(db, "L-01") == f"{before}One.{more}")


@pytest.mark.parametrize(("width", "is_beside"), [(1440, True), (600, False), (390, False)])
def test_text_and_preview_fit_the_width_there_is(visit, db, clock, width, is_beside):
    answers.save(db, clock, "L-01", "## Task\n\n" + "Words that are long enough to wrap. " * 20)
    page = visit("/answer", id="L-01")
    page.set_viewport_size({"width": width, "height": 844})
    text, preview = editor(settled(page)), page.locator(".st-key-preview")
    eventually(lambda: is_right_of(preview, text) == is_beside)
    for part in (text, preview):
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["width"] > 300
    assert text.bounding_box()["height"] < 844
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def is_right_of(one, other):
    box, beside = one.bounding_box(), other.bounding_box()
    return box["x"] >= beside["x"] + beside["width"] and box["y"] < beside["y"] + beside["height"]


@pytest.mark.parametrize("by", ["click", "keyboard"])
def test_going_back_says_what_it_cleared_and_undo_brings_it_back(visit, db, tracker, by):
    tracker.set_status("L-01", "done")
    page = visit("/question", id="L-01")
    back = settled(page).get_by_role("radio", name="To do")
    if by == "click":
        back.click()
    else:
        back.focus()
        page.keyboard.press("Space")
    told = page.get_by_text("Cleared: done")
    expect(told).to_be_visible()
    assert tracker.state("L-01").done_on is None
    undo = settled(page).get_by_test_id("stMain").get_by_role("button", name="Undo")
    if by == "click":
        undo.click()
    else:
        undo.press("Enter")
    expect(told).to_have_count(0)
    eventually(lambda: tracker.state("L-01").status == "done")
    expect(page.get_by_role("radio", name="Done")).to_be_checked()


DRAWN_TWICE = """async (script) => {
  const draw = (await import("data:text/javascript," + encodeURIComponent(script))).default;
  const drawn = (text, version) => {
    const parentElement = document.createElement("div");
    parentElement.append(document.createElement("textarea"));
    draw({ data: { text, version }, parentElement, setStateValue() {}, setTriggerValue() {} });
    return parentElement.firstChild;
  };
  const area = drawn("kept", "L-01#1");
  area.value = "kept, and typed since";
  area.dispatchEvent(new Event("input"));
  return [drawn("kept", "L-01#1").value, drawn("another", "L-01#2").value];
}"""


def test_a_text_area_that_is_drawn_anew_has_what_was_typed_last(browser):
    context = new_context(browser)
    again, another = context.new_page().evaluate(DRAWN_TWICE, SCRIPT.read_text())
    context.close()
    assert (again, another) == ("kept, and typed since", "another")
