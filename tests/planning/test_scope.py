"""The scope: kept as one change, named before it is, questions pinned to it or dropped."""

from datetime import timedelta

import pytest

from prep.clock import Clock
from prep.errors import NoTimeToFit
from prep.planning import plan_status, scope
from prep.practice import answers, stories
from prep.progress import reading, settings
from prep.progress.setting_texts import FIT
from prep.progress.tracker import Tracker
from prep.store import undo_redo
from tests.sample_plans import MONDAY

TODAY = MONDAY - timedelta(days=7)  # as the fixtures' clock has it
EIGHT_WEEKS = {
    "start_on": TODAY.isoformat(),
    "target_on": (TODAY + timedelta(weeks=8)).isoformat(),
    "level": "DIR",
}


@pytest.fixture
def db(db, clock):
    settings.change(db, clock, EIGHT_WEEKS)
    return db


def in_scope(db):
    return {item.id for item in plan_status.load(db, TODAY).items}


def test_before_the_first_fit_everything_is_in_the_scope(db):
    refit = scope.propose(db, TODAY)
    assert refit.added == ()
    assert len(refit.removed) + len(refit.fit.chosen) == 291
    assert in_scope(db) == set(refit.fit.chosen) | {item.id for item in refit.removed}


def test_what_is_applied_is_the_plan_and_undo_takes_it_back_whole(db, clock):
    applied = scope.apply(db, clock)
    assert in_scope(db) == set(applied.fit.chosen)
    plan = plan_status.load(db, TODAY)
    assert plan.settings.scope == FIT
    assert plan.progress().ends_on < plan.settings.target_on
    assert scope.propose(db, TODAY).added == scope.propose(db, TODAY).removed == ()
    assert scope.apply(db, clock).fit == applied.fit
    assert undo_redo.undo(db, clock)
    assert len(in_scope(db)) == 291
    assert settings.load(db).scope == "all"
    assert not db.execute("SELECT count(*) FROM progress WHERE in_scope").fetchone()[0]
    assert undo_redo.redo(db, clock)
    assert in_scope(db) == set(applied.fit.chosen)


def test_no_day_has_more_than_its_minutes(db, clock):
    scope.apply(db, clock)
    plan = plan_status.load(db, TODAY)
    days = {day for planned in plan.planned for day, _ in planned.sittings or [(planned.date, 0)]}
    totals = [plan_status.minutes(plan.on(day)) for day in sorted(days)]
    assert max(totals) <= 60
    assert sum(totals) == sum(planned.item.minutes for planned in plan.planned)


def test_the_scope_stays_until_it_is_fitted_again(db, clock):
    before = scope.apply(db, clock).fit.chosen
    settings.change(db, clock, {"minutes_a_day": "90"})
    assert in_scope(db) == set(before)
    refit = scope.propose(db, TODAY)
    assert refit.is_due
    assert refit.removed == ()
    assert {item.id for item in refit.added} == set(refit.fit.chosen) - set(before) != set()


def test_work_as_it_is_planned_asks_for_no_other_fit(db, clock, tracker):
    """Its minutes are used: what is finished today makes no room for more today."""
    scope.apply(db, clock)
    day = TODAY
    for _ in range(5):
        morning = Clock(clock.zone, lambda day=day: clock.now() + (day - TODAY))
        for planned in plan_status.load(db, day).planned:
            if planned.date == day:
                Tracker(db, morning).set_status(planned.item.id, "done")
                assert not scope.propose(db, day).is_due, (day, planned.item.id)
        day += timedelta(days=1)


def test_a_week_without_work_leaves_too_much_for_the_time(db, clock):
    before = scope.apply(db, clock).fit.chosen
    refit = scope.propose(db, TODAY + timedelta(weeks=1))
    assert refit.is_due
    assert refit.added == ()
    assert refit.removed
    assert {item.id for item in refit.removed} == set(before) - set(refit.fit.chosen)


def test_a_pin_a_drop_and_neither(db, clock, tracker):
    chosen = scope.apply(db, clock).fit
    outside, inside = chosen.left_out[0], chosen.chosen[0]
    tracker.edit({outside: scope.PIN, inside: scope.DROP})
    refit = scope.apply(db, clock).fit
    assert outside in refit.chosen
    assert inside in refit.left_out
    found = scope.of_each_question(plan_status.load(db, TODAY))
    assert found[outside] == {"in_scope": True, "pinned": True, "dropped": False}
    assert found[inside] == {"in_scope": False, "pinned": False, "dropped": True}
    tracker.edit({outside: scope.UNPIN, inside: scope.UNPIN})
    assert scope.propose(db, TODAY).fit.chosen == chosen.chosen


def test_what_is_begun_is_in_the_plan_also_beyond_the_scope(db, clock, tracker):
    outside = scope.apply(db, clock).fit.left_out[0]
    tracker.set_status(outside, "in_progress")
    assert outside in in_scope(db)
    assert plan_status.load(db, TODAY).on(TODAY)[0].id == outside, "and comes first"


def test_work_on_stories_answers_and_articles_buys_time(db, clock):
    before = scope.propose(db, TODAY).fit
    ids = [one for one in before.chosen if one.startswith("L-")]
    story = stories.save(db, clock, {"title": "Lisbon"})
    stories.link(db, clock, story, {ids[0]: ""})
    answers.save(db, clock, "SD-004", "An answer")
    reading.mark_read(db, clock, "/system-design/classic/url-shortener/", True)
    plan = plan_status.load(db, TODAY)
    minutes = {item.id: item.minutes for item in plan.all_items}
    assert (minutes[ids[0]], minutes["SD-004"]) == (10, 10)
    after = scope.propose(db, TODAY).fit
    assert set(before.chosen) <= set(after.chosen)
    assert len(after.chosen) > len(before.chosen) or after.minutes_used < before.minutes_used
    stories.remove(db, clock, story)
    plan = plan_status.load(db, TODAY)
    assert {item.id: item.minutes for item in plan.all_items}[ids[0]] > 10


def test_what_was_done_before_it_was_fitted_makes_nobody_ahead_or_behind(db, clock, tracker):
    tracker.set_status(["SD-001", "SD-002", "L-01"], "done", on=TODAY - timedelta(days=1))
    settings.change(db, clock, {"start_on": (TODAY - timedelta(days=30)).isoformat()})
    scope.apply(db, clock)
    progress = plan_status.load(db, TODAY).progress()
    assert (progress.done, progress.planned, progress.days_ahead) == (3, 3, 0)
    later = plan_status.load(db, TODAY + timedelta(days=2)).progress()
    assert later.days_ahead < 0


def test_settings_are_set_along_with_it_and_undone_with_it(db, clock):
    texts = {"minutes_a_day": "90", "study_days": "sat,sun"}
    refit = scope.apply(db, clock, texts)
    assert (refit.fit.time.study_days, refit.fit.time.minutes_a_day) == (16, 90)
    assert scope.propose(db, TODAY).fit == refit.fit
    undo_redo.undo(db, clock)
    assert settings.load(db).minutes_a_day == 60


def test_without_an_interview_nothing_is_changed(db, clock):
    settings.change(db, clock, {"target_on": None})
    with pytest.raises(NoTimeToFit, match="set target_on"):
        scope.apply(db, clock)
    assert settings.load(db).scope == "all"
