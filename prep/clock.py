"""What time it is, and what day it is where the person lives."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def _utc_now() -> datetime:
    return datetime.now(UTC)


LOCALTIME = Path("/etc/localtime")
DAY_START = time(4)  # where the person set nothing


class Clock:
    """The present instant (UTC), and the person's day in one time zone.

    Their day begins at `day_start`, not at midnight: what is done late in the evening belongs to
    the day that ends.
    """

    def __init__(
        self,
        zone: tzinfo | None = None,
        now: Callable[[], datetime] = _utc_now,
        day_start: time = DAY_START,
    ) -> None:
        """`zone=None` means the system's own time zone."""
        self.zone = zone
        self.day_start = day_start
        self._now = now

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return self._now().astimezone(UTC)

    def today(self) -> date:
        """Return the person's present day."""
        return self.day_of(self.now())

    def day_of(self, instant: datetime) -> date:
        """Return the person's day in which `instant` falls."""
        day = instant.astimezone(self.zone).date()
        return day if self._beginning(day) <= instant else day - timedelta(days=1)

    def _beginning(self, day: date) -> datetime:
        """Return the first instant of a day at which the clock shows `day_start` or is past it."""
        return datetime.combine(day, self.day_start, self.zone).astimezone(UTC)

    def instant(self, day: date, at: time) -> datetime:
        """Return the instant within the person's day at which their clock shows `at`.

        It is aware: in the clock's own time zone, or in UTC where that is the system's.
        """
        shown_on = day if at >= self.day_start else day + timedelta(days=1)
        local = datetime.combine(shown_on, at, self.zone)
        return local.astimezone(UTC).astimezone(self.zone or UTC)

    def starting_days_at(self, day_start: time) -> Clock:
        """Return this clock with days that begin at another time."""
        return Clock(self.zone, self._now, day_start)


def clock_in(zone_name: str | None) -> Clock:
    """Return a clock in the named IANA zone; the system's zone for None or an unknown name.

    Its day begins where nothing was set: `settings.clock` gives the person's own.
    """
    if not zone_name:
        return Clock()
    try:
        return Clock(ZoneInfo(zone_name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Clock()


def system_clock() -> Clock:
    """Return a clock in the system's time zone (`TZ` where it is set), by its name where known."""
    return clock_in(os.environ.get("TZ") or _system_zone())


def _system_zone() -> str | None:
    """Return the name of the system's time zone: /etc/localtime is a link into its database."""
    _, found, name = str(LOCALTIME.resolve()).partition("/zoneinfo/")
    return name if found else None
