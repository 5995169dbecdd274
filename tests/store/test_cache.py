"""What is kept between two looks is computed again once anything in the database changed."""

import shutil
from collections import Counter

import pytest
from cachetools import LRUCache

from prep.planning import plan_status
from prep.progress import coverage, settings
from prep.store import cache, undo_redo
from prep.store.database import open_database, rolled_back


@pytest.fixture
def counted():
    """A function of the database that is kept, and how often it was computed, by its argument."""
    times = Counter()

    @cache.kept
    def done(db, sheet):
        times[sheet] += 1
        return coverage.totals.__wrapped__(db)[sheet]["done"]

    return done, times


def test_it_is_computed_once_for_each_argument(db, counted):
    done, times = counted
    assert [done(db, sheet) for sheet in ("behavioral", "system-design") * 3] == [0] * 6
    assert times == {"behavioral": 1, "system-design": 1}


def test_a_change_and_its_undo_are_seen(db, tracker, clock, counted):
    done, times = counted
    assert done(db, "behavioral") == 0
    tracker.set_status("L-02", "done")
    assert done(db, "behavioral") == 1
    undo_redo.undo(db, clock)
    assert done(db, "behavioral") == 0
    assert times["behavioral"] == 3


def test_a_change_by_another_connection_is_seen(db, db_path, clock, counted):
    done, _ = counted
    assert done(db, "behavioral") == 0
    with open_database(db_path) as other:
        settings.change(other, clock, {"level": "DIR"})
    done(db, "behavioral")
    assert counted[1]["behavioral"] == 2


def test_what_is_rolled_back_is_not_kept(db, tracker, counted):
    done, _ = counted
    with rolled_back(db):
        tracker.set_status("L-02", "done")
        assert done(db, "behavioral") == 1
    assert done(db, "behavioral") == 0


def test_another_file_has_its_own(db, db_path, tracker, tmp_path, counted):
    done, _ = counted
    shutil.copy(db_path, tmp_path / "other.db")
    tracker.set_status("L-02", "done")
    with open_database(tmp_path / "other.db") as other:
        assert (done(db, "behavioral"), done(other, "behavioral")) == (1, 0)


def test_the_least_recently_seen_goes_first(db, counted, monkeypatch):
    done, times = counted
    results = LRUCache(2 * cache._ROWS_OF_OTHERS, getsizeof=cache._rows)
    monkeypatch.setattr(cache, "_results", results)
    for sheet in ("behavioral", "behavioral", "system-design", "behavioral"):
        done(db, sheet)
    assert times == {"behavioral": 2, "system-design": 1}


def test_the_plan_is_the_same_object_until_something_changes(db, tracker, clock):
    today = clock.today()
    first = plan_status.load(db, today)
    assert plan_status.load(db, today) is first
    tracker.set_status("L-02", "done")
    second = plan_status.load(db, today)
    assert second is not first
    assert [item.id for item in second.done_on(today)] == ["L-02"]


def test_what_was_kept_is_given_to_what_renews_it():
    name = object()
    assert cache.latest(name, 1, lambda last: ["first", last]) == ["first", None]
    assert cache.latest(name, 2, lambda last: [*last.result, last.inputs]) == ["first", None, 1]
    assert cache.latest(name, 2, lambda last: "not computed") == ["first", None, 1]


def test_a_result_larger_than_all_that_is_kept_is_kept_alone(monkeypatch):
    monkeypatch.setattr(cache, "_MOST_ROWS", 10)
    monkeypatch.setattr(cache, "_results", LRUCache(10, getsizeof=cache._rows))
    small, large = object(), object()
    cache.latest(small, 0, lambda _last: [1])
    assert len(cache.latest(large, 0, lambda _last: list(range(100)))) == 100
    assert set(cache._results) == {large}
