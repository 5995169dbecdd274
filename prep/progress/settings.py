"""What the person has set, kept in the database with its history.

A setting has one key and is written as one line of text: `python -m prep config` prints and
takes the same text that the database holds.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from sqlite_utils import Database

from prep.clock import DAY_START, Clock
from prep.content.models import BEHAVIORAL, LEVELS, SHEET_TITLES, SYSTEM_DESIGN
from prep.errors import InvalidSetting, UnknownSetting
from prep.progress.study_days import WEEKDAYS, Range, StudyDays
from prep.store import change_log
from prep.store.database import writing

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


@dataclass(frozen=True)
class Settings:
    """Every setting, each under its key, with what holds where the person set nothing."""

    sheets: tuple[str, ...] = (SYSTEM_DESIGN, BEHAVIORAL)
    level: str = "EM+DIR"
    start_on: date | None = None
    target_on: date | None = None
    study_days: tuple[str, ...] = WEEKDAYS[:5]
    days_off: tuple[Range, ...] = ()
    pace: Pace = Pace(2, QUESTIONS)
    interleave: str = ALTERNATE
    outside_sequence: str = LAST
    reading_minutes: int = 10
    writing_minutes_high: int = 30
    writing_minutes_medium: int = 20
    writing_minutes_low: int = 15
    writing_minutes_system_design: int = 30
    forecast_weeks: int = 8
    desired_retention: float = 0.9
    reviews_a_day: int = 20
    day_start: time = DAY_START
    practise_blind: bool = False
    event_time: time | None = None
    app_address: str = "http://localhost:8501"

    def calendar(self) -> StudyDays:
        """Return the calendar of study days."""
        return StudyDays(self.study_days, self.days_off)


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

PRESETS: dict[str, dict[str, str]] = {
    "The sheets' weeks": {"pace": WEEKS},
    "One of each a weekday": {
        "pace": "1 questions",
        "study_days": "mon-fri",
        "interleave": SIDE_BY_SIDE,
    },
    "One of each a day": {
        "pace": "1 questions",
        "study_days": "mon-sun",
        "interleave": SIDE_BY_SIDE,
    },
}


def load(db: Database) -> Settings:
    """Return every setting. Raises InvalidSetting where a stored one cannot be read."""
    stored = db.execute("SELECT key, value FROM setting WHERE value IS NOT NULL")
    found = {key: _parse(key, json.loads(value)) for key, value in stored if key in HELP}
    return Settings(**found)


def clock(db: Database, clock: Clock) -> Clock:
    """Return a clock whose days begin when the person's do.

    Where that setting cannot be read (`load` says so) they begin as if it was not set.
    """
    row = db.execute(
        "SELECT value FROM setting WHERE key = 'day_start' AND value IS NOT NULL"
    ).fetchone()
    try:
        return clock.starting_days_at(_parse("day_start", json.loads(row[0]))) if row else clock
    except InvalidSetting:
        return clock


def change(db: Database, clock: Clock, texts: Mapping[str, str | None]) -> int:
    """Set `{key: text}` as one change; None takes a key back to its default.

    Returns how many changed. Raises UnknownSetting or InvalidSetting: then nothing is changed.
    """
    parsed = {
        key: None if text is None else _parse(known(key), text) for key, text in texts.items()
    }
    with writing(db):
        defaults = Settings()
        given = {
            key: getattr(defaults, key) if value is None else value for key, value in parsed.items()
        }
        old = load(db)
        new = replace(old, **given)
        _refuse_impossible(old, new, clock.today())
        stored = dict(db.execute("SELECT key, value FROM setting"))
        before = {key: {"value": stored.get(key)} for key in texts}
        after = {
            key: {"value": None if value is None else json.dumps(as_text(new, key))}
            for key, value in parsed.items()
        }
        return change_log.write(db, clock, "setting", before, after)


def known(key: str) -> str:
    """Return the key. Raises UnknownSetting."""
    if key not in HELP:
        raise UnknownSetting(f"there is no setting {key[:40]!r}: `config` lists them")
    return key


def as_text(settings: Settings, key: str) -> str:
    """Return a setting as `change` takes it, `none` where it is empty."""
    return text_of(key, getattr(settings, key))


def text_of(key: str, value: Any) -> str:
    """Return a value of a setting as the text that `change` takes, `none` for an empty one."""
    if value is None or value == ():
        return "none"
    return _FORMATS.get(key, str)(value)


def all_texts(settings: Settings) -> dict[str, str]:
    """Return every setting as text, in the order of Settings."""
    return {field.name: as_text(settings, field.name) for field in fields(settings)}


def days_off_text(ranges: tuple[Range, ...]) -> str:
    """Return days off as text: a day, or `first..last`, separated by commas."""
    return ", ".join(f"{first}" if first == last else f"{first}..{last}" for first, last in ranges)


def _refuse_impossible(old: Settings, new: Settings, today: date) -> None:
    """Raise InvalidSetting where a change makes settings that cannot stand together.

    Time alone may have made them so: then what has nothing to do with it can still be changed.
    """
    target_is_new = new.target_on != old.target_on
    wrong = _impossible(new, today, target_is_new=target_is_new)
    days_are_new = target_is_new or new.start_on != old.start_on
    if wrong and (days_are_new or not _impossible(old, today)):
        raise InvalidSetting(wrong)


def _impossible(settings: Settings, today: date, *, target_is_new: bool = False) -> str | None:
    """Return why settings cannot stand together, None where they can.

    An interview that is over asks nothing of the plan any more, unless it is given only now.
    """
    start, target = settings.start_on or today, settings.target_on
    if target is None or (target < today and not target_is_new):
        return None
    if target < start:
        return f"the interview on {target} is before the start on {start}: change one of the two"
    if settings.calendar().count(start, target) + (target in settings.calendar()) == 0:
        return (
            f"there is no study day from {start} to the interview on {target}:"
            " change the study days or the days off"
        )
    return None


def _parse(key: str, text: Any) -> Any:
    try:
        return _PARSERS[key](" ".join(str(text).split()))
    except (ValueError, TypeError, LookupError, StopIteration) as error:
        reason = str(error) if isinstance(error, _Refused) else HELP[key]
        raise InvalidSetting(f"{key} cannot be {str(text)[:40]!r}: {reason}") from None


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
