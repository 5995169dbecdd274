"""The promises of the plan, for the sheets' own presets and for any settings."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from prep.content.models import BEHAVIORAL, DIFFICULTIES, LEVELS, SYSTEM_DESIGN
from prep.planning import lanes, schedule
from prep.planning.plan_items import load
from prep.planning.planned import Planned
from prep.progress import presets, setting_texts
from prep.progress.setting_texts import (
    ALTERNATE,
    FIT,
    LEFT_OUT,
    MINUTES,
    ONE_AFTER_THE_OTHER,
    QUESTIONS,
    SIDE_BY_SIDE,
    WEEKS,
    Pace,
)
from prep.progress.settings import Settings
from prep.progress.study_days import WEEKDAYS
from tests.sample_plans import MONDAY, both, chosen, done, item, items
from tests.work import steps

# --- the sheets' own words ---


def preset(db, name, **fields):
    given = {key: setting_texts.parse(key, text) for key, text in presets.PRESETS[name].items()}
    wanted = Settings(start_on=MONDAY, **given, **fields)
    return schedule.plan(load(db, wanted), wanted, MONDAY), wanted


def last_day(planned, sheet, *, in_sequence=False):
    return max(
        day
        for day, found, _ in planned
        if found.sheet == sheet and (found.phase_position or not in_sequence)
    )


def test_the_sheets_weeks_end_in_week_28_and_16(db):
    planned, _ = preset(db, "The sheets' weeks")
    assert len(planned) == 291
    end_of_week = {week: MONDAY + timedelta(weeks=week) - timedelta(days=3) for week in (16, 28)}
    assert last_day(planned, SYSTEM_DESIGN) == end_of_week[28]
    assert last_day(planned, BEHAVIORAL, in_sequence=True) == end_of_week[16]
    outside = [day for day, found, _ in planned if found.id.startswith("M-")]
    assert len(outside) == 8
    assert min(outside) == end_of_week[16] + timedelta(days=3)


def test_with_the_sheets_weeks_each_phase_stays_in_its_weeks(db):
    planned, _ = preset(db, "The sheets' weeks")
    for day, found, _ in planned:
        if found.first_week:
            week = (day - MONDAY).days // 7 + 1
            assert found.first_week <= week <= found.last_week


@pytest.mark.parametrize(("name", "days"), [("One of each a weekday", 5), ("One of each a day", 7)])
def test_one_a_day_ends_after_as_many_study_days_as_questions(db, name, days):
    planned, wanted = preset(db, name)
    calendar = wanted.calendar()
    assert calendar.per_week == days
    assert last_day(planned, SYSTEM_DESIGN) == calendar.first(120, MONDAY)[-1]
    assert last_day(planned, BEHAVIORAL) == calendar.first(171, MONDAY)[-1]


def test_one_sheet_alone_at_one_a_weekday_takes_120_and_171_weekdays(db):
    for sheet, count in ((SYSTEM_DESIGN, 120), (BEHAVIORAL, 171)):
        wanted = chosen(sheets=(sheet,), pace=Pace(1, QUESTIONS))
        planned = schedule.plan(load(db, wanted), wanted, MONDAY)
        assert [p.date for p in planned] == wanted.calendar().first(count, MONDAY)


# --- the order ---


def order(made, **fields):
    return [found.id for _, found, _ in schedule.plan(made, chosen(**fields), MONDAY)]


def test_high_comes_before_medium_before_low_and_then_the_sheets_order(db):
    wanted = chosen(sheets=(BEHAVIORAL,))
    ids = [found.id for _, found, _ in schedule.plan(load(db, wanted), wanted, MONDAY)]
    assert ids[:9] == ["L-01", "L-02", "L-03", "L-05", "L-06", "L-07", "L-11", "L-12", "L-14"]
    assert ids[9:15] == ["L-04", "L-08", "L-09", "L-10", "L-13", "L-15"]
    assert ids[15] == "C-01"
    assert ids[-8:] == ["M-01", "M-07", "M-02", "M-03", "M-05", "M-06", "M-08", "M-04"]


def test_aiming_at_director_an_em_question_is_the_last_of_its_category(db):
    wanted = chosen(sheets=(BEHAVIORAL,), level="DIR")
    found = schedule.plan(load(db, wanted), wanted, MONDAY)
    assert len(found) == 171
    for category in range(1, 17):
        levels = [p.item.level == "EM" for p in found if p.item.category_position == category]
        assert levels == sorted(levels)


def test_aiming_at_em_leaves_director_questions_out_and_says_why(db):
    wanted = chosen(level="EM")
    every = load(db, wanted)
    left_out = [found for found in every if lanes.why_left_out(found, wanted)]
    assert len(left_out) == 30
    assert {lanes.why_left_out(found, wanted) for found in left_out} == {
        "it is asked of directors only"
    }
    assert len(schedule.plan(every, wanted, MONDAY)) == 261


def test_questions_outside_the_sequence_can_be_left_out(db):
    wanted = chosen(outside_sequence=LEFT_OUT)
    assert len(schedule.plan(load(db, wanted), wanted, MONDAY)) == 283


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (ALTERNATE, "SBSBSB"),
        (ONE_AFTER_THE_OTHER, "SSSBBB"),
        ("2:1", "SSBSBB"),
        ("1:3", "SBBBSS"),
    ],
)
def test_the_two_sheets_are_interleaved(how, expected):
    assert "".join(name[0] for name in order(both(3), interleave=how)) == expected


def test_the_first_sheet_named_comes_first():
    ids = order(both(2), sheets=(BEHAVIORAL, SYSTEM_DESIGN))
    assert ids[0] == "B-001"


def test_alternating_goes_on_where_it_was_when_one_is_done():
    made = both(3)
    made[0] = done(made[0], MONDAY - timedelta(days=1))
    assert order(made)[:3] == ["B-001", "S-002", "B-002"]


# --- days ---


def days_of(planned):
    return Counter(entry.date for entry in planned)


def test_what_is_done_today_counts_towards_today():
    made = items(10)
    made[0] = done(made[0], MONDAY)
    assert days_of(schedule.plan(made, chosen(), MONDAY))[MONDAY] == 1
    made[1] = done(made[1], MONDAY)
    assert days_of(schedule.plan(made, chosen(), MONDAY))[MONDAY] == 0


def test_a_pace_of_one_and_a_half_alternates_and_does_not_depend_on_the_day_asked():
    wanted = chosen(pace=Pace(1.5, QUESTIONS))
    counts = [
        days_of(schedule.plan(items(12), wanted, MONDAY))[MONDAY + timedelta(days=n)]
        for n in range(5)
    ]
    assert counts == [1, 2, 1, 2, 1]
    tuesday = MONDAY + timedelta(days=1)
    assert days_of(schedule.plan(items(12), wanted, tuesday))[tuesday] == 2


def test_falling_behind_never_piles_up():
    late = MONDAY + timedelta(weeks=20)
    for pace in (Pace(2, QUESTIONS), Pace(120, MINUTES), Pace(0, WEEKS)):
        planned = schedule.plan(both(20), chosen(pace=pace), late)
        assert max(days_of(planned).values()) <= 2
        assert planned[0].date == late


def test_a_moved_question_stands_where_it_was_put_and_takes_a_place():
    made = items(6)
    thursday = MONDAY + timedelta(days=3)
    made[0] = replace(made[0], moved_to=thursday)
    planned = schedule.plan(made, chosen(), MONDAY)
    assert Planned(thursday, made[0]) in planned
    assert [found.id for _, found, _ in planned][:2] == ["S-002", "S-003"]
    assert planned == schedule.plan(made, chosen(), MONDAY)


def test_a_question_moved_to_a_rest_day_stands_on_the_next_study_day():
    made = [item(1, moved_to=MONDAY + timedelta(days=5))]
    assert schedule.plan(made, chosen(), MONDAY)[0].date == MONDAY + timedelta(weeks=1)


def test_what_was_moved_to_a_rest_day_today_stands_together_on_the_next_study_day():
    saturday = MONDAY + timedelta(days=5)
    made = [item(n, moved_to=saturday) for n in (1, 2)]
    planned = schedule.plan(made, chosen(pace=Pace(1, QUESTIONS)), saturday)
    assert [p.date for p in planned] == [MONDAY + timedelta(days=7)] * 2


def test_once_its_day_has_passed_a_moved_question_comes_first():
    made = items(6)
    made[5] = replace(made[5], moved_to=MONDAY + timedelta(days=1))
    wednesday = MONDAY + timedelta(days=2)
    assert schedule.plan(made, chosen(), wednesday)[0] == Planned(wednesday, made[5])


def test_a_skipped_question_is_left_out():
    assert order([item(1, skipped=True), item(2)]) == ["S-002"]


def test_a_plan_of_nothing_is_empty():
    assert schedule.plan([], chosen(), MONDAY) == []
    assert schedule.baseline([done(item(1), MONDAY - timedelta(days=9))], chosen(), MONDAY) == []


# --- the pace that is needed ---


def test_the_pace_needed_ends_on_the_target():
    target = MONDAY + timedelta(days=11)  # ten weekdays
    assert schedule.pace_needed(items(25), chosen(target_on=target), MONDAY) == Pace(2.5, QUESTIONS)
    in_minutes = chosen(target_on=target, pace=Pace(60, MINUTES))
    assert schedule.pace_needed(items(25), in_minutes, MONDAY) == Pace(180, MINUTES)


def test_there_is_no_pace_without_a_target_or_after_it():
    assert schedule.pace_needed(items(5), chosen(), MONDAY) is None
    past = chosen(target_on=MONDAY)
    assert schedule.pace_needed(items(5), past, MONDAY + timedelta(days=1)) is None


# --- for any settings ---

DAYS = st.dates(date(2023, 12, 1), date(2029, 3, 31))  # leap days 2024 and 2028, year ends
RANGES = st.tuples(DAYS, st.integers(0, 20)).map(
    lambda span: (span[0], span[0] + timedelta(days=span[1]))
)
PACES = st.one_of(
    st.integers(1, 8).map(lambda n: Pace(n, QUESTIONS)),
    st.sampled_from([1.5, 2.5, 3.3]).map(lambda n: Pace(n, QUESTIONS)),
    st.integers(5, 300).map(lambda n: Pace(n, MINUTES)),
)
SETTINGS = st.builds(
    Settings,
    sheets=st.sampled_from(
        [(SYSTEM_DESIGN, BEHAVIORAL), (BEHAVIORAL, SYSTEM_DESIGN), (BEHAVIORAL,)]
    ),
    level=st.sampled_from(LEVELS),
    start_on=st.none() | DAYS,
    study_days=st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(tuple),
    days_off=st.lists(RANGES, max_size=4).map(tuple),
    pace=PACES,
    interleave=st.sampled_from([ALTERNATE, ONE_AFTER_THE_OTHER, SIDE_BY_SIDE, "2:1", "1:3"]),
)
ITEMS = st.lists(
    st.builds(
        item,
        st.just(0),
        st.sampled_from([SYSTEM_DESIGN, BEHAVIORAL]),
        phase_position=st.none() | st.integers(1, 4),
        category_position=st.integers(1, 5),
        level=st.none() | st.sampled_from(LEVELS),
        difficulty=st.none() | st.sampled_from(DIFFICULTIES),
        done_on=st.none() | DAYS,
        moved_to=st.none() | DAYS,
        skipped=st.booleans(),
        minutes=st.integers(1, 240),
    ),
    max_size=40,
).map(lambda made: [replace(one, id=f"Q-{n}", position=n) for n, one in enumerate(made)])


@limits(max_examples=300)
@given(ITEMS, SETTINGS, DAYS)
def test_the_promises_hold_for_any_settings(made, wanted, today):
    made = [without_a_done_day_to_come(one, today) for one in made]
    planned = schedule.plan(made, wanted, today)
    calendar = wanted.calendar()
    open_ids = sorted(one.id for one in lanes.in_plan(made, wanted) if one.done_on is None)
    assert sorted(p.item.id for p in planned) == open_ids, "each open question once"
    assert planned == schedule.plan(list(made), wanted, today), "deterministic"
    assert [p.date for p in planned] == sorted(p.date for p in planned)
    first = max(today, wanted.start_on or today)
    for day, found, _ in planned:
        assert day >= first, "nothing before today or the start"
        assert day in calendar, "nothing on a day off"
        if found.moved_to and found.moved_to >= first:
            assert day == calendar.on_or_after(found.moved_to), "a move is kept"
    assert_no_gap(
        [p for p in planned if not (p.item.moved_to and p.item.moved_to >= first)],
        made,
        planned,
        wanted,
        first,
        today,
    )


def without_a_done_day_to_come(one, today):
    return replace(one, done_on=None) if one.done_on and one.done_on > today else one


def assert_no_gap(free, made, planned, wanted, first, today):
    """No study day is empty between the first and the last that was not moved by hand."""
    if not free:
        return
    calendar = wanted.calendar()
    busy = {p.date for p in planned} | {one.done_on for one in made if one.done_on == today}
    length = calendar.count(first, free[-1].date) + 1
    assert set(calendar.first(length, first)) <= busy


@limits(max_examples=100)
@given(ITEMS, SETTINGS, DAYS)
def test_no_day_holds_more_than_the_pace_but_by_hand(made, wanted, today):
    free = [replace(one, moved_to=None) for one in made]
    parallel = len(lanes.list_lanes(free, wanted))
    planned = schedule.plan(free, wanted, today)
    for day, count in days_of(planned).items():
        if wanted.pace.unit == QUESTIONS:
            assert count <= parallel * -(-wanted.pace.amount // 1)
        else:
            longest = max(found.minutes for on, found, _ in planned if on == day)
            total = sum(found.minutes for on, found, _ in planned if on == day)
            assert total <= parallel * max(wanted.pace.amount, longest)


@limits(max_examples=100)
@given(ITEMS, SETTINGS, DAYS, st.integers(0, 200))
def test_at_the_pace_needed_the_plan_ends_by_the_target(made, wanted, today, length):
    free = [replace(one, moved_to=None, done_on=None) for one in made]
    first = max(today, wanted.start_on or today)
    wanted = replace(wanted, target_on=first + timedelta(days=length))
    needed = schedule.pace_needed(free, wanted, today)
    if needed is None or needed.amount == 0:
        return
    faster = Pace(max(needed.amount, 1), needed.unit)
    planned = schedule.plan(free, replace(wanted, start_on=first, pace=faster), today)
    assert all(day <= wanted.target_on for day, *_ in planned)


# --- how much work: how fast that is, tests/bench/computed.py measures ---


@pytest.mark.parametrize("pace", [Pace(2, QUESTIONS), Pace(60, MINUTES), Pace(0, WEEKS)], ids=str)
@pytest.mark.parametrize("times", [1, 10])
def test_planning_takes_so_many_steps_a_question_however_many_there_are(db, pace, times):
    wanted = chosen(pace=pace)
    every = load(db, wanted)
    made = [replace(one, id=f"{one.id}-{n}") for n in range(times) for one in every]
    assert steps(schedule.plan, made, wanted, MONDAY) <= 80 * len(made)


# --- what reviews take ---


def test_reviews_take_their_minutes_from_the_day():
    settings = chosen(pace=Pace(60, MINUTES))
    questions = items(4, minutes=30)
    tuesday = MONDAY + timedelta(days=1)
    free = schedule.plan(questions, settings, MONDAY)
    assert [entry.date for entry in free] == [MONDAY, MONDAY, tuesday, tuesday]
    busy = schedule.plan(questions, settings, MONDAY, {MONDAY: 30})
    assert [entry.date for entry in busy] == [MONDAY, tuesday, tuesday, tuesday + timedelta(days=1)]


@pytest.mark.parametrize(("reviews", "first"), [(30, 0), (31, 2)])
def test_reviews_of_up_to_half_a_day_leave_it_a_question(reviews, first):
    settings = chosen(pace=Pace(60, MINUTES))
    reserved = {MONDAY: reviews, MONDAY + timedelta(days=1): reviews}
    planned = schedule.plan(items(3, minutes=50), settings, MONDAY, reserved)
    days = [(day - MONDAY).days for day, *_ in planned]
    assert days == [first, first + 1, first + 2]


def in_scope(made):
    return [replace(one, in_scope=True) for one in made]


def fitted(**fields):
    """Return settings of a fitted plan of an hour a day."""
    return chosen(scope=FIT, pace=Pace(60, MINUTES), **fields)


def test_a_fitted_plan_fills_its_days_and_goes_on_the_next_day():
    made = in_scope([item(1, minutes=45), item(2, minutes=45), item(3, minutes=20)])
    planned = schedule.plan(made, fitted(reserve=0), MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    assert [(p.item.id, p.date) for p in planned] == [
        ("S-001", MONDAY),
        ("S-002", tuesday),
        ("S-003", tuesday),
    ]
    assert planned[1].begins_on == MONDAY
    assert planned[1].on(MONDAY).minutes == 15
    assert planned[1].on(tuesday).minutes == 30
    assert planned[0].on(tuesday) is None


def test_a_fitted_plan_keeps_the_reserve_of_days_to_come_and_what_reviews_take_today():
    made = in_scope(items(4, minutes=48))
    planned = schedule.plan(made, fitted(), MONDAY, {MONDAY: 12})
    days = [p.date for p in planned]
    assert days == fitted().calendar().first(4, MONDAY)
    assert all(not p.sittings for p in planned)


def test_in_a_fitted_plan_what_is_begun_comes_first():
    made = in_scope(items(3))
    made[2] = replace(made[2], status="in_progress")
    planned = schedule.plan(made, fitted(), MONDAY)
    assert [p.item.id for p in planned] == ["S-003", "S-001", "S-002"]


def test_in_a_fitted_plan_what_is_moved_takes_the_minutes_of_its_day():
    wednesday = MONDAY + timedelta(days=2)
    made = in_scope(items(3))
    made[0] = replace(made[0], moved_to=wednesday)
    planned = schedule.plan(made, fitted(reserve=0), MONDAY)
    assert [(p.item.id, p.date) for p in planned] == [
        ("S-002", MONDAY),
        ("S-003", MONDAY + timedelta(days=1)),
        ("S-001", wednesday),
    ]


def test_a_fitted_plan_counts_from_its_start_what_questions_took_then():
    """What is prepared since takes a rehearsal, and must not make the plan of then look shorter."""
    made = in_scope(items(4))
    made[0] = replace(done(made[0], MONDAY), minutes=10)
    began = schedule.baseline(made, fitted(reserve=0), MONDAY + timedelta(days=1))
    assert [p.date for p in began] == fitted().calendar().first(4, MONDAY)


@limits(max_examples=200)
@given(ITEMS, SETTINGS, DAYS, st.integers(5, 120), st.sampled_from([0, 0.2, 0.9]))
def test_no_day_of_a_fitted_plan_holds_more_than_its_minutes(made, wanted, today, minutes, reserve):
    wanted = replace(
        wanted,
        scope=FIT,
        pace=Pace(minutes, MINUTES),
        minutes_a_day=minutes,
        reserve=reserve,
    )
    made = in_scope(without_a_done_day_to_come(one, today) for one in made)
    planned = schedule.plan(made, wanted, today)
    open_ids = sorted(one.id for one in lanes.in_plan(made, wanted) if one.done_on is None)
    assert sorted(p.item.id for p in planned) == open_ids, "each open question once"
    first = wanted.calendar().on_or_after(max(today, wanted.start_on or today))
    on_first = [p.on(first) for p in planned]
    assert sum(one.minutes for one in on_first if one) <= minutes
    for entry in planned:
        sittings = entry.sittings or ((entry.date, entry.item.minutes),)
        assert sum(part for _, part in sittings) == entry.item.minutes
        assert all(day in wanted.calendar() for day, _ in sittings)
        assert entry.begins_on >= first


@pytest.mark.parametrize("pace", [Pace(1, QUESTIONS), Pace(60, MINUTES), Pace(0, WEEKS)])
def test_what_is_begun_comes_first_at_any_pace(pace):
    made = items(6)
    made[4] = replace(made[4], status="drafted")
    made[2] = replace(made[2], status="in_progress")
    planned = schedule.plan(made, chosen(pace=pace), MONDAY)
    assert [p.item.id for p in planned][:3] == ["S-003", "S-005", "S-001"]
