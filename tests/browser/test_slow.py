"""A slow processor and a busy server: what is asked for comes into view, what was typed is kept."""

import os
import re
import signal
from contextlib import contextmanager, nullcontext
from dataclasses import asdict

import pytest
from playwright.sync_api import expect

from prep.content import importer, questions
from prep.content.sites.markdown_folder import Article
from prep.practice import answers, form_drafts, mock, past_attempts, stories
from prep.progress import passes, reading
from prep.store.database import open_database

from .conftest import (
    eventually,
    found_section,
    free_port,
    press,
    running,
    settled,
    slowed,
    visits_in,
    wait_until_answering,
)
from .test_journeys import ID, QUESTION, STATUS, TICK, cell, choose_status, open_cell

TIMES = 6
ARTICLE = "/notes/queues/"
TOPICS = ("Order", "Retries", "Dead Letters", "Back Pressure", "Replay", "Schema", "Cost", "Limits")
DIAGRAM = "```mermaid\nsequenceDiagram\n    Producer->>Queue: put\n    Queue->>Consumer: take\n```"
DIAGRAMS = '[data-testid="stMermaidChart"] img'
SIDEBAR = '[data-testid="stSidebar"]'
TYPED = "The last words count, too"


@pytest.fixture
def slow(visit):
    """Return a function that opens a path as `visit` does; from then on all is TIMES slower."""
    return lambda path, **query: slowed(visit(path, **query), TIMES)


# --- what is asked for comes into view, and stays there ---


@pytest.fixture(autouse=True)
def article(db, clock):
    """An article whose first sections hold diagrams: these move the others when they are drawn."""
    sections = [
        f"## {number}. {topic}\n\n{DIAGRAM if number < 3 else ''}\n\n{f'{topic} matters. ' * 120}"
        for number, topic in enumerate(TOPICS, 1)
    ]
    written = Article(ARTICLE, "Queues", "Notes", None, None, "\n\n".join(sections))
    importer.import_articles(db, [written], "notes", clock, retires=False)


def test_a_search_leads_to_the_section(slow):
    page = slow("/coverage")
    page.keyboard.press("Control+k")
    expect(page.get_by_placeholder("Search questions, articles")).to_be_focused()
    page.keyboard.type("back pressure matters")
    found_section(page, "4-back-pressure").click()
    heading = page.get_by_role("heading", name="4. Back Pressure")
    expect(heading).to_be_in_viewport()
    expect(page.locator(DIAGRAMS)).to_have_count(2)
    settled(page)
    expect(heading).to_be_in_viewport()


def test_a_section_found_again_comes_into_view_again(slow):
    page = slow("/read", article=ARTICLE, section="4-back-pressure")
    heading = page.get_by_role("heading", name="4. Back Pressure")
    expect(heading).to_be_in_viewport()
    page.get_by_test_id("stMain").hover()
    page.mouse.wheel(0, 9000)
    expect(heading).not_to_be_in_viewport()
    page.keyboard.press("Control+k")
    expect(page.get_by_placeholder("Search questions, articles")).to_be_focused()
    page.keyboard.type("back pressure matters")
    found_section(page, "4-back-pressure").click()
    expect(page).to_have_url(re.compile("section=4-back-pressure"))
    expect(heading).to_be_in_viewport()


def test_links_and_contents_lead_to_a_heading_while_diagrams_are_still_drawn(slow):
    page = slow("/data")
    page.goto(page.url.replace("/data", f"/read?article={ARTICLE}#7-cost"))
    page.locator(f'{SIDEBAR} a[href="#4-back-pressure"]').click()
    heading = page.get_by_role("heading", name="4. Back Pressure")
    expect(heading).to_be_in_viewport()
    expect(page.locator(DIAGRAMS)).to_have_count(2)
    settled(page)
    expect(heading).to_be_in_viewport()


def test_a_link_to_a_heading_opens_there(slow):
    page = slow("/data")
    anchor = "#4-back-pressure"
    page.goto(page.url.replace("/data", f"/read?article={ARTICLE}{anchor}"))
    expect(page.locator(DIAGRAMS)).to_have_count(2)
    settled(page)
    expect(page.get_by_role("heading", name="4. Back Pressure")).to_be_in_viewport()


# --- a text beside a button is there before the button's act is done ---


def start_mock(page):
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("timer")).to_be_visible()
    settled(page)


def test_notes_of_a_question_and_its_status(slow, tracker):
    page = slow("/question", id="L-01", view="details")
    page.get_by_role("textbox", name="My notes").fill(TYPED)
    page.get_by_role("radio", name="Done").click()
    settled(page)
    state = tracker.state("L-01")
    assert (state.personal_notes, state.status) == (TYPED, "done")


def test_notes_of_a_section_and_mark_as_read(slow, db):
    page = slow("/read", article=ARTICLE, notes="true")
    page.get_by_role("textbox", name="My note on this section").first.fill(TYPED)
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("button", name="Mark as unread")).to_be_visible()
    assert list(reading.section_notes(db, ARTICLE).values()) == [TYPED]


@pytest.mark.parametrize("button", ["Pause", "Finish and score"])
def test_notes_of_a_mock_interview(slow, db, button):
    page = slow("/mock", sheet="Behavioral", category="Leadership")
    start_mock(page)
    page.get_by_role("textbox", name="Notes").fill(TYPED)
    page.get_by_role("button", name=button).click()
    settled(page)
    assert list(mock.running(db).notes.values()) == [TYPED]


def test_notes_and_keep_the_result(slow, db):
    page = slow("/mock", sheet="Behavioral", category="Leadership")
    start_mock(page)
    page.get_by_role("button", name="Finish and score").click()
    expect(page.get_by_role("button", name="Keep the result")).to_be_visible()
    page.get_by_role("radio", name="Good").click()
    page.get_by_role("textbox", name="Notes").fill(TYPED)
    page.get_by_role("button", name="Keep the result").click()
    expect(page.get_by_text("1 interview, 1 answer.")).to_be_visible()
    assert past_attempts.list_answers(db)[0].notes == TYPED


@pytest.mark.parametrize("save", ["click", "key"])
def test_an_answer_and_save(slow, db, save):
    page = slow("/answer", id="SD-001")
    area = page.get_by_role("textbox", name="Your answer")
    area.press_sequentially(TYPED)
    if save == "click":
        page.get_by_role("button", name="Save").click()
    else:
        area.press("Control+s")
    expect(page.get_by_text("· saved")).to_be_visible()
    assert answers.get(db, "SD-001") == TYPED


def test_a_story_and_save(slow, db):
    page = slow("/stories")
    page.get_by_role("textbox", name="Title").fill("The migration")
    page.get_by_role("textbox", name="Situation").fill(TYPED)
    page.get_by_role("button", name="Save story").click()
    eventually(lambda: [story.situation for story in stories.list_stories(db)] == [TYPED])


def test_a_question_of_ones_own_and_add(slow, db):
    page = slow("/sheets")
    page.get_by_role("button", name="Add a question").click()
    page.get_by_role("textbox", name="What is asked").fill("Why us?")
    page.get_by_role("textbox", name="Notes on the question").fill(TYPED)
    page.get_by_role("button", name="Add", exact=True).last.click()
    eventually(lambda: [row.notes for row in questions.find(db, {}, "Why us?")] == [TYPED])


def test_the_name_of_a_pass_and_start(slow, half_done):
    page = slow("/coverage")
    page.get_by_role("button", name="Start a new pass").click()
    page.get_by_role("textbox", name="Name of the pass").fill(TYPED)
    page.get_by_role("button", name="Start", exact=True).click()
    eventually(lambda: [one.title for one in passes.list_passes(half_done)] == [TYPED])


def test_the_angle_of_a_story_and_link(slow, db, clock):
    story_id = stories.save(db, clock, {"title": "The migration"})
    page = slow("/question", id="L-01", view="stories")
    page.get_by_role("button", name="Link a story").click()
    page.get_by_role("textbox", name="Angle").fill(TYPED)
    page.get_by_role("button", name="Link it").click()
    eventually(
        lambda: [(link.story_id, link.angle) for link in stories.links(db)] == [(story_id, TYPED)]
    )


def test_a_review_goes_by_keyboard(slow, db, tracker):
    tracker.set_status(["L-08", "L-09"], "done")
    page = slow("/review")
    press(page, "Space", page.get_by_role("button", name="Again"))
    press(page, "4", page.get_by_role("button", name="Reveal"))
    ratings = "SELECT rating FROM review WHERE NOT removed"
    eventually(lambda: db.execute(ratings).fetchall() == [(4,)])


# --- acts that reach a busy server together are all done ---


@pytest.fixture(scope="module")
def holdable(shared_path):
    """A second server of the shared database: its address, and what holds it while it is open."""
    port = free_port()
    options = ["-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with running(options, {"PREP_DB": str(shared_path)}) as process:
        wait_until_answering(f"http://localhost:{port}/_stcore/health")

        @contextmanager
        def held():
            os.kill(process.pid, signal.SIGSTOP)
            try:
                yield
            finally:
                os.kill(process.pid, signal.SIGCONT)

        yield f"http://localhost:{port}", held


@pytest.fixture
def busy_server(tabs, db_path, holdable):
    """Yield a visit to a server that can be held, and what holds it."""
    address, held = holdable
    with tabs.lent() as take, visits_in(take, address) as visit:
        yield visit, held


def test_clicks_that_reach_the_server_together_are_all_done(busy_server, tracker):
    visit, held = busy_server
    page = visit("/question", id="L-01", view="details")
    for round_ in range(1, 3):
        with held():
            page.get_by_role("radio", name="Done").click()
            page.get_by_role("radio", name=str(round_), exact=True).click()
            page.get_by_text("Star", exact=True).click()
            page.get_by_role("textbox", name="My notes").fill(f"{TYPED} {round_}")
            page.get_by_role("textbox", name="My notes").blur()
        written = {
            "status": "done",
            "confidence": round_,
            "starred": round_ % 2,
            "personal_notes": f"{TYPED} {round_}",
        }
        eventually(lambda written=written: written.items() <= asdict(tracker.state("L-01")).items())
        page.reload()  # several runs may follow one another yet: the next round begins anew
        settled(page)


@pytest.mark.parametrize("leave", ["Coverage", "Today"])
def test_what_is_typed_right_before_a_page_is_left_is_kept(busy_server, tracker, leave):
    visit, held = busy_server
    page = visit("/question", id="L-01", view="details")
    with held():
        page.get_by_role("radio", name="Done").click()
        page.get_by_role("textbox", name="My notes").fill(TYPED)
        page.get_by_test_id("stSidebar").get_by_role("link", name=leave).click()
    written = {"status": "done", "personal_notes": TYPED}
    eventually(lambda: written.items() <= asdict(tracker.state("L-01")).items())
    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_a_form_that_is_left_while_one_types_keeps_all_of_it(busy_server, db):
    visit, held = busy_server
    page = visit("/stories")
    with held():
        page.get_by_role("textbox", name="Title").fill("The migration")
        page.get_by_role("textbox", name="Action").fill(TYPED)
        page.get_by_test_id("stSidebar").get_by_role("link", name="Coverage").click()
    draft = {"title": "The migration", "action": TYPED}
    eventually(lambda: form_drafts.get(db, form_drafts.NEW_STORY) == draft)


def close(page):
    with page.expect_event("close"):
        page.close(run_before_unload=True)


GOES = {
    "closed": close,
    "loaded anew": lambda page: page.evaluate("location.reload()"),
    "elsewhere": lambda page: page.goto("about:blank"),
}


@pytest.mark.parametrize(
    ("goes", "is_busy"), [("closed", True), ("loaded anew", False), ("elsewhere", False)]
)
def test_what_is_typed_and_clicked_right_before_a_tab_goes_is_kept(
    busy_server, tracker, goes, is_busy
):
    visit, held = busy_server
    page = visit("/question", id="L-01", view="details")
    page.context.new_page()  # the browser stays open
    with held() if is_busy else nullcontext():
        page.get_by_role("radio", name="Done").click()
        page.get_by_role("textbox", name="My notes").fill(TYPED)
        GOES[goes](page)
    written = {"status": "done", "personal_notes": TYPED}
    eventually(lambda: written.items() <= asdict(tracker.state("L-01")).items())


def test_what_is_typed_right_before_a_tab_is_closed_is_kept(visit, db):
    context = visit("/stories").context
    page = context.pages[0]
    page.get_by_role("textbox", name="Action").fill(TYPED)
    page.get_by_role("textbox", name="Title").fill("The migration")
    writing = context.new_page()
    visit.open(writing, "/answer", id="L-02")
    writing.get_by_role("textbox", name="Your answer").fill(TYPED)
    for tab in (writing, page):
        close(tab)
    eventually(lambda: answers.draft(db, "L-02") == TYPED)
    draft = {"title": "The migration", "action": TYPED}
    eventually(lambda: form_drafts.get(db, form_drafts.NEW_STORY) == draft)


def test_a_text_that_comes_after_another_page_was_opened_leaves_that_one_there(busy_server):
    visit, held = busy_server
    page = visit("/question", id="L-01", view="details")
    with held():
        page.get_by_role("textbox", name="My notes").press_sequentially(TYPED)
        page.evaluate(
            "document.querySelector('a[href$=\"/coverage\"]').click();document.activeElement.blur()"
        )
    expect(page.get_by_role("heading", name="Coverage", exact=True)).to_be_visible()
    settled(page)
    expect(page.get_by_role("heading", name="Coverage", exact=True)).to_be_visible()


def test_a_table_that_speaks_up_after_another_page_was_opened_leaves_that_one_there(busy_server):
    visit, held = busy_server
    page = visit("/sheets", sheet="Behavioral")
    choose_status(page, 1, "Done")
    expect(page.get_by_text("171 questions, 1 done")).to_be_visible()
    open_cell(settled(page), *cell(page, TICK + ID + QUESTION, STATUS, 2))
    with held():
        page.keyboard.type("Drafted")
        page.keyboard.press("Tab")
        page.get_by_test_id("stSidebar").get_by_role("link", name="Coverage").click()
        page.wait_for_timeout(1000)  # until the table has said so
    expect(page.get_by_role("heading", name="Coverage", exact=True)).to_be_visible()
    settled(page)
    expect(page.get_by_role("heading", name="Coverage", exact=True)).to_be_visible()


def test_a_text_that_was_handed_over_while_the_server_was_busy_is_kept(busy_server, db_path):
    visit, held = busy_server
    page = visit("/mock", sheet="Behavioral", category="Leadership")
    start_mock(page)
    page.get_by_role("button", name="Finish and score").click()
    expect(page.get_by_role("button", name="Keep the result")).to_be_visible()
    settled(page)
    with held():
        page.get_by_role("radio", name="Good").click()
        page.get_by_role("textbox", name="Notes").fill(TYPED)
        page.get_by_role("textbox", name="Notes").press("Control+Enter")
        page.get_by_role("button", name="Keep the result").click()
    expect(page.get_by_text("1 interview, 1 answer.")).to_be_visible()
    with open_database(db_path) as db:
        assert [(a.rating, a.notes) for a in past_attempts.list_answers(db)] == [(3, TYPED)]
