"""The calendar file, read back by the library that wrote it and by one that did not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import icalendar
import pytest
import vobject

from prep import ics, standing
from prep.plan import Planned

from .plans import MONDAY, chosen, done, item

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG = "Zażółć gęślą jaźń; naïve, “quoted”\\ and 漢字 🎯 " * 8


def written(planned, finished=(), sequence=1, **fields):
    return ics.calendar_file(planned, finished, chosen(**fields), NOW, sequence)


def events(data):
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_the_whole_plan_parses_with_both_libraries(db, clock):
    planned = standing.load(db, clock.today()).planned
    data = written(planned)
    ours, theirs = events(data), vobject.readOne(data.decode()).vevent_list
    assert len(ours) == len(theirs) == 291
    assert len({str(event["UID"]) for event in ours}) == 291
    for (day, one), mine, other in zip(planned, ours, theirs, strict=True):
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
        datetime(2026, 11, 30, 7, 30), datetime(2026, 11, 30, 8, 20),
    ]  # fmt: skip
    assert timed[1].decoded("DTEND") == datetime(2026, 11, 30, 9, 0)


def test_what_is_done_stays_on_its_day():
    finished = done(item(1), MONDAY)
    event = events(written([], [replace(finished, title="Raft")]))[0]
    assert str(event["SUMMARY"]) == "✓ S-001 Raft"
    assert "Status: Done" in str(event["DESCRIPTION"])


@pytest.mark.parametrize("address", ["http://localhost:8501", "https://prep.example/app"])
def test_an_event_links_to_its_question(address):
    event = events(written([Planned(MONDAY, item(1))], app_address=address))[0]
    assert str(event["URL"]) == f"{address}/question?id=S-001"
    assert f"{address}/question?id=S-001" in str(event["DESCRIPTION"])


def test_an_empty_plan_is_a_valid_file():
    assert events(written([])) == []
