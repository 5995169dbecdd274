"""The hour, as a person goes through it: from the first visit to the next day's reviews."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from prep.clock import Clock
from prep.planning import daily_session, plan_status
from prep.practice import answers
from prep.progress import settings, time_spent
from prep.progress.tracker import Tracker
from prep.store.database import open_database

from .conftest import eventually, press, settled, slowed
from .test_scope import type_day

pytestmark = pytest.mark.usefixtures("one_day")
WIDTHS = [1440, 390]
READ_FIRST, ANSWER_FIRST = "SD-001", "L-01"  # the first day of a plan by the sheets' weeks


def state(db_path, question_id):
    with open_database(db_path) as db:
        return Tracker(db, Clock()).state(question_id)


def answer(db_path, question_id):
    with open_database(db_path) as db:
        return answers.typed(db, question_id)


def a_day_passes(db_path):
    """Put all that was done a day back: what was done today was done yesterday."""
    with open_database(db_path) as db:
        for table in ("progress", "attempt_question"):
            for day in ("started_on", "drafted_on", "done_on"):
                if day in {column.name for column in db[table].columns}:
                    db.execute(f"UPDATE {table} SET {day} = date({day}, '-1 day')")
        db.execute("DELETE FROM session_question")
        db.execute("DELETE FROM session")
        db.commit()
    with open_database(db_path) as db:
        yesterday = Clock().today() - timedelta(days=1)
        texts = {"start_on": yesterday.isoformat(), "study_days": "mon-sun"}
        settings.change(db, Clock(), texts)


def button(page, name, **how):
    return settled(page).get_by_role("button", name=name, **how)


def write(page, text):
    area = settled(page).get_by_role("textbox", name="Your answer")
    area.fill(text)
    return area


def finish(page, key):
    button(page, "Done, next").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    settled(page).keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.fixture
def today_of_two(db):
    """A plan whose day is two questions: one system design, one behavioral."""
    texts = {"start_on": Clock().today().isoformat(), "pace": "2", "study_days": "mon-sun"}
    settings.change(db, Clock(), texts)
    return [item.id for item in plan_status.load(db, Clock().today()).on(Clock().today())]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_hour_is_one_path(visit, db_path, width):
    page = visit("/", width=width)

    # The first visit: a date, an hour a day, a plan that fits.
    type_day(page, "Interview date", Clock().today() + timedelta(weeks=8))
    expect(page.get_by_text("fit in your")).to_be_visible()
    button(page, "Use this plan").click()
    expect(page.get_by_text("in your plan, and no record yet")).to_be_visible()

    # Begin leads to the first question, at its article.
    button(page, "Begin").click()
    expect(page.get_by_role("heading", name="URL Shortener")).to_be_visible()
    first = question_of(page)
    assert state(db_path, first).status == "in_progress"

    # The article's end leads to the answer, which is kept while it is typed.
    button(page, "Read. Now write the answer").click()
    write(page, "Hash the address, keep it in a table.")
    eventually(lambda: answer(db_path, first) == "Hash the address, keep it in a table.")

    # Done asks for one key, and goes on.
    while page.url.find("/question") > 0:
        now = question_of(page)
        finish(page, "4")
        page.wait_for_function("id => !location.search.includes(`id=${id}&`)", arg=now)
        assert state(db_path, now).status == "done"
        assert state(db_path, now).confidence == 4
        settled(page)
    assert answer(db_path, first) == "Hash the address, keep it in a table."

    # The summary.
    expect(page.get_by_text("That is all for today.")).to_be_visible()
    expect(page.get_by_role("heading", name="Session")).to_be_visible()

    # The next day begins with what was done.
    a_day_passes(db_path)
    settled(page).get_by_test_id("stMain").get_by_role("link", name="Today", exact=True).click()
    button(page, "Begin").click()
    expect(page.get_by_text("Say your answer aloud, then look.").first).to_be_visible()
    press(page, "Space", page.get_by_role("button", name="Good"))


def question_of(page):
    settled(page)
    return page.evaluate("new URLSearchParams(location.search).get('id')")


def test_the_hour_is_one_path_for_the_keyboard_too(visit, db_path):
    page = visit("/")
    dialog, key = page.get_by_role("dialog"), page.keyboard

    # The first visit, without a date.
    tab_to(page, "Use this plan")
    key.press("Enter")
    expect(page.get_by_text("in your plan, and no record yet")).to_be_visible()

    # Begin, the article, the answer.
    press(page, "b", page.get_by_role("button", name="Read. Now write the answer"))
    first = question_of(page)
    tab_to(page, "Read. Now write the answer")
    key.press("Enter")
    expect(page.get_by_role("textbox", name="Your answer")).to_be_visible()
    tab_to(settled(page), "Your answer")
    key.type("Typed, 1 to 5 and all.")

    # Done, and a key from 1 to 5, until nothing is left.
    finished = []
    while "/question" in page.url:
        finished.append(question_of(page))
        press(page, "Alt+Enter", dialog)
        press_away(page, "5", dialog)
        page.wait_for_function("id => !location.search.includes(`id=${id}&`)", arg=finished[-1])
    expect(page.get_by_role("heading", name="Session")).to_be_visible()
    found = [state(db_path, question_id) for question_id in finished]
    assert [(f.status, f.confidence) for f in found] == [("done", 5)] * len(finished)
    assert answer(db_path, first) == "Typed, 1 to 5 and all."

    # The next day's reviews.
    a_day_passes(db_path)
    tab_to(page, "Today", '[data-testid="stMain"] *')
    key.press("Enter")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    press(page, "b", page.get_by_role("button", name="Reveal"))
    press(page, "Space", page.get_by_role("button", name="Good"))
    press(page, "3", page.get_by_text("1 of 3 done for today").first)


def tab_to(page, name, where="*"):
    """Press Tab until what has the focus is called this."""
    called = """
        ([name, where]) => {
            let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            const said = at?.getAttribute("aria-label") ?? at?.innerText ?? "";
            return at?.matches("a, button, textarea") && said.includes(name)
                && document.activeElement.matches(where);
        }
    """

    def has_come():
        page.keyboard.press("Tab")
        return page.evaluate(called, [name, where])

    settled(page)
    eventually(has_come)


def press_away(page, key, shown):
    """Press a key until what is shown goes away."""

    def goes():
        settled(page).keyboard.press(key)
        page.wait_for_timeout(500)
        return settled(page) and not shown.is_visible()

    eventually(goes)


@pytest.mark.parametrize("slower", [1, 6])
def test_a_session_is_left_and_taken_up_again(visit, today_of_two, db_path, slower):
    page = slowed(visit("/"), slower)
    button(page, "Begin").click()
    expect(page.get_by_role("button", name="Done, next")).to_be_visible()
    settled(page).reload()
    assert question_of(page) == today_of_two[0]
    settled(page).get_by_role("link", name="Coverage").click()
    line = page.locator(".st-key-runs-session")
    expect(line.get_by_text("0 of 2 questions done")).to_be_visible()
    line.get_by_role("link", name="Go on").click()
    assert question_of(page) == today_of_two[0]
    button(page, "Later today").click()
    page.wait_for_url(f"**id={today_of_two[1]}*")
    with open_database(db_path) as db:
        session = daily_session.running(db, Clock())
    assert list(session.questions) == today_of_two[::-1]


def test_the_time_runs_while_the_page_is_in_use(visit, today_of_two, db_path):
    page = visit(f"/question?id={READ_FIRST}&view=answer")
    timer = page.get_by_role("timer", name="Time spent today")
    expect(timer).to_have_text("0:02")
    eventually(lambda: seconds(db_path) >= 20)
    hide(page)
    expect(page.get_by_text("paused")).to_be_visible()
    shown = timer.inner_text()
    page.wait_for_timeout(2500)
    assert timer.inner_text() == shown


def hide(page):
    """Have the page think that its tab went out of sight."""
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))"
    )


def seconds(db_path):
    with open_database(db_path) as db:
        return time_spent.seconds_on(db, READ_FIRST, Clock().today())


@pytest.mark.parametrize("leads_on", ["menu", "search"])
def test_on_a_phone_the_menu_closes_once_it_led_somewhere(visit, leads_on):
    page = visit("/", width=390)
    menu = page.get_by_test_id("stSidebar")
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(menu).to_be_in_viewport()
    if leads_on == "menu":
        menu.get_by_role("link", name="Coverage").click()
    else:
        menu.get_by_role("button", name="Search").click()
        dialog = settled(page).get_by_role("dialog")
        dialog.get_by_placeholder("Search questions").fill("retry")
        expect(dialog.get_by_role("link").first).to_be_visible()
        settled(page)
        dialog.get_by_role("link").first.click()
    expect(menu).not_to_be_in_viewport()
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()


def test_beside_the_page_the_menu_stays(visit):
    page = visit("/")
    menu = page.get_by_test_id("stSidebar")
    menu.get_by_role("link", name="Coverage").click()
    expect(page.get_by_role("heading", name="Coverage")).to_be_visible()
    settled(page)
    expect(menu).to_be_in_viewport()


def test_the_foot_is_in_reach_wherever_the_article_is_scrolled(visit, today_of_two):
    page = visit(f"/question?id={READ_FIRST}&view=read", width=390, height=844)
    foot = page.locator(".st-key-foot")
    for place in (0, 3000, 100_000):
        page.get_by_test_id("stMain").evaluate("(e, y) => e.scrollTo({ top: y })", place)
        expect(foot.get_by_role("button", name="Done, next")).to_be_in_viewport(ratio=1)
        expect(foot.get_by_role("button", name="Next", exact=True)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("view", ["read", "answer", "details"])
def test_the_foot_follows_a_status_that_is_clicked_above(visit, today_of_two, tracker, view):
    page = visit(f"/question?id={READ_FIRST}&from=today&view={view}")
    settled(page).get_by_role("radio", name="Done").click()
    expect(page.get_by_role("button", name="Go on", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Done, next")).to_have_count(0)
    settled(page).get_by_role("radio", name="Drafted").click()
    expect(page.get_by_role("button", name="Done, next")).to_be_visible()
    expect(page.get_by_text("Cleared: done")).to_be_visible()


def test_a_status_clicked_while_one_writes_takes_no_letter(visit, today_of_two, db_path):
    page = visit(f"/question?id={ANSWER_FIRST}&from=today&view=answer")
    area = settled(page).get_by_role("textbox", name="Your answer")
    area.press_sequentially("Said aloud")
    page.get_by_role("radio", name="Done").click()
    area.press_sequentially(", in one line")
    eventually(lambda: answer(db_path, ANSWER_FIRST) == "Said aloud, in one line")
    expect(area).to_have_value("Said aloud, in one line")
