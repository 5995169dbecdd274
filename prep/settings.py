"""What the person has set, kept in the database with its history."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlite_utils import Database

from prep import history
from prep.clock import Clock
from prep.database import writing

START_ON = "start_on"


def get_day(db: Database, key: str) -> date | None:
    """Return the day kept under `key`, None where none was set."""
    value = _get(db, key)
    return None if value is None else date.fromisoformat(value)


def set_day(db: Database, clock: Clock, key: str, day: date | None) -> bool:
    """Keep a day under `key`, or forget it; return whether that changed anything."""
    return _set(db, clock, key, None if day is None else day.isoformat())


def _get(db: Database, key: str) -> Any:
    row = db.execute("SELECT value FROM setting WHERE key = ?", [key]).fetchone()
    return None if row is None or row[0] is None else json.loads(row[0])


def _set(db: Database, clock: Clock, key: str, value: Any) -> bool:
    with writing(db):
        before = {key: {"value": _encoded(_get(db, key))}}
        return history.write(db, clock, "setting", before, {key: {"value": _encoded(value)}}) == 1


def _encoded(value: Any) -> str | None:
    return None if value is None else json.dumps(value)
