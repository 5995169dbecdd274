"""The plan as a calendar file (RFC 5545), one event a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from icalendar import Calendar, Event

from prep.clock import Clock
from prep.planning.plan_items import PlanItem
from prep.planning.planned import Planned
from prep.progress.settings import Settings
from prep.progress.tracker import STATUS_TITLES


class Cancelled(NamedTuple):
    """An event that earlier files had and that is no more: its question's id, title and day."""

    question_id: str
    title: str
    day: date


def calendar_file(
    events: Iterable[Planned],
    cancelled: Iterable[Cancelled],
    settings: Settings,
    clock: Clock,
    sequence: int,
) -> bytes:
    """Return an event for each question as an iCalendar file.

    With `event_time` set, each day's events follow one another from that time, in the clock's
    time zone, which the file defines; else they last all day. An event's UID is its question's, so
    that importing a later file moves it, or takes it away where it is `cancelled`; `sequence`
    must grow with every change of the plan, or calendars keep what they have.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Prep//Study plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Interview preparation")
    for event in [*_scheduled(events, settings, clock), *map(_cancelled, cancelled)]:
        event.add("dtstamp", clock.now())
        event.add("sequence", sequence)
        calendar.add_component(event)
    _define_zone(calendar)
    written: bytes = calendar.to_ical()
    return written


def _scheduled(events: Iterable[Planned], settings: Settings, clock: Clock) -> Iterator[Event]:
    in_order = sorted(events, key=lambda event: event.date)
    for day, of_day in groupby(in_order, key=lambda event: event.date):
        at = settings.event_time
        begin = None if at is None else clock.instant(day, at)
        for planned in of_day:
            event = _event(planned.item, settings)
            _add_times(event, day, begin, planned.item.minutes)
            yield event
            begin = begin and _after(begin, planned.item.minutes)


def _cancelled(gone: Cancelled) -> Event:
    event = Event()
    event.add("uid", _uid(gone.question_id))
    event.add("summary", f"{gone.question_id} {gone.title}")
    event.add("status", "CANCELLED")
    _add_times(event, gone.day, None, 0)
    return event


def _define_zone(calendar: Calendar) -> None:
    """Add the time zone that the events name, for the years in which they are."""
    begins = [event.start for event in calendar.events]
    years = [begin.year for begin in begins if isinstance(begin, datetime)]
    if years:
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))


def _after(begin: datetime, minutes: int) -> datetime:
    """Return the instant so many minutes later, also where the clocks change in between."""
    return (begin.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(begin.tzinfo)


def _uid(question_id: str) -> str:
    return f"{question_id}@prep.nskillhub.com"


def _event(item: PlanItem, settings: Settings) -> Event:
    page = f"{settings.app_address}/question?id={item.id}"
    event = Event()
    event.add("uid", _uid(item.id))
    event.add("summary", f"{'✓ ' if item.done_on else ''}{item.id} {item.title}")
    lines = [f"Status: {STATUS_TITLES[item.status]}", f"About {item.minutes} minutes", page]
    if item.phase:
        lines.insert(1, f"Phase: {item.phase}")
    event.add("description", "\n".join(lines))
    event.add("url", page)
    event.add("transp", "TRANSPARENT")  # studying does not make one busy for others
    return event


def _add_times(event: Event, day: date, begin: datetime | None, minutes: int) -> None:
    if begin is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    else:
        event.add("dtstart", begin)
        event.add("dtend", _after(begin, minutes))
