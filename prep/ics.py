"""The plan as a calendar file (RFC 5545), one event a question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from icalendar import Calendar, Event

from prep.items import Item
from prep.plan import Planned
from prep.settings import Settings
from prep.tracker import STATUS_TITLES


def calendar_file(
    planned: Iterable[Planned],
    done: Iterable[Item],
    settings: Settings,
    now: datetime,
    sequence: int,
) -> bytes:
    """Return the plan and what is done as an iCalendar file.

    With `event_time` set, each day's events follow one another from that time, in the time zone
    of whoever looks (a floating time); else they last all day. An event's UID is its question's,
    so that importing a later file moves it; `sequence` must grow with every change of the
    plan, or calendars keep what they have.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Prep//Study plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Interview preparation")
    finished = [Planned(item.done_on, item) for item in done if item.done_on]
    days = sorted([*finished, *planned], key=lambda event: event.date)
    for day, events in groupby(days, key=lambda event: event.date):
        begin = None if settings.event_time is None else datetime.combine(day, settings.event_time)
        for _, item in events:
            event = _event(item, settings)
            event.add("dtstamp", now)
            event.add("sequence", sequence)
            _add_times(event, day, begin, item.minutes)
            calendar.add_component(event)
            if begin is not None:
                begin += timedelta(minutes=item.minutes)
    return calendar.to_ical()


def _event(item: Item, settings: Settings) -> Event:
    page = f"{settings.app_address}/question?id={item.id}"
    event = Event()
    event.add("uid", f"{item.id}@prep.nskillhub.com")
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
        event.add("dtend", begin + timedelta(minutes=minutes))
