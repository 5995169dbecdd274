"""A clock that a test puts where it likes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from prep.clock import Clock

GOOD, AGAIN = 3, 1
BEGIN = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)


class Moment:
    """A clock that stands where it is put."""

    def __init__(self, now=BEGIN):
        self.instant = now
        self.clock = Clock(ZoneInfo("UTC"), now=lambda: self.instant)
