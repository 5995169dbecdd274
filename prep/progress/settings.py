"""What the person has set, kept in the database with its history.

A setting has one key and is written as one line of text: `python -m prep config` prints and
takes the same text that the database holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time
from typing import Any

from sqlite_utils import Database

from prep.clock import DAY_START, Clock
from prep.content import phases
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN, Level
from prep.errors import InvalidSetting, UnknownSetting
from prep.progress.setting_texts import (
    ALL,
    ALTERNATE,
    DEFAULT_PACE,
    FIT,
    HELP,
    LAST,
    MINUTES,
    CategoryFocus,
    Pace,
    parse,
    text_of,
)
from prep.progress.stage_texts import DEFAULT_STAGES, Stage
from prep.progress.study_days import WEEKDAYS, Range, StudyDays
from prep.store import change_log
from prep.store.change_rows import Edit
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
    scope: str = ALL
    fitted_on: date | None = None
    minutes_a_day: int = 60
    reserve: float = 0.2
    system_design_share: float = 0.5
    focus: tuple[CategoryFocus, ...] = ()
    rehearsal_minutes: int = 10
    pace: Pace = DEFAULT_PACE
    interleave: str = ALTERNATE
    outside_sequence: str = LAST
    reading_minutes: int = 10
    writing_minutes_high: int = 30
    writing_minutes_medium: int = 20
    writing_minutes_low: int = 15
    writing_minutes_system_design: int = 30
    speaking_minutes: int = 3
    forecast_weeks: int = 8
    desired_retention: float = 0.9
    reviews_a_day: int = 20
    day_start: time = DAY_START
    practise_blind: bool = False
    stages: tuple[Stage, ...] = DEFAULT_STAGES
    recording_days: int = 90
    event_time: time | None = None
    app_address: str = "http://localhost:8501"

    def planned_from(self, today: date) -> date:
        """Return the day from which the plan is kept to: its start, or when it was last fitted."""
        start = self.start_on or today
        return max(start, self.fitted_on) if self.scope == FIT and self.fitted_on else start

    def calendar(self) -> StudyDays:
        """Return the calendar of study days."""
        return StudyDays(self.study_days, self.days_off)


def load(db: Database) -> Settings:
    """Return every setting. Raises InvalidSetting where a stored one cannot be read.

    There is one figure for the minutes of a day: a pace in minutes and `minutes_a_day` are the
    same, and a fitted plan goes by it.
    """
    return _settings_of(_stored(db))


def _stored(db: Database) -> dict[str, Any]:
    rows = db.execute("SELECT key, value FROM setting WHERE value IS NOT NULL")
    return {key: parse(key, json.loads(value)) for key, value in rows if key in HELP}


def _settings_of(stored: Mapping[str, Any]) -> Settings:
    pace = stored.get("pace", DEFAULT_PACE)
    minutes = {"minutes_a_day": round(pace.amount)} if pace.unit == MINUTES else {}
    return _with_one_time(Settings(**(minutes | dict(stored))))


def _with_one_time(chosen: Settings) -> Settings:
    if chosen.scope == FIT or chosen.pace.unit == MINUTES:
        return replace(chosen, pace=Pace(chosen.minutes_a_day, MINUTES))
    return chosen


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
    with writing(db):
        edit, _ = prepared(db, clock, texts)
        return change_log.write_together(db, clock, [edit])


def prepared(db: Database, clock: Clock, texts: Mapping[str, str | None]) -> tuple[Edit, Settings]:
    """Return what `change` would write, and every setting as it would be then.

    For a change that alters other things as well: call it inside `writing(db)`. Raises as `change`
    does.
    """
    parsed = {key: None if text is None else parse(known(key), text) for key, text in texts.items()}
    stored = _stored(db)
    parsed = _with_minutes(parsed, stored)
    new = _settings_of({k: v for k, v in (stored | parsed).items() if v is not None})
    _refuse_impossible(_settings_of(stored), new, clock.today())
    _refuse_what_no_fit_has(parsed, new)
    _refuse_unknown_categories(db, parsed.get("focus") or ())
    values = {
        key: {"value": None if value is None else json.dumps(text_of(key, value))}
        for key, value in parsed.items()
    }
    return Edit("setting", values), new


def with_texts(chosen: Settings, texts: Mapping[str, str]) -> Settings:
    """Return settings as they would be with these, as far as each by itself can be.

    Raises InvalidSetting.
    """
    given = {key: parse(key, text) for key, text in texts.items()}
    return _with_one_time(replace(chosen, **given))


def _with_minutes(parsed: dict[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is to be set, the minutes of a day along with a pace in minutes."""
    pace = parsed.get("pace")
    if pace is None or pace.unit != MINUTES or "minutes_a_day" not in stored:
        return parsed
    return {"minutes_a_day": round(pace.amount)} | parsed


def _refuse_what_no_fit_has(parsed: Mapping[str, Any], new: Settings) -> None:
    if new.scope == FIT and new.fitted_on is None:
        raise InvalidSetting(
            "scope cannot be 'fit' before the plan was fitted: fit --apply does it"
        )
    pace = parsed.get("pace")
    if new.scope == FIT and pace is not None and pace.unit != MINUTES:
        raise InvalidSetting(
            f"pace cannot be '{pace}' while the plan is fitted to your minutes a day:"
            " change minutes_a_day, or set scope to all"
        )


def _refuse_unknown_categories(db: Database, focus: Iterable[CategoryFocus]) -> None:
    known_ones = {(category.sheet, category.position) for category in phases.list_categories(db)}
    for sheet, position, _ in focus:
        if (sheet, position) not in known_ones:
            raise InvalidSetting(f"focus names {sheet}:{position}, and there is no such category")


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
