"""The days and instants that Prep keeps: others would break a page, or could not be read again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from prep.errors import InvalidDates, InvalidValue
from prep.store.subjects import SUBJECTS

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_FIRST_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)


def is_day(day: date) -> bool:
    """Whether a day can be kept."""
    return FIRST_DAY <= day <= LAST_DAY


def refuse_odd_days(subject: str, fields: Mapping[str, object]) -> None:
    """Raise InvalidDates where a field that holds days is to hold one that cannot be kept."""
    for name in SUBJECTS[subject].days:
        value = fields.get(name)
        if value is not None and not is_day(date.fromisoformat(str(value))):
            raise InvalidDates(
                f"{value} is no day to keep: they run from {FIRST_DAY} to {LAST_DAY}"
            )


def refuse_odd_clock(now: datetime) -> None:
    """Raise InvalidValue where the computer's clock cannot be right."""
    if now < _FIRST_INSTANT or not is_day(now.date()):
        raise InvalidValue(f"the computer's clock says {now:%Y-%m-%d}: set it right first")
