"""Which dates of questions a change cleared; history keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from prep.progress.tracker import DATE_FIELDS, DATE_TITLES
from prep.store.change_list import FieldChange


@dataclass(frozen=True, slots=True)
class ClearedDate:
    """A day that a question no longer has; `title` says of what: `started`, `drafted`, `done`."""

    question_id: str
    title: str
    day: date


def of_change(changes: Iterable[FieldChange]) -> list[ClearedDate]:
    """Return the dates that these fields of a change cleared, in the order of the statuses."""
    cleared = [
        change
        for change in changes
        if change.subject == "question" and change.field in DATE_FIELDS
        if change.old is not None and change.new is None
    ]
    cleared.sort(key=lambda change: DATE_FIELDS.index(change.field))
    return [
        ClearedDate(change.subject_id, DATE_TITLES[change.field], date.fromisoformat(change.old))
        for change in cleared
    ]
