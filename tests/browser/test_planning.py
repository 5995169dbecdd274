"""The plan in a real browser: set, followed, moved, taken out."""

from datetime import timedelta

import icalendar
import pytest
from playwright.sync_api import expect

from prep.clock import Clock
from prep.planning import plan_status, wording
from prep.progress import settings
from prep.progress.tracker import Tracker

from .conftest import eventually, settled

pytestmark = pytest.mark.usefixtures("one_day")


@pytest.fixture
def planned(db):
    """A plan that began three weeks ago, every day of the week, two a day."""
    texts = {
        "start_on": (Clock().today() - timedelta(days=21)).isoformat(),
        "target_on": (Clock().today() + timedelta(days=120)).isoformat(),
        "study_days": "mon-sun",
    }
    settings.change(db, Clock(), texts)
    return db


@pytest.fixture
def followed(planned):
    """The same plan, with two questions done on most of its days."""
    tracker = Tracker(planned, Clock())
    for n in range(1, 19):
        day = Clock().today() - timedelta(days=21 - n)
        tracker.set_status(
            [f"SD-{n:03}", f"C-{n:02}" if n <= 12 else f"D-{n - 12:02}"], "done", on=day
        )
    return planned


def drawing(page):
    """Return every shape of the first chart."""
    shapes = page.locator(".stVegaLiteChart").first.locator("path")
    expect(shapes.first).to_be_attached()
    return shapes.evaluate_all("paths => paths.map(path => path.outerHTML).join()")


def open_timeline(page, visit):
    visit.open(page, "/timeline")
    return drawing(page), page.get_by_text("At your pace so far").first.inner_text()


def test_finishing_todays_questions_moves_burn_up_heat_map_and_forecast(visit, followed):
    page = visit("/timeline")
    foretold = plan_status.load(followed, Clock().today()).forecast()
    burn_up, said = open_timeline(page, visit)
    assert wording.forecast(foretold, settings.load(followed)) in said
    visit.open(page, "/")
    heat = drawing(page)
    while page.get_by_role("button", name="Done", exact=True).count():
        left = page.get_by_role("button", name="Done", exact=True).count()
        page.get_by_role("button", name="Done", exact=True).first.click()
        expect(page.get_by_role("button", name="Done", exact=True)).to_have_count(left - 1)
    expect(page.get_by_text("That is all for today.")).to_be_visible()
    eventually(lambda: drawing(page) != heat)  # a chart draws itself after the page has settled
    said_after = open_timeline(page, visit)[1]
    eventually(lambda: drawing(page) != burn_up)
    now_foretold = plan_status.load(followed, Clock().today()).forecast()
    assert now_foretold != foretold
    assert wording.forecast(now_foretold, settings.load(followed)) in said_after


def test_a_question_moved_to_tomorrow_stays_there(visit, planned):
    page = visit("/")
    page.locator(".st-key-tomorrow-SD-001 button").click()
    expect(page.locator(".st-key-tomorrow-SD-001")).to_have_count(0)
    page.reload()
    settled(page)
    expect(page.locator(".st-key-tomorrow-L-01")).to_be_visible()
    expect(page.locator('[class*="st-key-tomorrow-SD"]')).to_have_count(0)


def test_a_question_is_moved_from_the_calendars_menu(visit, planned, tracker):
    page = visit("/timeline")
    page.locator('[class*="st-key-move-SD-001-"] button').first.click()
    page.get_by_role("option", name="A study day later").or_(
        page.get_by_role("menuitem", name="A study day later")
    ).click()
    tomorrow = (Clock().today() + timedelta(days=1)).isoformat()
    eventually(lambda: tracker.state("SD-001").moved_to == tomorrow)
    page.get_by_role("button", name="Undo").click()
    eventually(lambda: tracker.state("SD-001").moved_to is None)


def test_the_calendar_file_downloads_and_parses(visit, planned):
    page = visit("/timeline")
    page.get_by_role("button", name="Other calendars").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download plan.ics").click()
    data = download.value.path().read_bytes()
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert download.value.suggested_filename == "plan.ics"
    assert len(events) == 291
    assert events[0].decoded("DTSTART") == Clock().today()


def test_the_week_that_is_shown_is_in_the_address(visit, planned):
    page = visit("/timeline", week="2030-01-09")
    expect(page.get_by_text("7 Jan 2030 – 13 Jan 2030")).to_be_visible()
    page.get_by_role("button", name="Week after").click()
    expect(page.get_by_text("14 Jan 2030 – 20 Jan 2030")).to_be_visible()
    page.reload()
    expect(page.get_by_text("14 Jan 2030 – 20 Jan 2030")).to_be_visible()
    visit.open(page, "/timeline", week="<script>")
    expect(page.locator(".stMarkdownBadge", has_text="today")).to_be_visible()
