"""From the first visit to a plan that fits, and what follows on Today, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from prep.clock import Clock
from prep.planning import plan_status, scope
from prep.progress import settings
from prep.store.database import open_database

from .conftest import eventually, settled

pytestmark = pytest.mark.usefixtures("one_day")
EVERY_DAY = "mon-sun"


def plan_of(db_path):
    with open_database(db_path) as db:
        return plan_status.load(db, Clock().today())


def type_day(page, name, day):
    """Type a day into the three parts of a date field."""
    page.get_by_role("spinbutton", name=f"year, {name}").click()
    page.keyboard.type(f"{day:%Y%m%d}")
    page.get_by_role("heading", name="Make your plan").click()  # closes the calendar


@pytest.fixture
def fitted(db):
    """A plan for a director's interview in eight weeks, fitted to an hour a day."""
    interview = Clock().today() + timedelta(weeks=8)
    texts = {
        "start_on": Clock().today().isoformat(),
        "target_on": interview.isoformat(),
        "level": "DIR",
        "study_days": EVERY_DAY,
    }
    scope.apply(db, Clock(), texts)
    return db


@pytest.mark.parametrize("width", [1440, 390])
def test_from_the_first_visit_to_a_plan_that_fits(visit, db_path, width):
    page = visit("/", width=width)
    today = Clock().today()
    type_day(page, "Interview date", today + timedelta(weeks=8))
    expect(page.get_by_text("fit in your 40 hours")).to_be_visible()
    page.get_by_role("radio", name="Director").click()
    expect(page.get_by_text("of them of high difficulty")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Use this plan").click()
    expect(page.get_by_text("in your plan, and no record yet")).to_be_visible()
    expect(page.get_by_text("Make your plan")).to_have_count(0)
    plan = plan_of(db_path)
    assert plan.settings.level == "DIR"
    assert plan.progress().ends_on < plan.settings.target_on
    width_of = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert width_of[0] <= width_of[1], "nothing pushes the page sideways"


def test_tomorrow_makes_today_shorter_and_one_can_be_brought_forward(visit, fitted, db_path):
    page = visit("/")
    first, *others = plan_of(db_path).on(Clock().today())
    page.get_by_role("button", name="Tomorrow").first.click()
    eventually(lambda: [i.id for i in plan_of(db_path).on(Clock().today())] == ids(others))
    settled(page)
    page.get_by_role("button", name="Bring one forward").click()
    eventually(lambda: len(plan_of(db_path).on(Clock().today())) > len(others))
    assert first.id not in ids(plan_of(db_path).on(Clock().today()))
    assert plan_status.minutes(plan_of(db_path).on(Clock().today())) <= 60


def ids(items):
    return [item.id for item in items]


def test_less_time_offers_a_refit_that_undo_takes_back_whole(visit, fitted, db_path):
    before = set(ids(plan_of(db_path).items))
    settings.change(fitted, Clock(), {"minutes_a_day": "40"})
    refit = scope.propose(fitted, Clock().today())
    page = visit("/")
    expect(page.get_by_text("of your plan no longer fit the time")).to_be_visible()
    page.get_by_role("button", name="What changes").click()
    expect(page.get_by_text(f"It leaves out {len(refit.removed)} questions")).to_be_visible()
    expect(page.get_by_text(refit.removed[0].id).first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Fit again").click()
    expect(page.get_by_text("of your plan no longer fit the time")).to_have_count(0)
    assert set(ids(plan_of(db_path).items)) == set(refit.fit.chosen)
    settled(page)
    page.get_by_role("button", name="Undo").first.click()
    eventually(lambda: set(ids(plan_of(db_path).items)) == before)
