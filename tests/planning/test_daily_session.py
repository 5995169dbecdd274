"""The daily session: begun, left, taken up again, in the order the person gave it."""

from datetime import UTC, datetime, timedelta

import pytest

from prep.clock import Clock
from prep.planning import daily_session, plan_status
from prep.planning.daily_session import next_question, questions_of_day
from prep.progress import settings
from prep.store import renumber
from prep.store.database import open_database

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Watch:
    """A clock that a test sets."""

    def __init__(self):
        self.now = MORNING
        self.clock = Clock(UTC, lambda: self.now)


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def day(db, watch):
    """A plan with two questions of each sheet on the day."""
    texts = {"start_on": "2026-11-23", "pace": "4", "study_days": "mon-sun"}
    settings.change(db, watch.clock, texts)
    return plan_status.load(db, watch.clock.today())


def ids(items):
    return [item.id for item in items]


def todays(db, watch):
    plan = plan_status.load(db, watch.clock.today())
    return questions_of_day(plan, daily_session.of_day(db, plan.today))


def begin(db, watch):
    daily_session.begin(db, watch.clock, ids(todays(db, watch)))


def test_it_runs_from_its_beginning_to_its_end(db, day, watch):
    assert daily_session.running(db, watch.clock) is None
    begin(db, watch)
    session = daily_session.running(db, watch.clock)
    assert session.began_at == MORNING
    assert list(session.questions) == ids(day.on(day.today))
    watch.now += timedelta(minutes=50)
    daily_session.end(db, watch.clock)
    assert daily_session.running(db, watch.clock) is None
    assert daily_session.of_day(db, day.today).ended_at == watch.now


def test_it_outlasts_a_restart(db, db_path, day, watch):
    begin(db, watch)
    with open_database(db_path) as again:
        assert daily_session.running(again, watch.clock).began_at == MORNING


def test_an_end_is_kept_where_it_is_ended_twice(db, day, watch):
    begin(db, watch)
    daily_session.end(db, watch.clock)
    watch.now += timedelta(hours=1)
    daily_session.end(db, watch.clock)
    assert daily_session.of_day(db, day.today).ended_at == MORNING


def test_it_is_taken_up_again_in_its_order(db, day, watch):
    begin(db, watch)
    first, *others = ids(todays(db, watch))
    daily_session.put_last(db, watch.clock, first, others)
    daily_session.end(db, watch.clock)
    begin(db, watch)
    session = daily_session.running(db, watch.clock)
    assert session.began_at == MORNING
    assert list(session.questions) == [*others, first]


def test_with_its_day_it_is_over(db, day, watch):
    begin(db, watch)
    watch.now = datetime(2026, 11, 24, 3, 59, tzinfo=UTC)  # the person's day begins at four
    assert daily_session.running(db, watch.clock)
    watch.now += timedelta(minutes=1)
    assert daily_session.running(db, watch.clock) is None


def test_what_is_put_off_today_comes_last(db, day, watch):
    begin(db, watch)
    first, *others = ids(todays(db, watch))
    daily_session.put_last(db, watch.clock, first, others)
    assert ids(todays(db, watch)) == [*others, first]


def test_nothing_is_put_off_where_no_session_was_begun(db, day, watch):
    daily_session.put_last(db, watch.clock, "SD-001", ["L-01"])
    assert daily_session.of_day(db, day.today) is None


def test_done_questions_keep_their_place_and_new_ones_come_last(db, day, watch, tracker):
    begin(db, watch)
    before = ids(todays(db, watch))
    tracker.set_status(before[1], "done")
    tracker.edit({"SD-050": {"moved_to": day.today.isoformat()}})
    *kept, last = ids(todays(db, watch))
    assert last == "SD-050"
    assert kept == [question_id for question_id in before if question_id in kept]
    assert before[1] in kept


def test_what_left_the_day_is_not_among_its_questions(db, day, watch, tracker):
    begin(db, watch)
    first, *others = ids(todays(db, watch))
    tracker.edit({first: {"skipped": True}})
    assert first not in ids(todays(db, watch))
    assert set(others) <= set(ids(todays(db, watch)))


def test_the_next_question_is_the_first_open_one_round_the_list(db, day, watch, tracker):
    found = ids(todays(db, watch))
    assert next_question(todays(db, watch)).id == found[0]
    tracker.set_status(found[2], "done")
    assert next_question(todays(db, watch), found[1]).id == found[3]
    assert next_question(todays(db, watch), found[3]).id == found[0]
    tracker.set_status([found[0], found[1]], "done")
    assert next_question(todays(db, watch), found[3]) is None
    assert next_question(todays(db, watch), "elsewhere").id == found[3]


def test_two_tabs_begin_one_session(db, db_path, day, watch):
    begin(db, watch)
    with open_database(db_path) as other:
        daily_session.begin(other, watch.clock, ["SD-090"])
    assert daily_session.running(db, watch.clock).questions[-1] == "SD-090"
    assert db.execute("SELECT count(*) FROM session").fetchone() == (1,)


def test_it_follows_questions_that_are_numbered_anew(db, day, watch):
    begin(db, watch)
    renumber.questions(db, {"SD-001": "SD-002", "SD-002": "SD-001"})
    assert daily_session.of_day(db, day.today).questions[0] == "SD-002"


def test_undo_takes_nothing_of_it(db, day, watch):
    begin(db, watch)
    assert db.execute("SELECT count(*) FROM history WHERE subject = 'session'").fetchone() == (0,)
