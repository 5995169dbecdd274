"""Days and clocks that Prep could not read again are refused when they would be written."""

from datetime import UTC, date, datetime

import pytest

from prep.clock import Clock
from prep.errors import InvalidValue, PrepError
from prep.exchange import csv_table, table_import, validation
from prep.planning import moves, plan_status
from prep.practice import answers
from prep.progress import time_spent
from prep.progress.tracker import Tracker
from prep.store import limits

ODD = ["0001-01-01", "1026-11-20", "1899-12-31", "2200-01-01", "9999-12-31"]


def set_done(db, clock, day):
    Tracker(db, clock).set_status("L-01", "done", date.fromisoformat(day))


def move(db, clock, day):
    fields = moves.fields(plan_status.load(db, clock.today()), "L-01", date.fromisoformat(day))
    Tracker(db, clock).edit({"L-01": fields})


def spend(db, clock, day):
    time_spent.enter(db, clock, "L-01", 10, date.fromisoformat(day))


def take_in(db, clock, day):
    table = csv_table.read(f"id,status,done_on\nL-01,done,{day}\n".encode(), "table.csv")
    table_import.take_in(db, clock, table, "table.csv")


@pytest.mark.parametrize("day", ODD)
@pytest.mark.parametrize("write", [set_done, move, spend, take_in])
def test_no_day_is_written_that_could_not_be_read_again(db, clock, write, day):
    before = "\n".join(db.conn.iterdump())
    is_past = write is move and day < "2026"  # moved to the next study day instead
    if not is_past:
        with pytest.raises(PrepError):
            write(db, clock, day)
        assert "\n".join(db.conn.iterdump()) == before
    validation.refuse_unreadable(db, "export.json")


@pytest.mark.parametrize("day", [limits.FIRST_DAY, limits.LAST_DAY])
def test_the_first_and_the_last_day_can_be_kept(day):
    assert limits.is_day(day)
    limits.refuse_odd_days("question", {"done_on": day.isoformat(), "moved_to": None})


@pytest.mark.parametrize("year", [1, 1899, 1969, 2200, 9000])
def test_nothing_is_written_while_the_clock_cannot_be_right(db, clock, year):
    wrong = Clock(UTC, now=lambda: datetime(year, 1, 2, 12, tzinfo=UTC))
    for write in (
        lambda at: Tracker(db, at).set_status("L-01", "done"),
        lambda at: answers.save(db, at, "L-01", "text"),
        lambda at: time_spent.add(db, at, "L-01", "reading", 60),
    ):
        with pytest.raises(InvalidValue, match=f"clock says 0*{year}-01-02: set it right first"):
            write(wrong)
    Tracker(db, clock).set_status("L-01", "done")
    validation.refuse_unreadable(db, "export.json")
