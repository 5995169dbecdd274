"""Days as spreadsheets write them, and which of two ways to read them a file leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

_LONGEST = 40  # characters
_TIME_OF_DAY = re.compile(r"(?<=\d)[T ]\s*\d{1,2}:\d{2}(:\d{2})?\S{0,12}( ?[AaPp]\.?[Mm]\.?)?$")
_TWO_WAYS = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_ONE_WAY = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %b %y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A day as `YYYY-MM-DD`, read with the day first and with the month first; None is no day."""

    day_first: str | None
    month_first: str | None

    @property
    def is_open(self) -> bool:
        """Whether both readings are days, and differ."""
        return None not in (self.day_first, self.month_first) and self.day_first != self.month_first

    def chosen(self, day_first: bool | None) -> str | None:
        """Return the day; None where there is none, or where it is open and nothing was chosen."""
        if not self.is_open:
            return self.day_first or self.month_first
        if day_first is None:
            return None
        return self.day_first if day_first else self.month_first


def read(text: str) -> Reading:
    """Return a day in digits or with an English month, the time of day left aside."""
    written = _TIME_OF_DAY.sub("", text.strip()[: _LONGEST + 1])
    found = _TWO_WAYS.fullmatch(written)
    if found:
        first, _, second, year = found.groups()
        return Reading(_day(year, second, first), _day(year, first, second))
    day = _read_one_way(written) if len(written) <= _LONGEST else None
    return Reading(day, day)


def is_day_first(readings: Iterable[Reading]) -> bool | None:
    """Return whether a file's days begin with the day; None where nothing or both ways fit.

    What speaks for a way is a day that the other cannot read: 11/20/2026 has the month first.
    """
    ways = {
        reading.month_first is None
        for reading in readings
        if (reading.month_first is None) != (reading.day_first is None)
    }
    return ways.pop() if len(ways) == 1 else None


def _read_one_way(text: str) -> str | None:
    if not text:
        return None
    for form in _ONE_WAY:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None


def _day(year: str, month: str, day: str) -> str | None:
    century = "20" if len(year) == 2 else ""
    try:
        return date(int(century + year), int(month), int(day)).isoformat()
    except ValueError:
        return None
