"""Tabs that tests use one after the other, each as if it were new.

What the scripts of a page were compiled to stays in the process of its tab: without that, most of
the time of a test goes into compiling them once more.
"""

from contextlib import contextmanager
from urllib.parse import urlsplit

EMPTY = "about:blank"
STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"

# A page that is left hands over what was typed: it would come into the next test's database.
MUTE = "() => { WebSocket.prototype.send = () => {}; }"


class Tabs:
    """Gives out tabs, each a visitor of its own, and takes them back."""

    def __init__(self, new_context):
        self._new_context, self._free = new_context, []

    @contextmanager
    def lent(self):
        """Give a function that returns a tab; when the block ends, all of them are emptied."""
        taken = []

        def take(width=1440, height=900, theme="light"):
            page = self._free.pop() if self._free else self._new_context().new_page()
            taken.append(page)
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=theme)
            return page

        try:
            yield take
        finally:
            for page in taken:
                if page.is_closed():
                    page.context.close()
                else:
                    empty(page)
            self._free += [page for page in reversed(taken) if not page.is_closed()]


def empty(page):
    """Have a tab forget the page that is open in it and all that it stored."""
    context, session = page.context, page.context.new_cdp_session(page)
    page.evaluate(MUTE)
    for other in context.pages:
        if other != page:
            other.close()
    forget_stored(page, session)
    speed_up(page)
    page.goto(EMPTY)
    page.mouse.move(0, 0)
    session.send("Page.resetNavigationHistory")
    session.detach()
    context.unroute_all()
    context.clear_cookies()


def forget_stored(page, session):
    parts = urlsplit(page.url)
    if parts.scheme not in ("http", "https"):
        return
    origin = f"{parts.scheme}://{parts.netloc}"
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORED})
    tab = {"securityOrigin": origin, "isLocalStorage": False}
    session.send("DOMStorage.clear", {"storageId": tab})


_SLOW = {}


def slow_down(page, times):
    """Have the processor of a tab run so many times slower, until it is emptied."""
    _SLOW[page] = page.context.new_cdp_session(page)
    _SLOW[page].send("Emulation.setCPUThrottlingRate", {"rate": times})


def speed_up(page):
    session = _SLOW.pop(page, None)
    if session:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        session.detach()
