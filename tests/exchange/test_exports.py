"""The plan taken out as a calendar file, again and again: what it once held is never forgotten."""

import re
from datetime import timedelta

import pytest

from prep.clock import Clock
from prep.exchange import exports
from prep.planning import plan_status
from prep.progress import own_questions, settings
from prep.progress.tracker import Tracker
from prep.store.database import open_database, writing


def events(data):
    """Return the fields of each event, by their names. Other tests read them with a library."""
    lines = data.decode().replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    return [dict(re.findall(r"^([A-Z-]+)[^:\r]*:(.*?)\r$", event, re.MULTILINE)) for event in lines]


def by_uid(data):
    """Return each event by its question's id."""
    return {event["UID"].partition("@")[0]: event for event in events(data)}


def by_id(data):
    """Return each event's status by its question's id."""
    return {name: event.get("STATUS", "") for name, event in by_uid(data).items()}


def retire(db, clock):
    with writing(db):
        db.execute("UPDATE question SET retired = 1 WHERE id = 'L-07'")
        db.execute("INSERT INTO import_log (at, source, report) VALUES ('now', '', '{}')")


LEAVE_OUT = {
    "skipped by hand": lambda db, clock: Tracker(db, clock).edit({"SD-005": {"skipped": True}}),
    "left out by level": lambda db, clock: settings.change(db, clock, {"level": "EM"}),
    "left out by sheet": lambda db, clock: settings.change(db, clock, {"sheets": "behavioral"}),
    "outside the sequence": lambda db, clock: settings.change(
        db, clock, {"outside_sequence": "left out"}
    ),
    "taken out of one's own": lambda db, clock: own_questions.retire(db, clock, "X-001"),
    "retired by an import": retire,
}


@pytest.mark.parametrize("how", LEAVE_OUT)
def test_what_was_in_the_file_and_is_left_out_is_cancelled_there(db, clock, how):
    """However it is left out; and in each later file, since any of them may be the one imported."""
    own_questions.add(
        db, clock, {"sheet": "system-design", "category_position": 1, "title": "Mine"}
    )
    first = by_id(exports.plan_ics(db, clock).data)
    assert len(first) == 292 and set(first.values()) == {""}
    LEAVE_OUT[how](db, clock)
    for _ in range(2):
        data, count, cancelled = exports.plan_ics(db, clock)
        found = by_id(data)
        assert found.keys() == first.keys()
        assert list(found.values()).count("CANCELLED") == cancelled == 292 - count > 0
    present = {planned.item.id for planned in plan_status.load(db, clock.today()).planned}
    assert {name for name, status in found.items() if not status} == present


def test_what_comes_back_is_no_longer_cancelled(db, clock):
    exports.plan_ics(db, clock)
    Tracker(db, clock).edit({"SD-005": {"skipped": True}})
    assert by_id(exports.plan_ics(db, clock).data)["SD-005"] == "CANCELLED"
    Tracker(db, clock).edit({"SD-005": {"skipped": False}})
    assert by_id(exports.plan_ics(db, clock).data)["SD-005"] == ""


def test_what_no_file_had_is_not_cancelled(db, clock):
    Tracker(db, clock).edit({"SD-005": {"skipped": True}})
    assert "SD-005" not in by_id(exports.plan_ics(db, clock).data)


def test_what_is_done_stays_in_the_file_on_the_day_it_was_done(db, clock, tracker):
    exports.plan_ics(db, clock)
    tracker.edit({"SD-005": {"status": "done", "done_on": "2026-11-20"}})
    data, count, cancelled = exports.plan_ics(db, clock)
    assert (count, cancelled) == (291, 0)
    assert by_uid(data)["SD-005"]["DTSTART"] == "20261120"


def test_a_cancelled_event_is_as_the_last_file_had_it(db, clock, tracker):
    for day in ("2026-12-14", "2026-12-21"):
        tracker.edit({"SD-005": {"moved_to": day}})
        kept = by_uid(exports.plan_ics(db, clock).data)["SD-005"]
    tracker.edit({"SD-005": {"skipped": True}})
    for _ in range(2):
        gone = by_uid(exports.plan_ics(db, clock).data)["SD-005"]
        assert gone["DTSTART"] == "20261221"
        assert gone["SUMMARY"] == kept["SUMMARY"]


def test_each_change_of_the_plan_has_a_later_sequence(db, clock, tracker):
    """Else a calendar keeps the event that it has."""

    def sequences():
        return {int(event["SEQUENCE"]) for event in events(exports.plan_ics(db, clock).data)}

    [first] = sequences()
    assert sequences() == {first}, "nothing was changed"
    tracker.edit({"SD-005": {"moved_to": "2026-12-21"}})
    [second] = sequences()
    settings.change(db, clock, {"pace": "1 question"})
    [third] = sequences()
    db.execute("UPDATE question SET retired = 1 WHERE id = 'L-07'")
    db.table("import_log").insert({"at": clock.now().isoformat(), "source": "x", "report": "{}"})
    db.conn.commit()
    [fourth] = sequences()
    assert first < second < third < fourth


def test_an_empty_database_has_an_empty_plan(tmp_path, clock):
    with open_database(tmp_path / "new.db") as db:
        data, count, cancelled = exports.plan_ics(db, clock)
    assert (events(data), count, cancelled) == ([], 0, 0)


def test_a_day_later_nothing_is_cancelled(db, clock):
    """The plan moves on by itself; its questions are all still there."""
    exports.plan_ics(db, clock)
    later = Clock(clock.zone, now=lambda: clock.now() + timedelta(days=40))
    data, count, cancelled = exports.plan_ics(db, later)
    assert (count, cancelled) == (291, 0)
    assert min(event["DTSTART"] for event in events(data)) >= f"{later.today():%Y%m%d}"
