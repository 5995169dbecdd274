"""Each setting as one line of text, as a person types it and the database holds it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from prep.content.models import LEVELS, SHEET_TITLES
from prep.errors import InvalidSetting
from prep.progress.study_days import WEEKDAYS, Range

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_DAYS_OFF = 1000  # days in all
SIDE_BY_SIDE, ONE_AFTER_THE_OTHER, ALTERNATE = "side by side", "one after the other", "alternate"
QUESTIONS, MINUTES, WEEKS = "questions", "minutes", "weeks"
LAST, LEFT_OUT = "last", "left out"


@dataclass(frozen=True)
class Pace:
    """How much is studied a study day: an amount of questions or minutes, or the sheets' weeks.

    With WEEKS the phases are stretched over the weeks that the sheets give them; no amount.
    """

    amount: float
    unit: str

    def __str__(self) -> str:
        return WEEKS if self.unit == WEEKS else f"{self.amount:g} {self.unit}"


DEFAULT_PACE = Pace(2, QUESTIONS)

HELP = {
    "sheets": "sheets in the plan, in their order: system-design, behavioral",
    "level": "level aimed at: EM, DIR or EM+DIR",
    "start_on": "day the plan starts, YYYY-MM-DD",
    "target_on": "day of the interview, YYYY-MM-DD",
    "study_days": "days of the week: mon-fri, or sat,sun",
    "days_off": "single days and ranges: 2026-12-24..2027-01-01, 2027-02-03",
    "pace": "`2 questions` or `60 minutes` a study day, or `weeks` for the sheets' own",
    "interleave": f"{ONE_AFTER_THE_OTHER}, {ALTERNATE}, a ratio like 2:1, or {SIDE_BY_SIDE}"
    " (each sheet at the pace by itself)",
    "outside_sequence": f"questions that the sequence omits: {LAST} or {LEFT_OUT}",
    "reading_minutes": "reading time of a question without an article",
    "writing_minutes_high": "minutes to write an answer of high difficulty",
    "writing_minutes_medium": "minutes to write an answer of medium difficulty",
    "writing_minutes_low": "minutes to write an answer of low difficulty",
    "writing_minutes_system_design": "minutes to write up a system-design topic",
    "forecast_weeks": "weeks of study days that the forecast looks back on",
    "desired_retention": "how likely a question is to be remembered when it comes up: 0.7 to 0.97",
    "reviews_a_day": "questions to review on a day, at most",
    "day_start": "when your day begins, HH:MM: what is done before counts for the day that ends",
    "practise_blind": "on or off: hide level and difficulty while practising, until rated",
    "event_time": "when calendar events begin, HH:MM; `none` for all-day events",
    "app_address": "address of this app, for links in calendar events",
}


def parse(key: str, text: Any) -> Any:
    """Return the value of a setting that a text says. Raises InvalidSetting."""
    try:
        return _PARSERS[key](" ".join(str(text).split()))
    except (ValueError, TypeError, LookupError, StopIteration) as error:
        reason = str(error) if isinstance(error, _Refused) else HELP[key]
        raise InvalidSetting(f"{key} cannot be {str(text)[:40]!r}: {reason}") from None


def text_of(key: str, value: Any) -> str:
    """Return a value of a setting as the text that `change` takes, `none` for an empty one."""
    if value is None or value == ():
        return "none"
    return _FORMATS.get(key, str)(value)


def days_off_text(ranges: tuple[Range, ...]) -> str:
    """Return days off as text: a day, or `first..last`, separated by commas."""
    return ", ".join(f"{first}" if first == last else f"{first}..{last}" for first, last in ranges)


class _Refused(ValueError):
    """A value that is well formed and still cannot be: its message says why."""


def _day(text: str) -> date | None:
    if text.lower() in ("none", ""):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Refused("there is no such day, write it as YYYY-MM-DD") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _Refused(f"days run from {FIRST_DAY} to {LAST_DAY}")
    return day


def _sheets(text: str) -> tuple[str, ...]:
    slugs = tuple(word.strip().lower() for word in text.split(","))
    if len(set(slugs)) != len(slugs) or not set(slugs) <= set(SHEET_TITLES):
        raise ValueError
    return slugs


def _level(text: str) -> str:
    level = {"BOTH": "EM+DIR", "DIRECTOR": "DIR"}.get(text.upper(), text.upper())
    if level not in LEVELS:
        raise ValueError
    return level


def _study_days(text: str) -> tuple[str, ...]:
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


def _days_off(text: str) -> tuple[Range, ...]:
    if text.lower() in ("none", ""):
        return ()
    ranges = []
    for part in text.split(","):
        begin, dots, end = part.partition("..")
        first, last = _day(begin.strip()), _day((end if dots else begin).strip())
        if first is None or last is None:
            raise ValueError
        if first > last:
            raise _Refused(f"{first} is after {last}")
        ranges.append((first, last))
    if sum((last - first).days + 1 for first, last in ranges) > LONGEST_DAYS_OFF:
        raise _Refused(f"there can be at most {LONGEST_DAYS_OFF} days off")
    return tuple(sorted(set(ranges)))


def _pace(text: str) -> Pace:
    if text.lower() == WEEKS:
        return Pace(0, WEEKS)
    amount, _, word = text.partition(" ")
    unit = {"minute": MINUTES, "question": QUESTIONS, "": QUESTIONS}.get(word.lower(), word.lower())
    smallest, largest = {QUESTIONS: (1, 100), MINUTES: (5, 1440)}.get(unit, (None, None))
    if smallest is None or largest is None:
        raise ValueError
    if not smallest <= float(amount) <= largest:
        raise _Refused(f"{unit} a study day run from {smallest} to {largest}")
    return Pace(round(float(amount), 2), unit)


def _interleave(text: str) -> str:
    if text.lower() in (SIDE_BY_SIDE, ONE_AFTER_THE_OTHER, ALTERNATE):
        return text.lower()
    match = re.fullmatch(r"([1-9]\d?):([1-9]\d?)", text.replace(" ", ""))
    if match is None:
        raise ValueError
    return match[0]


def _word(text: str, *, words: tuple[str, ...]) -> str:
    if text.lower() not in words:
        raise ValueError
    return text.lower()


def _whole(text: str, *, smallest: int, largest: int) -> int:
    number = int(text)
    if not smallest <= number <= largest:
        raise _Refused(f"it runs from {smallest} to {largest}")
    return number


def _share(text: str, *, smallest: float, largest: float) -> float:
    number = float(text)
    if not smallest <= number <= largest:
        raise _Refused(f"it runs from {smallest} to {largest}")
    return round(number, 3)


def _time(text: str) -> time | None:
    return None if text.lower() in ("none", "") else _clock_time(text)


def _clock_time(text: str) -> time:
    return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or len(text) > 200:
        raise ValueError
    return text.rstrip("/")


def _switch(text: str) -> bool:
    return {"on": True, "off": False}[_word(text, words=("on", "off"))]


_minutes = partial(_whole, smallest=0, largest=600)
_PARSERS: dict[str, Callable[[str], Any]] = {
    "sheets": _sheets,
    "level": _level,
    "start_on": _day,
    "target_on": _day,
    "study_days": _study_days,
    "days_off": _days_off,
    "pace": _pace,
    "interleave": _interleave,
    "outside_sequence": partial(_word, words=(LAST, LEFT_OUT)),
    "reading_minutes": _minutes,
    "writing_minutes_high": _minutes,
    "writing_minutes_medium": _minutes,
    "writing_minutes_low": _minutes,
    "writing_minutes_system_design": _minutes,
    "forecast_weeks": partial(_whole, smallest=2, largest=52),
    "desired_retention": partial(_share, smallest=0.7, largest=0.97),
    "reviews_a_day": partial(_whole, smallest=1, largest=500),
    "day_start": _clock_time,
    "practise_blind": _switch,
    "event_time": _time,
    "app_address": _address,
}
_FORMATS: dict[str, Callable[[Any], str]] = {
    "sheets": ",".join,
    "study_days": ",".join,
    "days_off": days_off_text,
    "day_start": "{:%H:%M}".format,
    "event_time": "{:%H:%M}".format,
    "practise_blind": lambda value: "on" if value else "off",
}
