"""Days, days of the week and days off as a person types them."""

from __future__ import annotations

import calendar
from datetime import date

from prep.progress.study_days import WEEKDAYS, Range

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_DAYS_OFF = 1000  # days in all


class RefusedText(ValueError):
    """A value that is well formed and still cannot be: its message says why."""


def days_off_text(ranges: tuple[Range, ...]) -> str:
    """Return days off as text: a day, or `first..last`, separated by commas."""
    return ", ".join(f"{first}" if first == last else f"{first}..{last}" for first, last in ranges)


def parse_day(text: str) -> date | None:
    """Return the day that a text names, None for `none`. Raises RefusedText."""
    if text.lower() in ("none", ""):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RefusedText("there is no such day, write it as YYYY-MM-DD") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise RefusedText(f"days run from {FIRST_DAY} to {LAST_DAY}")
    return day


def parse_study_days(text: str) -> tuple[str, ...]:
    """Return the days of the week that a text names. Raises ValueError or StopIteration."""
    chosen: set[str] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, _, last = part.partition("-")
        start = _weekday(first)
        end = _weekday(last) if last else start
        chosen |= {WEEKDAYS[n % 7] for n in range(start, end + 1 + 7 * (end < start))}
    return tuple(day for day in WEEKDAYS if day in chosen)


def _weekday(name: str) -> int:
    """Return the place of a weekday named in full or by its first three letters or more."""
    names = [full.lower() for full in calendar.day_name]
    return next(n for n, full in enumerate(names) if len(name) >= 3 and full.startswith(name))


def parse_days_off(text: str) -> tuple[Range, ...]:
    """Return single days and ranges in their order. Raises RefusedText or ValueError."""
    if text.lower() in ("none", ""):
        return ()
    ranges = []
    for part in text.split(","):
        begin, dots, end = part.partition("..")
        first, last = parse_day(begin.strip()), parse_day((end if dots else begin).strip())
        if first is None or last is None:
            raise ValueError
        if first > last:
            raise RefusedText(f"{first} is after {last}")
        ranges.append((first, last))
    if sum((last - first).days + 1 for first, last in ranges) > LONGEST_DAYS_OFF:
        raise RefusedText(f"there can be at most {LONGEST_DAYS_OFF} days off")
    return tuple(sorted(set(ranges)))
