"""Fixtures: what `data/` ships, and databases in a named state, each test with its own."""

import shutil
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from prep.cli import cli
from prep.clock import Clock
from prep.content import importer
from prep.content.sites import behavioral_sheet, index, sources, system_design_sheet
from prep.progress.tracker import Tracker
from prep.store.database import open_database

# No example is too slow, on whatever machine, and examples may share the database of their test.
settings.register_profile(
    "prep",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("prep")

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday


@pytest.fixture(autouse=True)
def no_real_database(monkeypatch, tmp_path):
    """A test that forgets to say which database it means must not find the person's."""
    monkeypatch.setenv("PREP_DB", str(tmp_path / "prep.db"))


@pytest.fixture
def one_day():
    """Wait, where the day is about to end: the test asks more than once what day it is."""
    while ends_soon(Clock()):
        time.sleep(1)


def ends_soon(clock):
    """Whether a test that takes a few minutes may see two of the person's days."""
    now = clock.now()
    return clock.day_of(now) != clock.day_of(now + timedelta(minutes=5))


@pytest.fixture(scope="session")
def entries():
    return index.load(sources.SHIPPED_INDEX)


@pytest.fixture(scope="session")
def system_design(entries):
    return system_design_sheet.parse(index.find_sheets(entries)[0])


@pytest.fixture(scope="session")
def behavioral(entries):
    return behavioral_sheet.parse(index.find_sheets(entries)[1])


@pytest.fixture
def clock():
    return Clock(ZoneInfo("UTC"), now=lambda: NOON)


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory):
    """A database file with the shipped content and no progress, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "prep.db"
    clock = Clock(ZoneInfo("UTC"), now=lambda: NOON)
    with open_database(path) as db:
        importer.import_shipped(db, clock)
    return path


@pytest.fixture
def db_path(filled_file, tmp_path):
    path = tmp_path / "prep.db"
    shutil.copy(filled_file, path)
    return path


@pytest.fixture
def db(db_path):
    with open_database(db_path) as db:
        yield db


@pytest.fixture
def prep(db_path):
    """Run one command in this process; return (exit code, output, errors)."""

    def run(*arguments, stdin=None):
        result = CliRunner().invoke(cli, [*arguments, "--db", str(db_path)], input=stdin)
        return result.exit_code, result.stdout, result.stderr

    return run


def output(result):
    """Return what a command printed; it must have gone well."""
    code, text, errors = result
    assert (code, errors) == (0, "")
    return text


@pytest.fixture
def tracker(db, clock):
    return Tracker(db, clock)


@pytest.fixture
def half_done(db, tracker):
    """Every second question done, and one each started and drafted."""
    ids = [row["id"] for row in db.query("SELECT id FROM question ORDER BY id")]
    tracker.set_status(ids[::2], "done")
    tracker.set_status(ids[1], "in_progress")
    tracker.set_status(ids[3], "drafted")
    return db


@pytest.fixture
def all_done(db, tracker):
    tracker.set_status([row["id"] for row in db.query("SELECT id FROM question")], "done")
    return db


@pytest.fixture(scope="session")
def browser():
    """The one Chromium of all tests of a process."""
    from tests.browser.conftest import chromium  # only where one is asked for

    with chromium() as browser:
        yield browser
