"""Runs a page in Streamlit's own test harness, through the router."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from prep.clock import Clock
from prep.progress import settings
from tests.work import HANGS_AFTER_SECONDS

APP = Path(__file__).parents[2] / "app.py"


installed_components = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture
def app(monkeypatch):
    """Return a function that gives the app, not run yet."""
    _use_the_router(monkeypatch)
    # Each app reads of all installed packages what they are, which takes longer than most pages.
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", installed_components)
    return lambda: AppTest.from_file(str(APP), default_timeout=HANGS_AFTER_SECONDS)


@pytest.fixture
def open_page(app, db_path, monkeypatch):
    """Return a function that opens a page on this test's database, and checks it raised nothing."""
    monkeypatch.setenv("PREP_DB", str(db_path))

    def open_page(name, **query):
        test = app()
        test.switch_page(f"pages/{name}.py")
        for key, value in query.items():
            test.query_params[key] = value
        test.run()
        assert not test.exception
        return test

    return open_page


@pytest.fixture
def planned(db, clock):
    """A plan of two a study day that began eight study days ago, and nothing done."""
    texts = {"start_on": days_ago(10), "target_on": days_ago(-60), "study_days": "mon-sun"}
    settings.change(db, Clock(), texts)
    return db


def days_ago(count):
    return (Clock().today() - timedelta(days=count)).isoformat()


def _use_the_router(monkeypatch):
    """Have the harness run app.py for every page, as the server does once app.py was imported.

    The harness forgets before each run that `st.navigation` was called, and would then run a
    file of pages/ by itself.
    """
    begin = PagesManager.__init__

    def begin_with_router(self, *args, **kwargs):
        PagesManager.uses_pages_directory = False
        begin(self, *args, **kwargs)

    monkeypatch.setattr(PagesManager, "__init__", begin_with_router)


def unfold(test, key):
    """Open a panel or popover, as a click does; return the page with it."""
    test.session_state[key] = True
    return test.run()


def texts(test):
    """Return all Markdown, captions, titles and headings of a page as one text."""
    parts = [*test.title, *test.header, *test.subheader, *test.markdown, *test.caption]
    return "\n".join(element.value for element in parts)
