"""Each setting as one line of text, as a person types it and the database holds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from prep.content.models import LEVELS, SHEET_TITLES
from prep.errors import InvalidSetting
from prep.progress.day_texts import (
    RefusedText,
    days_off_text,
    parse_day,
    parse_days_off,
    parse_study_days,
)
from prep.progress.stage_texts import parse_stages, stages_text

SIDE_BY_SIDE, ONE_AFTER_THE_OTHER, ALTERNATE = "side by side", "one after the other", "alternate"
QUESTIONS, MINUTES, WEEKS = "questions", "minutes", "weeks"
LAST, LEFT_OUT = "last", "left out"
FIT, ALL = "fit", "all"
FOCUSES = (0.0, 0.5, 1.0, 2.0)  # how much a category weighs; 1 where nothing is set

CategoryFocus = tuple[str, int, float]  # sheet, position of the category, its focus


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
    "scope": f"{FIT}: the questions that fit the time there is, or {ALL}",
    "fitted_on": "day on which the plan was last fitted, which `fit --apply` sets",
    "minutes_a_day": "minutes a study day",
    "reserve": "share of that time for reviews and mock interviews: 0 to 0.9",
    "system_design_share": "share of the rest for the system-design sheet: 0 to 1",
    "focus": "what categories weigh, 0, 0.5, 1 or 2: system-design:13=0, behavioral:15=2",
    "rehearsal_minutes": "minutes of a question that has an answer or a story already",
    "pace": "`2 questions` or `60 minutes` a study day, or `weeks` for the sheets' own",
    "interleave": f"{ONE_AFTER_THE_OTHER}, {ALTERNATE}, a ratio like 2:1, or {SIDE_BY_SIDE}"
    " (each sheet at the pace by itself)",
    "outside_sequence": f"questions that the sequence omits: {LAST} or {LEFT_OUT}",
    "reading_minutes": "reading time of a question without an article",
    "writing_minutes_high": "minutes to write an answer of high difficulty",
    "writing_minutes_medium": "minutes to write an answer of medium difficulty",
    "writing_minutes_low": "minutes to write an answer of low difficulty",
    "writing_minutes_system_design": "minutes to write up a system-design topic",
    "speaking_minutes": "minutes that a behavioral answer is meant to take when it is spoken",
    "forecast_weeks": "weeks of late from which half of the forecast is drawn",
    "desired_retention": "how likely a question is to be remembered when it comes up: 0.7 to 0.97",
    "reviews_a_day": "questions to review on a day, at most",
    "day_start": "when your day begins, HH:MM: what is done before counts for the day that ends",
    "practise_blind": "on or off: hide level and difficulty while practising, until rated",
    "stages": "minutes of each stage of a system-design round, as in its default",
    "recording_days": "days after which a recording is deleted, 0 to keep all",
    "event_time": "when calendar events begin, HH:MM; `none` for all-day events",
    "app_address": "address of this app, for links in calendar events",
}


def parse(key: str, text: Any) -> Any:
    """Return the value of a setting that a text says. Raises InvalidSetting."""
    try:
        return _PARSERS[key](" ".join(str(text).split()))
    except (ValueError, TypeError, LookupError, StopIteration) as error:
        reason = str(error) if isinstance(error, RefusedText) else HELP[key]
        raise InvalidSetting(f"{key} cannot be {str(text)[:40]!r}: {reason}") from None


def text_of(key: str, value: Any) -> str:
    """Return a value of a setting as the text that `change` takes, `none` for an empty one."""
    if value is None or value == ():
        return "none"
    return _FORMATS.get(key, str)(value)


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


def _pace(text: str) -> Pace:
    if text.lower() == WEEKS:
        return Pace(0, WEEKS)
    amount, _, word = text.partition(" ")
    unit = {"minute": MINUTES, "question": QUESTIONS, "": QUESTIONS}.get(word.lower(), word.lower())
    smallest, largest = {QUESTIONS: (1, 100), MINUTES: (5, 1440)}.get(unit, (None, None))
    if smallest is None or largest is None:
        raise ValueError
    if not smallest <= float(amount) <= largest:
        raise RefusedText(f"{unit} a study day run from {smallest} to {largest}")
    return Pace(round(float(amount), None if unit == MINUTES else 2), unit)


def _focus(text: str) -> tuple[CategoryFocus, ...]:
    if text.lower() in ("none", ""):
        return ()
    found: dict[tuple[str, int], float] = {}
    for part in text.replace(" ", "").lower().split(","):
        match = re.fullmatch(r"([a-z-]+):([1-9]\d?)=([\d.]+)", part, re.ASCII)
        if match is None or match[1] not in SHEET_TITLES:
            raise ValueError
        if float(match[3]) not in FOCUSES:
            raise RefusedText("a category weighs 0, 0.5, 1 or 2")
        if (match[1], int(match[2])) in found:
            raise RefusedText(f"{match[1]}:{match[2]} stands there twice")
        found[match[1], int(match[2])] = float(match[3])
    return tuple((*category, focus) for category, focus in sorted(found.items()) if focus != 1)


def _focus_text(focus: tuple[CategoryFocus, ...]) -> str:
    return ", ".join(f"{sheet}:{position}={weight:g}" for sheet, position, weight in focus)


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
        raise RefusedText(f"it runs from {smallest} to {largest}")
    return number


def _share(text: str, *, smallest: float, largest: float) -> float:
    number = float(text)
    if not smallest <= number <= largest:
        raise RefusedText(f"it runs from {smallest} to {largest}")
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
    "start_on": parse_day,
    "target_on": parse_day,
    "study_days": parse_study_days,
    "days_off": parse_days_off,
    "scope": partial(_word, words=(FIT, ALL)),
    "fitted_on": parse_day,
    "minutes_a_day": partial(_whole, smallest=5, largest=1440),
    "reserve": partial(_share, smallest=0, largest=0.9),
    "system_design_share": partial(_share, smallest=0, largest=1),
    "focus": _focus,
    "rehearsal_minutes": partial(_whole, smallest=1, largest=600),
    "speaking_minutes": partial(_whole, smallest=1, largest=60),
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
    "stages": parse_stages,
    "recording_days": partial(_whole, smallest=0, largest=3650),
    "event_time": _time,
    "app_address": _address,
}
_FORMATS: dict[str, Callable[[Any], str]] = {
    "sheets": ",".join,
    "study_days": ",".join,
    "days_off": days_off_text,
    "focus": _focus_text,
    "stages": stages_text,
    "day_start": "{:%H:%M}".format,
    "event_time": "{:%H:%M}".format,
    "practise_blind": lambda value: "on" if value else "off",
}
