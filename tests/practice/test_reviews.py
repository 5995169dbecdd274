"""Rating what was recalled, through our own store."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card
from fsrs import Scheduler as Fsrs

from prep.clock import Clock
from prep.errors import InvalidValue, UnknownQuestion
from prep.practice import review_queue, reviews
from prep.practice.review_schedule import FSRS_STEPS, NO_STEPS
from prep.progress.settings import Settings
from prep.progress.tracker import Tracker
from prep.store import change_list, undo_redo
from prep.store.database import open_database

from .moments import AGAIN, BEGIN, GOOD, Moment

GAPS = [0, 0, 1, 3, 8, 21]  # days between reviews, of FSRS's own test of its memory


def rated(path, moment, rating, steps):
    """Rate L-01 through a connection of its own, as after a restart; return the card."""
    with open_database(path) as db:
        return reviews.rate(db, moment.clock, "L-01", rating, steps=steps)


def intervals_of(path, steps):
    """Return the days until each next review, each rated when it is due."""
    moment, intervals = Moment(), []
    for rating in [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5:
        card = rated(path, moment, rating, steps)
        intervals.append((card.due - card.last_review).days)
        moment.instant = card.due
    return intervals


def test_the_reference_history_of_fsrs_goes_through_our_store_and_back(db_path):
    expected = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    assert intervals_of(db_path, FSRS_STEPS) == expected


def test_without_steps_the_history_is_that_of_fsrs_without_steps(db_path):
    expected = [2, 11, 46, 163, 497, 1346, 9, 1, 2, 4, 7, 13, 22]
    assert intervals_of(db_path, NO_STEPS) == expected


@pytest.mark.parametrize("steps", [FSRS_STEPS, NO_STEPS])
def test_the_memo_state_of_fsrs_goes_through_our_store_and_back(db_path, steps):
    moment = Moment()
    for rating, days in zip([AGAIN] + [GOOD] * 5, GAPS, strict=True):
        moment.instant += timedelta(days=days)
        card = rated(db_path, moment, rating, steps)
    assert card.stability == pytest.approx(53.62691, abs=1e-4)
    assert card.difficulty == pytest.approx(6.3574867, abs=1e-4)


@pytest.mark.parametrize(("rating", "days"), [(1, 1), (2, 1), (3, 2), (4, 8)])
def test_the_first_interval_is_a_day_at_least(db, rating, days):
    moment = Moment()
    card = reviews.rate(db, moment.clock, "L-01", rating)
    assert card.due - moment.instant == timedelta(days=days)
    assert card.step is None


def test_the_log_replayed_gives_the_card(db):
    moment = Moment()
    for rating in (3, 3, 2, 1, 3, 4):
        card = reviews.rate(db, moment.clock, "L-01", rating)
        moment.instant = card.due
    fsrs = Fsrs(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    replayed = fsrs.reschedule_card(Card(card.card_id), reviews.logs(db, "L-01"))
    assert (replayed.stability, replayed.difficulty) == (card.stability, card.difficulty)
    assert replayed.state == card.state


def test_undo_takes_a_review_back_whole(db):
    moment = Moment()
    first = reviews.rate(db, moment.clock, "L-01", GOOD)
    moment.instant += timedelta(days=1)
    reviews.rate(db, moment.clock, "L-01", AGAIN)
    undo_redo.undo(db, moment.clock)
    assert len(reviews.logs(db, "L-01")) == 1
    Tracker(db, moment.clock).set_status("L-01", "drafted")
    found = review_queue.list_items(db, Settings(), date(2022, 11, 30))
    assert found[0].card == first
    undo_redo.undo(db, moment.clock)
    undo_redo.undo(db, moment.clock)
    assert reviews.logs(db, "L-01") == []


@pytest.mark.parametrize("rating", [0, 5, "3", None])
def test_a_rating_that_is_none_is_refused(db, clock, rating):
    with pytest.raises(InvalidValue, match="from 1"):
        reviews.rate(db, clock, "L-01", rating)
    with pytest.raises(UnknownQuestion):
        reviews.rate(db, clock, "L-99", GOOD)
    assert change_list.data_version(db) == 0


def test_a_question_rated_before_the_clocks_go_back_is_not_due_the_same_day(db):
    instant = datetime(2026, 10, 24, 2, 10, tzinfo=UTC)  # 04:10 in Berlin; back at 03:00 next day
    clock = Clock(ZoneInfo("Europe/Berlin"), now=lambda: instant)
    card = reviews.rate(db, clock, "L-01", 4)
    on = db.execute("SELECT due_on FROM card").fetchone()[0]
    assert on == (date(2026, 10, 24) + timedelta(days=(card.due - instant).days)).isoformat()


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_the_preview_is_what_rating_does(db, rating):
    moment = Moment()
    ids = [row["id"] for row in db.query("SELECT id FROM question LIMIT 30")]
    Tracker(db, moment.clock).set_status(ids, "done")
    for question_id in ids[:-1]:
        reviews.rate(db, moment.clock, question_id, 4)
    found = review_queue.list_items(db, Settings(), BEGIN.date())
    item = next(item for item in found if item.question_id == ids[-1])
    expected = reviews.preview(db, item, moment.clock, Settings())
    assert list(expected) == [1, 2, 3, 4]
    assert expected[AGAIN] < expected[GOOD] < expected[4]
    card = reviews.rate(db, moment.clock, ids[-1], rating)
    assert card.due == expected[rating], "levelled as it will be"
