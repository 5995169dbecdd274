"""A click on a status against a click in the smallest Streamlit app, in one browser, turn by turn.

`python -m pytest tests/browser/test_speed.py -s` prints the figures.
"""

import time
from datetime import date, timedelta
from statistics import median

from prep import settings
from prep.clock import Clock
from prep.tracker import Tracker

from .conftest import ROOT, serving, settled

CLICKS = 6
# The goal is 1.5; a shared two-core machine is noisy, and this test is to catch a blow-up.
CATCHES_A_BLOW_UP = 2.5

# Clicks an element and gives the milliseconds until the page shows the text that must follow.
CLICK_AND_WAIT = """
([selector, text]) => new Promise((resolve, reject) => {
    const begin = performance.now();
    const shown = () => document.querySelector('[data-testid="stMain"]').innerText.includes(text);
    const watcher = new MutationObserver(() => {
        if (shown()) { watcher.disconnect(); resolve(performance.now() - begin); }
    });
    watcher.observe(document.body, {subtree: true, childList: true, characterData: true});
    setTimeout(() => reject(new Error('never showed ' + text)), 10000);
    document.querySelector(selector).click();
})
"""


def status_click(page, visit, tracker, turn):
    """Press Done on a card of Today; its line under "Changed lately" is the last thing drawn.

    The question is then moved to yesterday, so that the next turn finds as many cards.
    """
    question_id = f"SD-{turn + 1:03d}"
    visit.open(page, "/")
    page.wait_for_timeout(300)
    selector = f".st-key-done-{question_id} button"
    page.locator(selector).wait_for()
    said = f"{question_id}: status → done"
    milliseconds = page.evaluate(CLICK_AND_WAIT, [selector, said])
    settled(page)
    tracker.set_status(question_id, "done", on=date.today() - timedelta(days=1))
    return milliseconds


def question_click(page, visit, turn):
    """Press Done on a question's page; its line in the history is the last thing drawn."""
    number = turn + 1
    visit.open(page, "/question", id=f"L-{number:02d}")
    page.wait_for_timeout(300)
    done = f'.st-key-status-L-{number:02d} [role="radio"]:nth-of-type(4)'
    page.locator(done).wait_for()
    return page.evaluate(CLICK_AND_WAIT, [done, "status: to do → done"])


def floor_click(page, turn):
    milliseconds = page.evaluate(CLICK_AND_WAIT, ["button[kind=secondary]", f"clicked {turn + 1}"])
    settled(page)
    return milliseconds


def test_a_status_click_is_near_the_floor(browser, visit, db):
    texts = {"sheets": "system-design", "study_days": "mon-sun", "start_on": f"{date.today()}"}
    settings.change(db, Clock(), texts)
    tracker = Tracker(db, Clock())
    with serving(ROOT / "tests" / "bench" / "floor_app.py") as address:
        floor_page = browser.new_page()
        floor_page.goto(address)
        settled(floor_page)
        today, question = visit("/"), visit("/question", id="L-01")
        floor, on_today, on_question = [], [], []
        for turn in range(CLICKS):
            floor.append(floor_click(floor_page, turn))
            on_today.append(status_click(today, visit, tracker, turn))
            on_question.append(question_click(question, visit, turn))
        floor_page.close()
    print(f"\nclick to screen, median of {CLICKS}: floor {median(floor):.0f} ms")
    for name, ours in (("Today", on_today), ("Question", on_question)):
        ratio = median(ours) / median(floor)
        print(f"status on {name} {median(ours):.0f} ms, ratio {ratio:.2f}")
        assert ratio <= CATCHES_A_BLOW_UP


LONGEST = "/system-design/classic/whatsapp-chat-messaging/"
OPENINGS = 3


def milliseconds_to_open(page, address, diagrams):
    """Open an address and return the time until its last diagram and last words are there."""
    begin = time.perf_counter()
    page.goto(address)
    page.wait_for_function(
        """count => document.querySelectorAll('[data-testid="stMermaidChart"] img').length === count
            && document.querySelector('[data-testid="stApp"]').dataset.testScriptState
                === 'notRunning'""",
        arg=diagrams,
    )
    return 1000 * (time.perf_counter() - begin)


def test_the_longest_article_opens_near_the_floor(browser, visit, server):
    with serving(ROOT / "tests" / "bench" / "markdown_app.py", {"PYTHONPATH": "."}) as floor_server:
        floor_page, page = browser.new_page(), visit("/read", article=LONGEST)
        floor_page.goto(floor_server)
        settled(floor_page)
        floor, ours = [], []
        for _ in range(OPENINGS):
            floor.append(milliseconds_to_open(floor_page, floor_server, diagrams=2))
            ours.append(milliseconds_to_open(page, f"{server}/read?article={LONGEST}", diagrams=2))
        floor_page.close()
    ratio = median(ours) / median(floor)
    print(
        f"\nlongest article, median of {OPENINGS}: st.markdown {median(floor):.0f} ms,"
        f" Read {median(ours):.0f} ms, ratio {ratio:.2f}"
    )
    assert ratio <= CATCHES_A_BLOW_UP
