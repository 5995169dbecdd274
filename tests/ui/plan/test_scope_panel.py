"""The scope on Today and Timeline: what fits, and what fitting it again changes."""

import pytest

from prep.clock import Clock
from prep.planning import plan_status, scope
from prep.progress import settings
from prep.store import undo_redo
from prep.ui.text import escape_markdown
from tests.pages.conftest import texts, unfold


@pytest.fixture
def fitted(planned):
    scope.apply(planned, Clock())
    return planned


def in_plan(db):
    return {item.id for item in plan_status.load(db, Clock().today()).items}


def test_a_plan_of_everything_can_be_fitted_and_taken_back(open_page, planned):
    test = unfold(open_page("timeline"), "scope")
    found = scope.propose(planned, Clock().today()).fit
    assert f"**{len(found.chosen)} of 291 questions fit**" in texts(test)
    assert "10 minutes more a day would add" in texts(test)
    test.button(key="fit-notice").click().run()
    assert in_plan(planned) == set(found.chosen)
    assert test.button(key="undo").help.startswith("Takes back: scope of the plan: ")
    unfold(test, "scope").button(key="scope-all").click().run()
    assert len(in_plan(planned)) == 291


def test_a_plan_that_ends_in_time_can_be_fitted_all_the_same(open_page, planned):
    settings.change(planned, Clock(), {"target_on": "2099-12-01"})
    test = unfold(open_page("timeline"), "scope")
    assert "291 of 291 questions fit" in texts(test)
    test.button(key="fit-panel").click().run()
    assert settings.load(planned).scope == "fit"


def test_a_scope_that_fits_asks_for_nothing(open_page, fitted):
    for page in ("today", "timeline"):
        assert "of your plan no longer fit" not in texts(open_page(page))


@pytest.mark.parametrize("page", ["today", "timeline"])
def test_less_time_offers_a_refit_that_names_what_goes_and_undo_takes_it_back(
    open_page, fitted, page
):
    before = in_plan(fitted)
    settings.change(fitted, Clock(), {"minutes_a_day": "40"})
    refit = scope.propose(fitted, Clock().today())
    test = open_page(page)
    assert f"**{len(refit.removed)} questions** of your plan no longer fit the time" in texts(test)
    unfold(test, "refit-changes")
    for item in refit.removed:
        assert f"{escape_markdown(item.title)} :gray[{item.id}]" in texts(test)
    assert in_plan(fitted) == before, "nothing is fitted again by itself"
    test.button(key="fit-notice").click().run()
    assert in_plan(fitted) == set(refit.fit.chosen)
    assert "no longer fit" not in texts(test)
    undo_redo.undo(fitted, Clock())
    assert in_plan(fitted) == before


def test_more_time_says_how_many_more_there_are(open_page, fitted):
    settings.change(fitted, Clock(), {"minutes_a_day": "90"})
    added = len(scope.propose(fitted, Clock().today()).added)
    assert f"There is time for **{added} more**." in texts(open_page("today"))
