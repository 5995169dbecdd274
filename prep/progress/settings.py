"""What the person has set, kept in the database with its history.

A setting has one key and is written as one line of text: `python -m prep config` prints and
takes the same text that the database holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time

from sqlite_utils import Database

from prep.clock import DAY_START, Clock
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN, Level
from prep.errors import InvalidSetting, UnknownSetting
from prep.progress.setting_texts import (
    ALTERNATE,
    DEFAULT_PACE,
    HELP,
    LAST,
    SIDE_BY_SIDE,
    WEEKS,
    Pace,
    parse,
    text_of,
)
from prep.progress.study_days import WEEKDAYS, Range, StudyDays
from prep.store import change_log
from prep.store.database import writing


@dataclass(frozen=True)
class Settings:
    """Every setting by its key, with its default."""

    sheets: tuple[str, ...] = (SYSTEM_DESIGN, BEHAVIORAL)
    level: Level = "EM+DIR"
    start_on: date | None = None
    target_on: date | None = None
    study_days: tuple[str, ...] = WEEKDAYS[:5]
    days_off: tuple[Range, ...] = ()
    pace: Pace = DEFAULT_PACE
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
    found = {key: parse(key, json.loads(value)) for key, value in stored if key in HELP}
    return Settings(**found)


def clock(db: Database, clock: Clock) -> Clock:
    """Return a clock whose days begin when the person's do.

    Where that setting cannot be read (`load` says so) they begin as if it was not set.
    """
    row = db.execute(
        "SELECT value FROM setting WHERE key = 'day_start' AND value IS NOT NULL"
    ).fetchone()
    try:
        return clock.starting_days_at(parse("day_start", json.loads(row[0]))) if row else clock
    except InvalidSetting:
        return clock


def change(db: Database, clock: Clock, texts: Mapping[str, str | None]) -> int:
    """Set `{key: text}` as one change; None takes a key back to its default.

    Returns how many changed. Raises UnknownSetting or InvalidSetting: then nothing is changed.
    """
    parsed = {key: None if text is None else parse(known(key), text) for key, text in texts.items()}
    with writing(db):
        defaults = Settings()
        given = {
            key: getattr(defaults, key) if value is None else value for key, value in parsed.items()
        }
        old = load(db)
        new = replace(old, **given)
        _refuse_impossible(old, new, clock.today())
        values = {
            key: {"value": None if value is None else json.dumps(as_text(new, key))}
            for key, value in parsed.items()
        }
        return change_log.write(db, clock, "setting", values)


def known(key: str) -> str:
    """Return the key. Raises UnknownSetting."""
    if key not in HELP:
        raise UnknownSetting(f"there is no setting {key[:40]!r}: `config` lists them")
    return key


def as_text(settings: Settings, key: str) -> str:
    """Return a setting as `change` takes it, `none` where it is empty."""
    return text_of(key, getattr(settings, key))


def all_texts(settings: Settings) -> dict[str, str]:
    """Return every setting as text, in the order of Settings."""
    return {field.name: as_text(settings, field.name) for field in fields(settings)}


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
