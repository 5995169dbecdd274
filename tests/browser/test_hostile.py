"""Whatever a person types or imports is text: no script runs, nothing is loaded from elsewhere."""

import json
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import pytest

from prep.clock import system_clock
from prep.practice import mock
from prep.progress.tracker import Tracker
from prep.store.database import open_database
from prep.ui.server import security_headers
from tests.hostile_strings import ALL, EVIL, one_line
from tests.torture.conftest import either

from .conftest import eventually, new_context, settled
from .hostile_filling import ARTICLE, BEHAVIORAL_ARTICLE, SOME, fill, start_interview
from .tabs import Tabs

ROUNDS = range(either(-(-len(ALL) // SOME), 1))
UNFOLDED = either(100, 3)  # panels of a page
LOCAL = ("localhost", "127.0.0.1")

WATCH = """
window.__pwned = [];
window.pwned = () => window.__pwned.push(new Error().stack);
for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = window.pwned;
"""

# Everything that a page holds, in shadow trees and frames as well.
EVERY = """
function* every(root) {
    for (const element of root.querySelectorAll('*')) {
        yield element;
        if (element.shadowRoot) yield* every(element.shadowRoot);
        if (element.contentDocument) yield* every(element.contentDocument);
    }
}
"""

BAD_ADDRESSES = (
    "() => {"
    + EVERY
    + """
    const names = ['href', 'xlink:href', 'action', 'formaction', 'src', 'data', 'srcdoc',
                   'srcset', 'poster', 'background'];
    const found = [];
    for (const element of every(document)) {
        for (const name of names) {
            const value = element.getAttribute(name);
            const said = (value || '').replace(/[\\u0000-\\u0020]/g, '').toLowerCase();
            const leads = ['href', 'xlink:href', 'action', 'formaction', 'srcdoc'].includes(name);
            if (/^(javascript|vbscript):/.test(said) || (leads && said.startsWith('data:'))
                || (!leads && said.includes('evil.example')) || (name === 'srcdoc' && said))
                found.push(element.tagName + ' ' + name + '=' + value.slice(0, 80));
        }
        for (const attribute of element.attributes)
            if (/^on/i.test(attribute.name) && attribute.value.includes('pwned'))
                found.push(element.tagName + ' ' + attribute.name);
        if (['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'PORTAL'].includes(element.tagName)
            && element.outerHTML.includes('pwned'))
            found.push(element.outerHTML.slice(0, 80));
    }
    return found;
}"""
)

# Clicks what could have come from a text, and hovers over it; links to elsewhere stay alone.
PRESS_ALL = (
    "() => {"
    + EVERY
    + """
    const main = document.querySelector('[data-testid="stMain"]') || document.body;
    let pressed = 0;
    for (const element of every(main)) {
        const isLink = element.tagName.toLowerCase() === 'a';
        const href = element.getAttribute('href') || element.getAttribute('xlink:href') || '';
        const isText = element.closest('[data-testid="stMarkdown"]');
        if (!isText && !isLink) continue;
        const isElsewhere = /^(https?|mailto):/.test(href)
            || (href && !href.startsWith('#') && URL.canParse(href, document.baseURI)
                && /^https?:/.test(new URL(href, document.baseURI).protocol));
        if (isElsewhere || (isLink && !isText)) continue;
        for (const name of ['pointerover', 'mouseover', 'mouseenter', 'focus'])
            element.dispatchEvent(new Event(name, {bubbles: true}));
        if (isLink || element.matches('g.node, .clickable, summary')) {
            element.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
            pressed++;
        }
    }
    return pressed;
}"""
)


class Watched:
    """A page whose scripts, dialogs, requests and links are watched."""

    def __init__(self, page, server):
        self.page, self.server = page, server
        self.asked, self.dialogs, self.popups = [], [], []
        self._listeners = {
            "request": self._note,
            "requestfailed": self._take_back,
            "dialog": self._note_dialog,
            "popup": self._note_popup,
        }
        for event, note in self._listeners.items():
            page.on(event, note)

    def leave(self):
        """Watch no longer."""
        for event, note in self._listeners.items():
            self.page.remove_listener(event, note)

    def _note(self, request):
        parts = urlsplit(request.url)
        is_document = request.is_navigation_request() and parts.scheme in ("data", "blob")
        is_far = parts.scheme not in ("data", "blob") and parts.hostname not in LOCAL
        if is_document or is_far:
            self.asked.append(request.url)

    def _take_back(self, request):
        if request.failure == "csp" and request.url in self.asked:
            self.asked.remove(request.url)  # the browser refused to send it

    def _note_dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _note_popup(self, popup):
        self.popups.append(popup.url)

    def open(self, path, **query):
        self.page.goto(self.server + path + (f"?{urlencode(query, doseq=True)}" if query else ""))
        settled(self.page)

    def unfold(self):
        """Open every panel of the page."""
        for summary in self.page.locator("[data-testid=stMain] summary").all()[:UNFOLDED]:
            if summary.is_visible():
                summary.click()
        for reveal in (".st-key-reveal button", *6 * [".st-key-rehearse-next button"]):
            button = self.page.locator(reveal)
            if button.count() and button.is_visible():
                button.click()
                self.page.wait_for_timeout(300)
                settled(self.page)
        settled(self.page)

    def each_popover(self):
        """Open the popovers of the page, one after the other."""
        buttons = self.page.locator("[data-testid=stMain] [data-testid=stPopoverButton]")
        for button in buttons.all()[: either(UNFOLDED, 0)]:
            if button.is_visible():
                button.click()
                self.page.get_by_test_id("stPopoverBody").wait_for()
                settled(self.page)
                yield
                button.click()

    def assert_inert(self, *, presses=True):
        page, before = self.page, self.page.url
        self.page.wait_for_timeout(300)
        assert page.get_by_test_id("stException").count() == 0
        assert page.evaluate(BAD_ADDRESSES) == []
        if presses:
            page.evaluate(PRESS_ALL)
            page.wait_for_timeout(100)
        assert page.evaluate("window.__pwned") == []
        assert self.dialogs == [], "a text opened a dialog"
        assert self.popups == [], "a text opened a window"
        assert self.asked == [], "a page asked for something off the machine"
        assert urlsplit(page.url).path == urlsplit(before).path, "a text led elsewhere"


def watched_tabs(browser, **options):
    """Return tabs in which scripts are watched."""

    def new():
        context = new_context(browser, **options)
        context.add_init_script(WATCH)
        return context

    return Tabs(new)


@contextmanager
def watching(tabs, server):
    with tabs.lent() as take:
        watched = Watched(take(), server)
        yield watched
        watched.leave()


@pytest.fixture(scope="module")
def tabs_of_these(browser):
    return watched_tabs(browser)


@pytest.fixture
def watched(tabs_of_these, server):
    with watching(tabs_of_these, server) as watched:
        yield watched


PAGES = [
    ("/", {}),
    ("/sheets", {}),
    ("/coverage", {}),
    ("/timeline", {}),
    ("/stories", {}),
    ("/stories", {"story": "ST-001"}),
    ("/review", {}),
    ("/mock", {}),
    ("/read", {}),
    ("/read", {"article": ARTICLE, "notes": "true"}),
    ("/read", {"article": BEHAVIORAL_ARTICLE}),
    ("/data", {}),
    ("/question", {"id": "L-01"}),
    ("/question", {"id": "SD-001"}),
    ("/question", {"id": "X-001"}),
    ("/question", {"id": "X-001", "view": "details"}),
    ("/answer", {"id": "L-01"}),
    ("/answer", {"id": "L-03"}),
]


LIKE_OTHERS = [
    ("/question", {"id": "SD-001"}),
    ("/question", {"id": "X-001"}),
    ("/question", {"id": "X-001", "view": "details"}),
    ("/read", {"article": BEHAVIORAL_ARTICLE}),
    ("/answer", {"id": "L-03"}),
    ("/timeline", {}),
    ("/read", {}),
]


@pytest.mark.parametrize("round_number", ROUNDS)
def test_every_field_on_every_page_is_text(db, watched, round_number):
    fill(db, round_number)
    for path, query in either(PAGES, [page for page in PAGES if page not in LIKE_OTHERS]):
        watched.open(path, **query)
        if path not in ("/data", "/sheets"):
            watched.unfold()
        watched.assert_inert()
        for _ in watched.each_popover():
            watched.assert_inert(presses=False)


def test_the_texts_are_inert_by_themselves_without_the_browsers_rules(db, browser, server):
    fill(db, 0)
    with watching(watched_tabs(browser, bypass_csp=True), server) as watched:
        shown = [("/answer", {"id": "L-01"}), ("/read", {"article": ARTICLE})]
        for path, query in shown[: either(2, 1)]:
            watched.open(path, **query)
            watched.page.wait_for_timeout(500)
            assert watched.page.evaluate("window.__pwned") == []
            assert watched.page.evaluate(BAD_ADDRESSES) == []


def test_a_running_interview_is_text(db, watched):
    fill(db, 0)
    attempt = start_interview(db, "SD-001")
    watched.open("/mock")
    watched.unfold()
    watched.assert_inert()
    mock.end(db, system_clock(), attempt)
    watched.open("/mock")
    watched.assert_inert()


def test_search_results_and_what_undo_says_are_text(db, watched):
    fill(db, 0)
    watched.open("/")
    page = watched.page
    page.get_by_role("button", name="Search").click()
    typed = page.get_by_role("dialog").get_by_role("searchbox")
    for query in ("pwned script", "<img src=x onerror=pwned()>"):
        typed.fill(query)
        page.wait_for_timeout(600)
        settled(page)
        watched.assert_inert(presses=False)
    page.keyboard.press("Escape")
    Tracker(db, system_clock()).edit({"L-02": {"personal_notes": ALL[0]}})
    watched.open("/")
    page.locator(".st-key-undo button").first.click()
    page.get_by_test_id("stToast").wait_for()
    watched.assert_inert()


def test_both_values_of_a_conflict_are_text(db, watched, db_path):
    watched.open("/question", id="L-01", view="details")
    with open_database(db_path) as other:
        Tracker(other, system_clock()).edit({"L-01": {"personal_notes": ALL[0] * 3}})
    area = watched.page.locator("textarea").first
    area.fill("\n".join(ALL[:40])[:9000])
    area.blur()
    watched.page.locator(".st-key-conflict").wait_for()
    watched.assert_inert()


@pytest.mark.parametrize("text", ALL[:: either(1, 80)])
def test_the_name_and_text_of_an_upload_are_text(watched, text):
    watched.open("/data")
    name = one_line(text).replace("/", "∕")[:120] + ".json"
    data = json.dumps([{"title": text, "permalink": text}]).encode()
    box = watched.page.locator("input[type=file]").first
    box.set_input_files({"name": name, "mimeType": "application/json", "buffer": data})
    watched.page.get_by_test_id("stAlert").first.wait_for()
    watched.assert_inert()


def batched(texts, size=6):
    return [texts[first : first + size] for first in range(0, len(texts), size)]


ADDRESSES = [
    ("/question", ("id", "view", "from")),
    ("/answer", ("id",)),
    ("/read", ("article", "section")),
    ("/read", ("title", "state", "linked")),
    ("/stories", ("story",)),
    ("/sheets", ("q", "sheet", "category", "phase", "status", "level", "starred")),
    ("/coverage", ("shown", "view", "by")),
    ("/timeline", ("week", "calendar")),
    ("/mock", ("length", "sheet", "category", "level")),
]


@pytest.mark.parametrize(("path", "names"), ADDRESSES, ids=[path for path, _ in ADDRESSES])
def test_addresses_are_text(watched, path, names):
    for text in either([" ".join(some) for some in batched(ALL)], [" ".join(ALL)[:6000]]):
        watched.open(path, **dict.fromkeys(names, text))
        watched.assert_inert(presses=False)


def test_the_server_tells_the_browser_to_load_nothing_from_elsewhere(server, browser):
    page = new_context(browser).new_page()
    said = page.request.get(f"{server}/").headers
    assert (
        said["content-security-policy"].encode()
        == dict(security_headers.HEADERS)[b"content-security-policy"]
    )
    assert "unsafe" not in security_headers.RULES["script-src"]
    page.goto(server)
    settled(page)
    page.evaluate(f"new Image().src = 'http://{EVIL}/x.png'")
    refused = "document.createElement('img').src = 'x'; window.__seen = [];"
    page.evaluate(refused + "addEventListener('securitypolicyviolation', e => __seen.push(e.type))")
    page.evaluate(f"fetch('http://{EVIL}/').catch(() => 0)")
    eventually(lambda: page.evaluate("window.__seen.length") > 0)
    page.context.close()
