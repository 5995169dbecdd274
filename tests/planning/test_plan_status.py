"""Planned against actual: progress, slips, what is left out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.planning import plan_status
from prep.planning.plan_status import PlanStatus
from prep.planning.planned import Planned
from prep.progress import settings
from prep.progress.setting_texts import LEFT_OUT, QUESTIONS, Pace
from tests.sample_plans import MONDAY, both, chosen, done, item, items

ONE_A_DAY = chosen(sheets=(SYSTEM_DESIGN,), pace=Pace(1, QUESTIONS))


def day(n):
    """Return the day `n` days after the plan begins."""
    return MONDAY + timedelta(days=n)


def plan(made, today, settings=ONE_A_DAY):
    return PlanStatus(made, settings, today)


def first_done(count, of=10):
    made = items(of)
    return [done(one, day(0)) for one in made[:count]] + made[count:]


@pytest.mark.parametrize(
    ("finished", "asked_on", "planned", "days_ahead"),
    [
        (0, 0, 0, 0),  # the first morning: nothing was due yet
        (1, 0, 0, 0),  # today's is done: as planned
        (3, 0, 0, 2),  # two more study days are covered
        (0, 1, 1, -1),
        (0, 7, 5, -5),  # a weekend does not count
        (5, 7, 5, 0),
        (5, 5, 5, 0),  # on Saturday
        (10, 2, 2, 7),
        (9, 60, 10, -35),
    ],
)
def test_ahead_and_behind_are_counted_in_study_days(finished, asked_on, planned, days_ahead):
    progress = plan(first_done(finished), day(asked_on)).progress()
    assert (progress.done, progress.total) == (finished, 10)
    assert (progress.planned, progress.days_ahead) == (planned, days_ahead)


def test_days_off_put_nobody_behind():
    away = replace(ONE_A_DAY, days_off=((day(1), day(4)),))
    assert plan(first_done(1), day(7), away).progress().days_ahead == 0


def test_what_was_done_before_the_start_is_no_part_of_the_plan():
    made = items(10)
    made[0] = done(made[0], day(-30))
    progress = plan(made, day(0)).progress()
    assert (progress.done, progress.planned, progress.days_ahead) == (1, 1, 0)
    assert progress.ended_on == day(10)  # nine weekdays


def test_each_sheet_stands_by_itself():
    made = [*items(4), *(done(one, day(0)) for one in items(4, BEHAVIORAL))]
    both_sheets = plan(made, day(2), chosen())
    assert both_sheets.progress(SYSTEM_DESIGN).days_ahead == -2
    assert both_sheets.progress(BEHAVIORAL).done == 4


def test_a_slip_moves_the_end_and_names_the_pace_that_catches_up():
    late = plan(first_done(1), day(4))  # Friday, after one of four
    assert late.progress().ended_on == day(11)
    assert late.slipped_days == 3
    assert late.catch_up == Pace(1.5, QUESTIONS)  # nine questions, six study days
    assert [p.item.id for p in late.slipped] == ["S-002", "S-003", "S-004"]
    assert late.slipped[0].date == day(1)


def test_on_plan_nothing_slipped():
    on_time = plan(first_done(4), day(4))
    assert (on_time.slipped_days, on_time.slipped) == (0, [])


def test_a_question_moved_later_shows_in_the_end_but_the_start_is_as_it_was():
    made = items(3)
    made[0] = replace(made[0], moved_to=day(14))
    moved = plan(made, day(0))
    assert moved.baseline[0] == Planned(day(0), replace(made[0], moved_to=None))
    assert moved.progress().ends_on == day(14)


def test_what_is_left_out_is_named_with_its_reason():
    made = [item(1, skipped=True), item(2, phase_position=None), item(3, BEHAVIORAL)]
    reasons = plan(made, day(0), replace(ONE_A_DAY, outside_sequence=LEFT_OUT)).left_out
    assert {why: [one.id for one in ones] for why, ones in reasons.items()} == {
        "you skipped it": ["S-001"],
        "the suggested sequence omits it": ["S-002"],
    }


def test_a_plan_without_a_start_is_as_if_it_began_today():
    unset = plan(both(3), day(9), replace(chosen(), start_on=None))
    assert unset.progress().days_ahead == 0
    assert unset.baseline == unset.planned


def test_an_empty_plan_has_no_end():
    empty = plan([], date(2026, 1, 1))
    assert empty.progress().ends_on is None
    assert (empty.slipped_days, empty.catch_up, empty.band) == (0, None, None)
    assert empty.phases.empty


def test_reviews_that_are_due_join_the_plans_minutes(db, tracker, clock):
    settings.change(db, clock, {"start_on": "2026-11-23", "pace": "60 minutes"})
    free = plan_status.load(db, clock.today()).on(clock.today())
    assert len(free) == 1
    tracker.set_status([f"L-{n:02}" for n in range(5, 12)], "done", on=date(2026, 11, 20))
    assert plan_status.load(db, clock.today()).on(clock.today()) == free, "21 minutes leave it room"
    tracker.set_status([f"PM-{n:02}" for n in range(1, 8)], "done", on=date(2026, 11, 20))
    assert plan_status.load(db, clock.today()).on(clock.today()) == [], "42 minutes do not"
