"""The best balanced set for the time there is: as much as fits, and never less for more time."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from prep.content.models import BEHAVIORAL, DIFFICULTIES, LEVELS, SYSTEM_DESIGN
from prep.errors import NoTimeToFit
from prep.planning import fitting, plan_items, schedule
from prep.planning.apportionment import apportioned, category_of, weights_of
from prep.planning.fitting import fit
from prep.progress.setting_texts import FIT, LAST, LEFT_OUT, MINUTES, Pace
from prep.progress.settings import Settings
from tests.sample_plans import MONDAY, chosen, done, item, items

SHEETS = (SYSTEM_DESIGN, BEHAVIORAL)


def in_days(days, **wanted):
    """Return settings with an interview after so many days, all of them study days."""
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return chosen(target_on=MONDAY + timedelta(days=days), study_days=week, **wanted)


def test_the_time_is_that_of_the_study_days_before_the_interview():
    wanted = chosen(
        target_on=date(2026, 12, 14), days_off=((date(2026, 12, 1), date(2026, 12, 2)),)
    )
    found = fitting.time_to(wanted, MONDAY)
    assert (found.study_days, found.reserved, found.available) == (8, 96, 384)
    assert fitting.time_to(wanted, date(2026, 12, 10)).study_days == 2
    assert fitting.time_to(wanted, date(2026, 11, 1)).study_days == 8, "from the start on"


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (Settings(), "no interview date"),
        (chosen(target_on=MONDAY), "no study day left before the interview"),
        (chosen(target_on=MONDAY - timedelta(days=9)), "no study day left"),
        (
            chosen(target_on=MONDAY + timedelta(days=7), study_days=("sun",), start_on=None),
            "no study day left",
        ),
    ],
)
def test_without_time_it_says_so(wanted, why):
    today = MONDAY + timedelta(days=(wanted.study_days == ("sun",)) * 7)
    with pytest.raises(NoTimeToFit, match=why):
        fit(items(3), wanted, today)


def test_half_of_the_time_goes_to_each_sheet_and_what_one_leaves_to_the_other():
    made = items(20) + items(20, BEHAVIORAL)
    wanted = in_days(10, reserve=0)
    assert Counter(one[0] for one in fit(made, wanted, MONDAY).chosen) == {"S": 5, "B": 5}
    little = items(2) + items(20, BEHAVIORAL)
    assert Counter(one[0] for one in fit(little, wanted, MONDAY).chosen) == {"S": 2, "B": 8}
    most = replace(wanted, system_design_share=0.8)
    assert Counter(one[0] for one in fit(made, most, MONDAY).chosen) == {"S": 8, "B": 2}
    alone = replace(wanted, sheets=(BEHAVIORAL,))
    assert Counter(one[0] for one in fit(made, alone, MONDAY).chosen) == {"B": 10}


def test_a_sheet_ends_at_the_first_question_that_does_not_fit():
    made = [item(1, minutes=50), item(2, minutes=300), item(3, minutes=10)]
    found = fit(made, in_days(2, reserve=0), MONDAY)
    assert found.chosen == ("S-001",)
    assert found.left_out == ("S-002", "S-003")


def test_a_director_prepares_what_directors_are_asked_before_what_managers_are():
    made = [
        item(1, BEHAVIORAL, level="EM", difficulty="High"),
        item(2, BEHAVIORAL, level="EM+DIR", difficulty="Low"),
        item(3, BEHAVIORAL, level="DIR", difficulty="Medium"),
    ]
    two_hours = in_days(2, reserve=0)
    assert fit(made, replace(two_hours, level="DIR"), MONDAY).chosen == ("B-003", "B-002")
    assert fit(made, replace(two_hours, level="EM"), MONDAY).chosen == ("B-001", "B-002")
    assert fit(made, two_hours, MONDAY).chosen == ("B-001", "B-003")


def test_a_managers_plan_has_a_directors_question_only_where_it_is_pinned():
    made = [item(n, BEHAVIORAL, level="DIR") for n in (1, 2)]
    made.append(item(3, BEHAVIORAL, level="DIR", pinned=True))
    assert fit(made, in_days(9, level="EM"), MONDAY).chosen == ("B-003",)


def test_pinned_ones_come_first_dropped_ones_never():
    made = [
        item(1, skipped=True),
        item(2),
        item(3, pinned=True, phase_position=None),
        item(4, phase_position=None),
    ]
    one_hour = in_days(1, reserve=0, outside_sequence=LEFT_OUT)
    assert fit(made, one_hour, MONDAY).chosen == ("S-003",)
    assert fit(made, in_days(9, outside_sequence=LEFT_OUT), MONDAY).chosen == ("S-003", "S-002")


def test_pinned_ones_beyond_their_sheets_share_take_of_the_other():
    made = [item(n, pinned=n <= 4) for n in range(1, 6)] + items(5, BEHAVIORAL)
    found = fit(made, in_days(6, reserve=0), MONDAY)
    assert found.chosen == ("S-001", "S-002", "S-003", "S-004", "B-001", "B-002")


def test_what_is_pinned_and_has_no_room_is_named_and_nothing_takes_its_place():
    made = [item(n, pinned=True, minutes=50 * n) for n in range(1, 4)] + [item(4, minutes=5)]
    found = fit(made, in_days(3, reserve=0), MONDAY)
    assert found.chosen == ("S-001", "S-002")
    assert found.without_room == ("S-003",)


def test_what_is_done_costs_nothing_and_counts_for_the_balance():
    made = [item(n, category_position=1 + n % 2) for n in range(8)]
    made[0] = done(made[0], MONDAY)
    found = fit(made, in_days(2, reserve=0), MONDAY)
    assert found.chosen == ("S-000", "S-001", "S-002"), "the other category is next, then this"
    assert [share.chosen for share in found.by_category] == [2, 1]
    assert [share.minutes for share in found.by_category] == [60, 60]
    assert found.minutes_used == 120


def test_what_is_begun_comes_first():
    made = [item(1), item(2, status="in_progress"), item(3, status="drafted", minutes=10)]
    assert fit(made, in_days(1, reserve=0), MONDAY).chosen == ("S-002",)
    assert fit(made, in_days(2, reserve=0), MONDAY).chosen == ("S-002", "S-003")


ITEMS = st.lists(
    st.builds(
        item,
        st.just(0),
        st.sampled_from(SHEETS),
        phase_position=st.none() | st.integers(1, 4),
        category_position=st.integers(1, 5),
        level=st.sampled_from(LEVELS),
        difficulty=st.none() | st.sampled_from(DIFFICULTIES),
        status=st.sampled_from(["todo"] * 5 + ["in_progress", "drafted", "done"]),
        skipped=st.sampled_from([False] * 5 + [True]),
        pinned=st.sampled_from([False] * 5 + [True]),
        has_article=st.booleans(),
        minutes=st.integers(1, 90),
    ),
    max_size=40,
).map(lambda made: [replace(one, id=f"Q-{n}", position=n) for n, one in enumerate(made)])
SETTINGS = st.builds(
    in_days,
    st.integers(1, 40),
    sheets=st.sampled_from([SHEETS, (BEHAVIORAL,)]),
    level=st.sampled_from(LEVELS),
    minutes_a_day=st.integers(5, 120),
    reserve=st.sampled_from([0.0, 0.2, 0.35, 0.9]),
    system_design_share=st.sampled_from([0.0, 0.3, 0.5, 1.0]),
    outside_sequence=st.sampled_from([LAST, LEFT_OUT]),
    focus=st.lists(
        st.tuples(st.sampled_from(SHEETS), st.integers(1, 5), st.sampled_from([0.0, 0.5, 2.0])),
        max_size=3,
        unique_by=lambda one: one[:2],
    ).map(tuple),
)


@limits(max_examples=200)
@given(ITEMS, SETTINGS)
def test_the_promises_hold_for_any_questions(made, wanted):
    found = fit(made, wanted, MONDAY)
    by_id = {one.id: one for one in made}
    assert sorted([*found.chosen, *found.left_out]) == sorted(by_id), "each question once"
    assert found.minutes_used <= found.time.available
    taken = [by_id[one] for one in found.chosen]
    assert found.minutes_used == sum(one.minutes for one in taken if one.status != "done")
    for one in taken:
        assert one.sheet in wanted.sheets
        assert not one.skipped, "a dropped one never"
        if wanted.level == "EM" and one.level == "DIR":
            assert one.pinned or one.status != "todo", "for a manager only where chosen"
    for one in made:
        if one.pinned and not one.skipped and one.sheet in wanted.sheets:
            assert one.id in {*found.chosen, *found.without_room}, "a pinned one first"
    assert found == fit(list(reversed(made)), wanted, MONDAY), "the same input, the same scope"
    assert_no_better_of_the_level_is_left_out(taken, [by_id[i] for i in found.left_out], wanted)
    assert_by_the_method(found, made, wanted)


def assert_no_better_of_the_level_is_left_out(taken, left_out, wanted):
    if wanted.level != "DIR":
        return
    waiting = {
        category_of(one)
        for one in left_out
        if one.level != "EM" and fitting.is_eligible(one, wanted) and one.status == "todo"
    } - {category_of(one) for one in left_out if one.pinned}
    for one in taken:
        if one.level == "EM" and one.status == "todo" and not one.pinned:
            assert category_of(one) not in waiting


def assert_by_the_method(found, made, wanted):
    """Each sheet's choice begins its order, and the next of it would not fit in what is left."""
    open_to_choice = [one for one in made if fitting.is_eligible(one, wanted)]
    weights = weights_of(open_to_choice, wanted)
    chosen_ids, rest = set(found.chosen), found.time.available - found.minutes_used
    free = [one for one in open_to_choice if one.status == "todo" and not one.pinned]
    given = Counter(category_of(one) for one in made if one.id in chosen_ids and one not in free)
    for sheet in wanted.sheets:
        order = list(apportioned([o for o in free if o.sheet == sheet], weights, given, wanted))
        picked = [one for one in order if one.id in chosen_ids]
        assert picked == order[: len(picked)]
        if len(wanted.sheets) == 1 and picked != order and not found.without_room:
            assert order[len(picked)].minutes > rest
    for share in found.by_category:
        in_category = [one for one in made if category_of(one) == (share.sheet, share.position)]
        assert share.total == len(in_category)
        assert share.chosen == sum(one.id in chosen_ids for one in in_category)


@limits(max_examples=200)
@given(ITEMS, SETTINGS, st.integers(0, 60))
def test_more_time_never_takes_a_question_away(made, wanted, more):
    less = fit(made, wanted, MONDAY)
    longer = replace(wanted, minutes_a_day=wanted.minutes_a_day + more)
    assert set(less.chosen) <= set(fit(made, longer, MONDAY).chosen)


def test_a_director_with_eight_weeks_covers_every_category(db):
    """Sixty minutes on weekdays: the plan ends before the interview, nothing easy takes a place."""
    wanted = Settings(
        level="DIR", start_on=MONDAY, target_on=MONDAY + timedelta(weeks=8), scope=FIT
    )
    made = plan_items.load(db, wanted)
    found = fit(made, wanted, MONDAY)
    assert found.time.available == 40 * 60 * 4 // 5
    scoped = [replace(one, in_scope=one.id in found.chosen) for one in made]
    by_minutes = replace(wanted, pace=Pace(wanted.minutes_a_day, MINUTES))
    planned = schedule.plan(scoped, by_minutes, MONDAY)
    assert sorted(p.item.id for p in planned) == sorted(found.chosen)
    assert planned[-1].date < wanted.target_on
    assert all(share.chosen for share in found.by_category)
    assert_no_better_of_the_level_is_left_out(
        [one for one in scoped if one.in_scope], [one for one in scoped if not one.in_scope], wanted
    )
