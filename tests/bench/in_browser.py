"""What a person waits for, measured in a real Chromium beside the smallest Streamlit app."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from prep.clock import Clock
from prep.content import questions
from prep.progress.tracker import Tracker
from prep.store.database import open_database
from tests.bench.measured import Figure
from tests.browser.conftest import ROOT, new_context, serving, settled

BENCH = ROOT / "tests" / "bench"
LONGEST = "/system-design/classic/whatsapp-chat-messaging/"
DIAGRAMS_OF_LONGEST = 2
CANDIDATES = 500  # questions that are looked at for one that is found alone
SETTLES = 300  # milliseconds a page is left alone before it is measured

NAVIGATED = [
    "Sheets",
    "Coverage",
    "Timeline",
    "Stories",
    "Review",
    "Mock interview",
    "Read",
    "Data",
    "Today",
]

# Each resolves with the milliseconds from an act until the page shows what must follow. Nothing
# that is looked at makes the browser lay the page out: that would be measured, too.
_UNTIL = """
const until = (shown, act) => new Promise((resolve, reject) => {
    const begin = performance.now();
    const look = () => {
        if (shown()) { clearInterval(timer); watcher.disconnect();
                       resolve(performance.now() - begin); }
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body,
        {subtree: true, childList: true, characterData: true, attributes: true});
    const timer = setInterval(look, 16);
    setTimeout(() => reject(new Error('never shown')), 60000);
    act();
});
"""
_CLICK = (
    "([selector, text]) => {"
    + _UNTIL
    + """
    const main = document.querySelector('[data-testid="stMain"]');
    return until(() => main.textContent.includes(text),
                 () => document.querySelector(selector).click());
}"""
)
_CLICK_UNTIL = (
    "([selector, there, gone]) => {"
    + _UNTIL
    + """
    const is = (wanted) => wanted && document.querySelector(wanted);
    return until(() => (!there || is(there)) && !is(gone),
                 () => document.querySelector(selector).click());
}"""
)
_SWITCH = (
    "([selector, title]) => {"
    + _UNTIL
    + """
    const all = (id) => [...document.querySelectorAll(`[data-testid="${id}"]`)];
    const drawn = () => document.querySelector('h1')?.textContent.includes(title)
        && document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'
        && all('stSkeleton').length === 0
        && !document.querySelector('[data-stale="true"]')
        && all('stVegaLiteChart').every((chart) => chart.querySelector('canvas, svg'))
        && all('stDataFrame').every((table) => table.querySelector('canvas'));
    return until(drawn, () => document.querySelector(selector).click());
}"""
)
_TYPE = (
    "(text) => {"
    + _UNTIL
    + """
    const input = document.querySelector('.st-key-search-query input');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const dialog = document.querySelector('[role="dialog"]');
    const found = () => dialog.querySelector('[data-testid="stPageLink"]');
    return until(found, () => {
        set.call(input, text);
        input.dispatchEvent(new Event('input', {bubbles: true}));
    });
}"""
)


class Pages:
    """Our app and the floor in one browser, each in a visit of its own, measured in turn."""

    def __init__(self, browser: Browser, ours: str, floor: str, markdown: str, path: Path) -> None:
        self._browser, self.address, self.floor_address, self._path = browser, ours, floor, path
        self._markdown_address = markdown
        self._clicks = 0
        self.floor = self._open(floor)
        self.markdown = self._open(markdown)
        self.page = self._open(ours)

    def floor_click(self) -> float:
        """Click the floor's button; return the milliseconds until its text has changed."""
        self._clicks += 1
        selector = '[data-testid="stBaseButton-secondary"]'
        taken = self.floor.evaluate(_CLICK, [selector, f"clicked {self._clicks}"])
        settled(self.floor)
        return taken

    def first_paint(self, address: str, shown: str) -> float:
        """Open an address in a new visit; return the milliseconds until a text is there."""
        context = new_context(self._browser)
        page = context.new_page()
        page.goto(address, wait_until="commit")
        page.wait_for_function(
            "text => document.querySelector('[data-testid=\"stMain\"]')?.innerText.includes(text)",
            arg=shown,
            polling="raf",
        )
        taken = page.evaluate("performance.now()")
        context.close()
        return taken

    def click_on_today(self) -> float:
        """Press Done on the first card of Today, until it is no card any more."""
        question_id, done = self._a_card_of_today()
        taken = self.page.evaluate(_CLICK_UNTIL, [f"{done} button", None, done])
        settled(self.page)
        self._put_behind(question_id)
        return taken

    def rest_of_today(self) -> float:
        """Press Done on the first card of Today, until the list of what changed names it."""
        question_id, done = self._a_card_of_today()
        named = f"{question_id}: status → done"
        taken = self.page.evaluate(_CLICK, [f"{done} button", named])
        settled(self.page)
        self._put_behind(question_id)
        return taken

    def click_on_question(self) -> float:
        """Press Done on the page of an open question, until it has the day on which it was done."""
        question_id, _ = self._an_open_question()
        self.go(f"/question?id={question_id}")
        selector = f'.st-key-status-{question_id} [role="radio"]:nth-of-type(4)'
        self.page.locator(selector).wait_for()
        done_on = f".st-key-done_on-{question_id}"
        taken = self.page.evaluate(_CLICK_UNTIL, [selector, done_on, None])
        settled(self.page)
        self._put_behind(question_id)
        return taken

    def click_on_sheets(self) -> float:
        """Press Done for a ticked row of Sheets, until the count of what is done has grown."""
        question_id, title = self._an_open_question(found_alone=True)
        self.go(f"/sheets?q={quote(f'{question_id} {title}')}")
        self.page.locator(".st-key-tick_all button").click()
        selector = ".st-key-bulk-done button"
        self.page.locator(selector).wait_for()
        self.page.wait_for_timeout(SETTLES)
        settled(self.page)
        self.page.wait_for_timeout(SETTLES)
        taken = self.page.evaluate(_CLICK, [selector, "1 done"])
        settled(self.page)
        self._put_behind(question_id)
        return taken

    def switch(self, title: str) -> float:
        """Choose a page in the menu; return the milliseconds until its last chart is drawn."""
        path = "" if title == "Today" else title.split()[0].lower()
        selector = f'[data-testid="stSidebarNavLink"][href$="/{path}"]'
        return self._switch(selector, title)

    def switch_to_question(self) -> float:
        """Open a question from its card on Today, where one is."""
        selector = '[data-testid="stMain"] a[href*="question?id="]'
        self.page.locator(selector).first.wait_for()
        address = self.page.locator(selector).first.get_attribute("href") or ""
        with open_database(self._path) as db:
            title = questions.get(db, address.partition("id=")[2]).title
        return self._switch(selector, title)

    def longest_article(self) -> float:
        """Open the longest article; return the milliseconds until its last diagram is drawn."""
        return _until_read(self.page, f"{self.address}/read?article={LONGEST}")

    def same_markdown(self) -> float:
        """Open an app that is the same text in one `st.markdown`, likewise."""
        return _until_read(self.markdown, self._markdown_address)

    def search(self) -> float:
        """Type a query into the open search; return the milliseconds until a result shows."""
        self.page.keyboard.press("Control+k")
        self.page.locator(".st-key-search-query input").wait_for()
        self.page.wait_for_timeout(SETTLES)
        taken = self.page.evaluate(_TYPE, "idempotency")
        self.page.keyboard.press("Escape")
        self.page.wait_for_timeout(SETTLES)
        return taken

    def go(self, path: str) -> None:
        """Open an address of ours and leave it until nothing moves."""
        self.page.goto(self.address + path)
        settled(self.page)
        self.page.wait_for_timeout(SETTLES)

    def _switch(self, selector: str, title: str) -> float:
        taken = self.page.evaluate(_SWITCH, [selector, title])
        self.page.wait_for_timeout(SETTLES)
        return taken

    def _open(self, address: str) -> Page:
        context = new_context(self._browser)
        page = context.new_page()
        page.goto(address)
        settled(page)
        return page

    def _a_card_of_today(self) -> tuple[str, str]:
        """Open Today; return the id of its first question, and what selects its Done."""
        self.go("/")
        card = self.page.locator('[class*="st-key-done-"]').first
        question_id = _key_of(card.get_attribute("class") or "", "done-")
        return question_id, f".st-key-done-{question_id}"

    def _an_open_question(self, *, found_alone: bool = False) -> tuple[str, str]:
        """Return one by its id and title; on request, one whose id and title find nothing else."""
        wanted = {"status": ["todo"], "level": ["EM+DIR"]}
        with open_database(self._path) as db:
            for row in questions.find(db, wanted, limit=CANDIDATES):
                found = row.id, row.title
                if not found_alone or questions.count(db, {}, " ".join(found))[0] == 1:
                    return found
        raise LookupError("no open question is found alone")

    def _put_behind(self, question_id: str) -> None:
        """Let it have been done yesterday, so that the next turn finds the page as this one did."""
        with open_database(self._path) as db:
            yesterday = Clock().today() - timedelta(days=1)
            Tracker(db, Clock()).set_status(question_id, "done", on=yesterday)


@contextmanager
def opened(browser: Browser, path: Path) -> Iterator[Pages]:
    """Serve ours on the database at `path`, and the floor; give both, opened."""
    with (
        serving(ROOT / "app.py", {"PREP_DB": str(path)}) as ours,
        serving(BENCH / "floor_app.py") as floor,
        serving(BENCH / "markdown_app.py", {"PYTHONPATH": str(ROOT)}) as markdown,
    ):
        yield Pages(browser, ours, floor, markdown, path)


def figures(pages: Pages, turns: int) -> list[Figure]:
    """Return what a person waits for, each measured `turns` times between two of the floor."""
    painted = Figure("first paint of Today, warm server", 1.5)
    searched = Figure("type in search → results", 2)
    read = Figure("open the longest article", 1.5)
    clicks = {
        "Today": pages.click_on_today,
        "Question": pages.click_on_question,
        "Sheets": pages.click_on_sheets,
    }
    followed = Figure("the rest of Today after that click", 3)
    clicked = {name: Figure(f"click a status on {name}", 1.5, p95_goal=2) for name in clicks}
    switched = {name: Figure(f"switch to {name}", 3) for name in [*NAVIGATED, "a question"]}
    for turn in range(turns + 1):  # the first turn fetches what the browser then keeps
        keeps = turn > 0
        _turn(
            painted,
            keeps,
            pages.first_paint(pages.address, "Today's questions"),
            pages.first_paint(pages.floor_address, "clicked 0"),
        )
        for name, click in clicks.items():
            _turn(clicked[name], keeps, click(), pages.floor_click())
        _turn(followed, keeps, pages.rest_of_today(), pages.floor_click())
        _turn(read, keeps, pages.longest_article(), pages.same_markdown())
    pages.go("/")
    for turn in range(turns + 1):  # one visit throughout, as a person has it
        keeps = turn > 0
        for name in NAVIGATED:
            _turn(switched[name], keeps, pages.switch(name), pages.floor_click())
        _turn(switched["a question"], keeps, pages.switch_to_question(), pages.floor_click())
        pages.switch("Today")
        _turn(searched, keeps, pages.search(), pages.floor_click())
    clicks_of_floor = [*clicked.values(), followed, *switched.values(), searched]
    floor = [taken for figure in clicks_of_floor for taken in figure.floor]
    for figure in clicks_of_floor:  # one floor for all: it is one click, and few are noisy
        figure.floor = floor
    return [painted, *clicked.values(), followed, *switched.values(), searched, read]


def _turn(figure: Figure, keeps: bool, ours: float, floor: float) -> None:
    if keeps:
        figure.ours.append(ours)
        figure.floor.append(floor)


def _until_read(page: Page, address: str) -> float:
    begin = time.perf_counter()
    page.goto(address)
    page.wait_for_function(
        """count => document.querySelectorAll('[data-testid="stMermaidChart"] img').length === count
            && document.querySelector('[data-testid="stApp"]').dataset.testScriptState
                === 'notRunning'""",
        arg=DIAGRAMS_OF_LONGEST,
    )
    return 1000 * (time.perf_counter() - begin)


def _key_of(classes: str, prefix: str) -> str:
    mark = f"st-key-{prefix}"
    return next(c for c in classes.split() if c.startswith(mark)).removeprefix(mark)
