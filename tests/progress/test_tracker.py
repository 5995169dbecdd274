"""Statuses and the dates that follow them."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.clock import Clock
from prep.errors import InvalidDates, InvalidStatus, InvalidValue, PrepError, UnknownQuestion
from prep.progress.tracker import DATE_FIELDS, STATUSES, Tracker

TODAY = "2026-11-23"


def dates(tracker, question_id="L-01"):
    state = tracker.state(question_id)
    return tuple(getattr(state, name) for name in DATE_FIELDS)


def test_an_untouched_question_is_todo(tracker):
    assert asdict(tracker.state("L-01")) == {
        "status": "todo",
        "started_on": None,
        "drafted_on": None,
        "done_on": None,
        "confidence": None,
        "starred": 0,
        "personal_notes": "",
        "moved_to": None,
        "put_off_on": None,
        "minutes": None,
        "skipped": 0,
        "in_scope": 0,
        "pinned": 0,
    }


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("in_progress", (TODAY, None, None)),
        ("drafted", (None, TODAY, None)),
        ("done", (None, None, TODAY)),
    ],
)
def test_reaching_a_status_fills_its_date(tracker, status, expected):
    assert tracker.set_status("L-01", status) == 1
    assert dates(tracker) == expected


def test_reaching_a_status_again_keeps_its_date(tracker):
    tracker.set_status("L-01", "in_progress", on=date(2026, 11, 1))
    tracker.set_status("L-01", "done")
    assert dates(tracker) == ("2026-11-01", None, TODAY)


def test_going_back_clears_later_dates(tracker):
    for status in ("in_progress", "drafted", "done"):
        tracker.set_status("L-01", status)
    tracker.set_status("L-01", "in_progress")
    assert dates(tracker) == (TODAY, None, None)
    tracker.set_status("L-01", "todo")
    assert dates(tracker) == (None, None, None)


def test_the_same_status_again_is_no_change(tracker):
    tracker.set_status("L-01", "done")
    assert tracker.set_status("L-01", "done") == 0


def test_many_questions_change_at_once(tracker):
    assert tracker.set_status(["L-01", "L-02", "SD-001"], "done") == 3


def test_an_unknown_id_changes_none_of_many(tracker):
    with pytest.raises(UnknownQuestion, match="'L-99'"):
        tracker.set_status(["L-01", "L-99"], "done")
    assert tracker.state("L-01").status == "todo"


def test_an_unknown_status_is_refused(tracker):
    with pytest.raises(InvalidStatus, match="todo, in_progress, drafted, done"):
        tracker.set_status("L-01", "finished")


def test_dates_can_be_corrected(tracker):
    tracker.set_status("L-01", "done")
    tracker.edit({"L-01": {"started_on": "2026-11-02", "done_on": date(2026, 11, 20)}})
    assert dates(tracker) == ("2026-11-02", None, "2026-11-20")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"done_on": "2026-11-24"}, "after today"),
        ({"started_on": "2026-11-23", "done_on": "2026-11-22"}, "before started"),
        ({"done_on": None}, "needs the day"),
        ({"done_on": "2026-02-30"}, "write it as YYYY-MM-DD"),
        ({"done_on": "yesterday"}, "write it as YYYY-MM-DD"),
        ({"drafted_on": "2026-11-23", "done_on": "2026-11-01"}, "before drafted"),
        ({"confidence": 6}, "from 1 to 5"),
        ({"confidence": "x"}, "from 1 to 5"),
        ({"personal_notes": "x" * 10_001}, "at most 10,000"),
    ],
)
def test_a_wrong_value_is_refused_and_changes_nothing(tracker, fields, sentence):
    tracker.set_status("L-01", "done")
    before = tracker.state("L-01")
    with pytest.raises((InvalidDates, InvalidValue), match=sentence):
        tracker.edit({"L-01": fields})
    assert tracker.state("L-01") == before


def test_a_date_of_a_status_not_reached_is_refused(tracker):
    tracker.set_status("L-01", "in_progress")
    with pytest.raises(InvalidDates, match="set it to done before"):
        tracker.edit({"L-01": {"done_on": TODAY}})


def test_todo_takes_no_date(tracker):
    with pytest.raises(InvalidDates, match="todo has no date"):
        tracker.set_status("L-01", "todo", on=date(2026, 11, 1))


def test_notes_star_and_confidence_are_kept_as_typed(tracker):
    hostile = "<script>alert(1)</script> '; DROP TABLE progress; -- ‮ 日本語"
    tracker.edit({"L-01": {"personal_notes": hostile, "starred": True, "confidence": 4}})
    state = tracker.state("L-01")
    assert (state.personal_notes, state.starred, state.confidence) == (hostile, 1, 4)


def tracker_at(db, instant, zone):
    return Tracker(db, Clock(ZoneInfo(zone), now=lambda: instant))


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", "2026-12-31"),
        ("Asia/Tokyo", "2027-01-01"),
        ("America/Los_Angeles", "2026-12-31"),
        ("Pacific/Kiritimati", "2027-01-01"),
    ],
)
def test_today_is_the_persons_own_day(db, zone, day):
    tracker = tracker_at(db, datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), zone)
    tracker.set_status("L-01", "done")
    assert dates(tracker)[2] == day


def test_flying_west_over_midnight_still_lets_a_question_be_finished(db):
    instant = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    tracker_at(db, instant, "Asia/Tokyo").set_status("L-01", "in_progress")
    home = tracker_at(db, instant, "America/New_York")
    home.set_status("L-01", "done")
    assert dates(home) == ("2026-11-24", None, "2026-11-24")


DAYS = st.dates(min_value=date(2026, 10, 1), max_value=date(2026, 12, 31))
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("status"), st.sampled_from(STATUSES)),
        st.tuples(st.sampled_from(DATE_FIELDS), st.one_of(st.none(), DAYS)),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(edits=EDITS)
def test_no_row_of_edits_leaves_dates_out_of_order(tracker, edits):
    tracker.set_status("L-01", "todo")
    for name, value in edits:
        before = tracker.state("L-01")
        try:
            tracker.edit({"L-01": {name: value}})
        except PrepError:
            assert tracker.state("L-01") == before
        state = tracker.state("L-01")
        filled = [day for field in DATE_FIELDS if (day := getattr(state, field))]
        assert filled == sorted(filled)
        assert all(day <= TODAY for day in filled)
        reached = STATUSES.index(state.status)
        assert all(getattr(state, field) is None for field in DATE_FIELDS[reached:])
