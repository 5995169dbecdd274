"""The calendar file, read back by the library that wrote it and by one that did not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil import tz

from prep.clock import Clock
from prep.planning import calendar_file, plan_status
from prep.planning.planned import Planned
from tests.sample_plans import MONDAY, chosen, done, item

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG = "Zażółć gęślą jaźń; naïve, “quoted”\\ and 漢字 🎯 " * 8


def written(planned, cancelled=(), sequence=1, zone="UTC", **fields):
    clock = Clock(zone and ZoneInfo(zone), now=lambda: NOW)
    return calendar_file.calendar_file(planned, cancelled, chosen(**fields), clock, sequence)


def events(data):
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_the_whole_plan_parses_with_both_libraries(db, clock):
    planned = plan_status.load(db, clock.today()).planned
    data = written(planned)
    ours, theirs = events(data), vobject.readOne(data.decode()).vevent_list
    assert len(ours) == len(theirs) == 291
    assert len({str(event["UID"]) for event in ours}) == 291
    for (day, one, _), mine, other in zip(planned, ours, theirs, strict=True):
        assert str(mine["SUMMARY"]) == other.summary.value == f"{one.id} {one.title}"
        assert mine.decoded("DTSTART") == other.dtstart.value == day
        assert other.description.value.startswith("Status: To do")


def test_lines_are_folded_and_every_character_survives():
    data = written([Planned(MONDAY, item(1, title=LONG))])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    other = vobject.readOne(data.decode()).vevent
    assert other.summary.value == f"S-001 {LONG.strip()}" or other.summary.value == f"S-001 {LONG}"
    assert str(events(data)[0]["SUMMARY"]) == f"S-001 {LONG}"


def test_a_question_keeps_its_uid_when_it_moves():
    before = events(written([Planned(MONDAY, item(1))]))[0]
    after = events(written([Planned(date(2027, 1, 4), item(1))], sequence=2))[0]
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_events_last_all_day_or_follow_one_another():
    planned = [Planned(MONDAY, item(1, minutes=50)), Planned(MONDAY, item(2, minutes=40))]
    whole = events(written(planned))
    assert [event.decoded("DTEND") for event in whole] == [date(2026, 12, 1)] * 2
    timed = events(written(planned, event_time=time(7, 30)))
    assert [event.decoded("DTSTART") for event in timed] == [
        datetime(2026, 11, 30, 7, 30, tzinfo=UTC),
        datetime(2026, 11, 30, 8, 20, tzinfo=UTC),
    ]
    assert timed[1].decoded("DTEND") == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "UTC",
    "Pacific/Auckland",
]


@pytest.mark.parametrize("zone", ZONES)
def test_times_are_the_persons_own_wherever_the_calendar_is(zone):
    """Read with what the file itself says of the zone, by libraries that did not write it."""
    days = [MONDAY + timedelta(days=n) for n in range(0, 360, 3)]
    planned = [Planned(day, item(n)) for n, day in enumerate(days)]
    data = written(planned, zone=zone, event_time=time(7, 30))
    theirs = vobject.readOne(data.decode()).vevent_list
    defined = tz.UTC if zone == "UTC" else tz.tzical(StringIO(data.decode())).get(zone)
    for day, ours, other in zip(days, events(data), theirs, strict=True):
        expected = datetime.combine(day, time(7, 30), ZoneInfo(zone))
        assert ours.decoded("DTSTART") == expected
        assert other.dtstart.value.replace(tzinfo=None) == expected.replace(tzinfo=None)
        assert expected.replace(tzinfo=defined).utcoffset() == expected.utcoffset()


def test_a_zone_without_a_name_is_written_as_instants():
    data = written([Planned(MONDAY, item(1))], zone=None, event_time=time(7, 30))
    expected = datetime.combine(MONDAY, time(7, 30)).astimezone(UTC)
    assert events(data)[0].decoded("DTSTART") == expected
    assert b"VTIMEZONE" not in data and f"{expected:%Y%m%dT%H%M%SZ}".encode() in data


def test_events_follow_one_another_also_where_the_clocks_change():
    sunday = date(2027, 3, 28)  # in Berlin 02:00 becomes 03:00
    planned = [Planned(sunday, item(n, minutes=60)) for n in range(3)]
    found = events(written(planned, zone="Europe/Berlin", event_time=time(5, 0)))
    assert [event.decoded("DTSTART").hour for event in found] == [5, 6, 7]
    clock = Clock(ZoneInfo("Europe/Berlin"), day_start=time(0))
    data = calendar_file.calendar_file(planned, (), chosen(event_time=time(1, 0)), clock, 1)
    starts = [event.decoded("DTSTART").astimezone(UTC) for event in events(data)]
    assert [one.hour for one in starts] == [0, 1, 2], "no hour is skipped or comes twice"


def test_a_time_before_the_day_begins_is_in_the_night_that_ends_it():
    data = written([Planned(MONDAY, item(1))], event_time=time(0, 30))
    assert events(data)[0].decoded("DTSTART") == datetime(2026, 12, 1, 0, 30, tzinfo=UTC)


def test_an_event_that_is_left_out_is_cancelled():
    gone = calendar_file.Cancelled("S-001", "Raft", MONDAY)
    for library in (events, lambda data: vobject.readOne(data.decode()).vevent_list):
        [event] = library(written([], [gone], sequence=7))
        assert b"STATUS:CANCELLED" in written([], [gone])
    event = events(written([], [gone], sequence=7))[0]
    assert str(event["UID"]) == str(events(written([Planned(MONDAY, item(1))]))[0]["UID"])
    assert (event["SEQUENCE"], event.decoded("DTSTART")) == (7, MONDAY)


def test_what_is_done_stays_on_its_day():
    finished = done(item(1), MONDAY)
    event = events(written([Planned(MONDAY, replace(finished, title="Raft"))]))[0]
    assert str(event["SUMMARY"]) == "✓ S-001 Raft"
    assert "Status: Done" in str(event["DESCRIPTION"])


@pytest.mark.parametrize("address", ["http://localhost:8501", "https://prep.example/app"])
def test_an_event_links_to_its_question(address):
    event = events(written([Planned(MONDAY, item(1))], app_address=address))[0]
    assert str(event["URL"]) == f"{address}/question?id=S-001"
    assert f"{address}/question?id=S-001" in str(event["DESCRIPTION"])


def test_an_empty_plan_is_a_valid_file():
    assert events(written([])) == []
