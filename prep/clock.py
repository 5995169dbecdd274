"""What time it is, and what day it is where the person lives."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """The present instant (UTC) and the present day in one time zone."""

    def __init__(self, zone: tzinfo | None = None, now: Callable[[], datetime] = _utc_now) -> None:
        """`zone=None` means the system's own time zone."""
        self.zone = zone
        self._now = now

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return self._now().astimezone(UTC)

    def today(self) -> date:
        """Return the present day in the person's time zone."""
        return self.day_of(self.now())

    def day_of(self, instant: datetime) -> date:
        """Return the day on which `instant` fell in the person's time zone."""
        return instant.astimezone(self.zone).date()


def clock_in(zone_name: str | None) -> Clock:
    """Return a clock in the named IANA zone; the system's zone for None or an unknown name."""
    if not zone_name:
        return Clock()
    try:
        return Clock(ZoneInfo(zone_name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Clock()


def system_clock() -> Clock:
    """Return a clock in the system's time zone (`TZ` where it is set)."""
    return clock_in(os.environ.get("TZ"))
