"""A real server on a database of its own, and a real Chromium that may not leave the machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from tests.work import HANGS_AFTER_SECONDS

from .tabs import EMPTY, Tabs, slow_down

ROOT = Path(__file__).parents[2]
FAILURES = ROOT / "tests" / "failures"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",  # a microphone that beeps once a second
]
WATCH_REQUESTS = Path(__file__).with_name("requests.js")
HANGS_AFTER_MILLISECONDS = 1000 * HANGS_AFTER_SECONDS

expect.set_options(timeout=HANGS_AFTER_MILLISECONDS)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(script, environment=None, *options, before=(), through=()):
    """Run a Streamlit script's server until the block ends, `before` before its command.

    `through` names a module that runs the server's. Give its address.
    """
    port = free_port()
    run = ["-m", *through, "streamlit", "run", str(script), "--server.port", str(port), *options]
    with running(run, environment, before):
        wait_until_answering(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"


@contextmanager
def running(arguments, environment=None, before=()):
    """Run a Python process until the block ends, `before` before its command; give it."""
    process = subprocess.Popen(
        [*before, sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=HANGS_AFTER_SECONDS)


def wait_until_answering(url):
    deadline = time.monotonic() + HANGS_AFTER_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@contextmanager
def chromium():
    """Run a Chromium until the block ends: the one that is installed, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()


def new_context(browser, width=1440, height=900, **options):
    """Return a new visitor's context, in which `settled` knows what the page asked for."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(HANGS_AFTER_MILLISECONDS)
    context.add_init_script(path=WATCH_REQUESTS)
    return context


@pytest.fixture(scope="session")
def shared_path(tmp_path_factory):
    """Where the one server of all tests finds its database."""
    return tmp_path_factory.mktemp("served") / "prep.db"


@pytest.fixture
def db_path(filled_file, shared_path, tmp_path):
    """A database of this test's own, to which the server's path leads: it follows it at each run.

    What a page of the test before still asks for may be written meanwhile: never into a file that
    is just being put in place.
    """
    path = tmp_path / "served.db"
    shutil.copy(filled_file, path)
    beside = shared_path.with_name("next")
    beside.symlink_to(path)
    beside.replace(shared_path)
    return path


@pytest.fixture(scope="session")
def shared_server(shared_path):
    with serving(ROOT / "app.py", {"PREP_DB": str(shared_path)}) as address:
        yield address


@pytest.fixture
def server(db_path, shared_server):
    return shared_server


@pytest.fixture(scope="session")
def tabs(browser):
    """The tabs of all tests of a process."""
    return Tabs(lambda: new_context(browser))


@pytest.fixture
def visit(tabs, server):
    """Return a function that opens a path in a new visit; fail on requests off the machine."""
    with tabs.lent() as take, visits_in(take, server) as visit:
        yield visit


@pytest.fixture
def visit_with_own_clock(browser, server):
    """The same, each visit in a browser of its own, which a test may set the clock of."""
    with visits(browser, server) as visit:
        yield visit


@pytest.fixture
def visit_after_start(browser, db_path):
    """The same, of a server that has just started."""
    with (
        serving(ROOT / "app.py", {"PREP_DB": str(db_path)}) as address,
        visits(browser, address) as visit,
    ):
        yield visit


@contextmanager
def visits(browser, server, **options):
    """Give a function that opens a path in a new visit, each in a browser of its own."""
    contexts = []

    def new_page(width, height, theme):
        contexts.append(new_context(browser, width, height, color_scheme=theme, **options))
        return contexts[-1].new_page()

    with visits_in(new_page, server) as visit:
        yield visit
        for context in contexts:
            context.close()


@contextmanager
def visits_in(new_page, server):
    """Give a function that opens a path in a page that `new_page` makes."""
    foreign, script_errors, pages = [], [], []

    def visit(path="/", *, width=1440, height=900, theme="light", **query):
        page = new_page(width, height, theme)
        pages.append(page)
        page.on("request", note_foreign)
        page.on("pageerror", note_error)
        open_path(page, path, **query)
        return page

    def open_path(page, path, **query):
        page.goto(server + path + (f"?{urlencode(query, doseq=True)}" if query else ""))
        settled(page)

    def note_foreign(request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "localhost":
            foreign.append(request.url)

    def note_error(error):
        script_errors.append(str(error))

    visit.open = open_path
    yield visit
    for page in pages:
        page.remove_listener("request", note_foreign)
        page.remove_listener("pageerror", note_error)
    assert foreign == [], "a page asked for something off the machine"
    assert script_errors == []


# A click is sent, and a page asks for its rest, in one of the next frames of the browser.
IS_SETTLED = """
call => {
    const run = window.__run;
    const isSettled = !run.isAwaited && !document.querySelector('[data-testid="stSkeleton"]')
        && !!document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
    if (run.call !== call) Object.assign(run, { call, frames: 0 });
    run.frames = isSettled ? run.frames + 1 : 0;
    return run.frames > 4;
}
"""
_calls = count()


def settled(page):
    """Wait until all that the page asked of its server is answered and drawn; return the page."""
    page.wait_for_function(IS_SETTLED, arg=next(_calls))
    return page


def slowed(page, times):
    """Have the page's processor run so many times slower; return the page."""
    slow_down(page, times)
    return page


def press(page, key, shows):
    """Press a key until what it does shows.

    Streamlit listens to the key of a button a moment after the button is drawn.
    """

    def takes():
        settled(page).keyboard.press(key)
        page.wait_for_timeout(500)
        return settled(page) and shows.is_visible()

    eventually(takes)


def found_section(page, section):
    """Return the link of a search to a section of an article, once all that was typed is answered.

    Until then the links change what they lead to: a click on one may open what the next letter
    found in its place.
    """
    return settled(page).get_by_role("dialog").locator(f'a[href*="section={section}"]').first


def eventually(holds, seconds=HANGS_AFTER_SECONDS):
    """Wait until something holds that no element of the page shows."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.05)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Have a test that fails leave pictures of its pages, and say where."""
    report = yield
    if report.failed and "browser" in item.funcargs:
        pictures = "\n".join(map(str, photographed(item)))
        report.sections.append(("Pictures of the open pages", pictures or "no page was open"))
    return report


def photographed(item):
    """Take a picture of each page that is open; return the files, or why there is none."""
    FAILURES.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", item.nodeid)[-100:].strip("-")
    contexts = item.funcargs["browser"].contexts
    pages = [page for context in contexts for page in context.pages if page.url != EMPTY]
    return [photograph(page, FAILURES / f"{name}-{n}.png") for n, page in enumerate(pages, 1)]


def photograph(page, file):
    try:
        page.screenshot(path=file, full_page=True, timeout=HANGS_AFTER_MILLISECONDS)
    except Error as error:  # such as a page that is just closing
        return f"no picture of {page.url}: {error}"
    return file
