"""A person's own fields of each question: status, dates, notes, and its place in the plan."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from itertools import pairwise
from typing import Any, cast, get_args

from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.content import questions
from prep.content.models import Status
from prep.errors import InvalidDates, InvalidStatus, InvalidValue, UnknownQuestion
from prep.store import change_log, change_rows
from prep.store.database import writing

STATUSES: tuple[Status, ...] = get_args(Status)
STATUS_TITLES: Mapping[str, str] = {
    "todo": "To do",
    "in_progress": "In progress",
    "drafted": "Drafted",
    "done": "Done",
}
# The date that reaching a status fills in, in the order they must stand.
DATE_OF_STATUS: Mapping[str, str] = {
    "in_progress": "started_on",
    "drafted": "drafted_on",
    "done": "done_on",
}
DATE_FIELDS = tuple(DATE_OF_STATUS.values())
DATE_TITLES = {"started_on": "started", "drafted_on": "drafted", "done_on": "done"}
MAX_NOTES = 10_000


@dataclass(frozen=True, slots=True)
class Progress:
    """What a person says of one question. Days are `YYYY-MM-DD`, a yes or no is 0 or 1.

    What is `skipped` is dropped from the plan, what is `pinned` comes first in it. `put_off_on` is
    the day on which it was last moved to a later one.
    """

    status: Status
    started_on: str | None
    drafted_on: str | None
    done_on: str | None
    confidence: int | None
    starred: int
    personal_notes: str
    moved_to: str | None
    put_off_on: str | None
    minutes: int | None
    skipped: int
    in_scope: int
    pinned: int


_FIELDS = tuple(field.name for field in fields(Progress))


class Tracker:
    """Reads and changes progress in one database, by the clock of one person."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def state(self, question_id: str) -> Progress:
        """Return the progress of a question. Raises UnknownQuestion."""
        return self.states([question_id])[question_id]

    def set_status(self, ids: str | Iterable[str], status: str, on: date | None = None) -> int:
        """Give one or many questions a status; return how many changed.

        The status's date becomes `on`, or today where it has none; later dates are cleared.
        Raises UnknownQuestion, InvalidStatus, InvalidDates: then nothing is changed.
        """
        edit: dict[str, str | date] = {"status": _status(status)}
        if on is not None:
            if status not in DATE_OF_STATUS:
                raise InvalidDates(f"{status} has no date: leave the date out")
            edit[DATE_OF_STATUS[status]] = on
        return self.edit(dict.fromkeys([ids] if isinstance(ids, str) else ids, edit))

    def edit(self, edits: Mapping[str, Mapping[str, Any]]) -> int:
        """Apply `{question id: {field: value}}` as one change; return how many questions changed.

        A change of status fills and clears dates; a date in the same edit wins over the one it
        fills. Raises UnknownQuestion, InvalidStatus, InvalidDates, InvalidValue: then nothing
        is changed.
        """
        with writing(self._db):
            return change_log.write_together(self._db, self._clock, [self.prepared(edits)])

    def prepared(self, edits: Mapping[str, Mapping[str, Any]]) -> change_rows.Edit:
        """Return what `edit` would write, for a change that alters other things as well.

        Call it inside `writing(db)`. Raises as `edit` does.
        """
        today = self._clock.today()
        before = self.states(edits)
        after = {qid: asdict(_edited(qid, before[qid], edits[qid], today)) for qid in edits}
        return change_rows.Edit("question", after)

    def states(self, ids: Iterable[str]) -> dict[str, Progress]:
        """Return the same for many questions, by id. Raises UnknownQuestion."""
        wanted = list(ids)
        rows = self._db.execute(
            f"SELECT id, {', '.join(_FIELDS)} FROM tracker"
            f" WHERE id IN (SELECT value FROM json_each(?)) AND {questions.IS_THERE}",
            [json.dumps(wanted)],
        )
        states = {question_id: Progress(*row) for question_id, *row in rows}
        for question_id in wanted:
            if question_id not in states:
                raise UnknownQuestion(question_id)
        return states


def _edited(question_id: str, old: Progress, edit: Mapping[str, object], today: date) -> Progress:
    """Return the progress after an edit, every rule of the tracker applied."""
    given = {name: _CHECKS[name](value) for name, value in edit.items()}
    status: Status = given.get("status", old.status)
    dates = _dates_by_status(old, status, today) if status != old.status else {}
    new = replace(old, **(dates | given))
    if new.moved_to != old.moved_to and (new.moved_to or "9999") < today.isoformat():
        raise InvalidDates(f"{question_id} cannot move to {new.moved_to}: it is before {today}")
    given_dates = {name: value for name, value in given.items() if name in DATE_FIELDS}
    _refuse_wrong_dates(question_id, new, given_dates, today)
    return new


def _dates_by_status(old: Progress, reached: Status, today: date) -> dict[str, Any]:
    """Return the dates that reaching a status fills, where it has none yet, and clears."""
    place = STATUSES.index(reached)
    dates = {
        name: getattr(old, name) if STATUSES.index(status) <= place else None
        for status, name in DATE_OF_STATUS.items()
    }
    own = DATE_OF_STATUS.get(reached)
    if own and dates[own] is None:
        # Earlier dates may lie a day ahead for someone who flew west since.
        dates[own] = max([today.isoformat(), *filter(None, dates.values())])
    return dates


def _refuse_wrong_dates(
    question_id: str, progress: Progress, given: Mapping[str, str | None], today: date
) -> None:
    status = progress.status
    for name, value in given.items():
        owner = next(s for s, date_name in DATE_OF_STATUS.items() if date_name == name)
        title = DATE_TITLES[name]
        if value is None and owner == status:
            raise InvalidDates(f"{question_id} is {status}, so it needs the day it was {title}")
        if value is not None and STATUSES.index(owner) > STATUSES.index(status):
            raise InvalidDates(
                f"{question_id} is {status}: set it to {owner} before giving the day it was {title}"
            )
        if value is not None and value > today.isoformat():
            raise InvalidDates(f"{question_id}: {title} {value} is after today, {today}")
    filled = [(name, day) for name in DATE_FIELDS if (day := getattr(progress, name)) is not None]
    for (earlier, first), (later, second) in pairwise(filled):
        if first > second:
            raise InvalidDates(
                f"{question_id}: {DATE_TITLES[later]} {second} is before"
                f" {DATE_TITLES[earlier]} {first}: correct one of the two"
            )


def _day(value: Any, name: str) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise InvalidDates(
            f"{str(value)[:40]!r} is no day for {name}: write it as YYYY-MM-DD"
        ) from None


def _status(value: Any) -> Status:
    if value not in STATUSES:
        raise InvalidStatus(f"{str(value)[:40]!r} is no status: it is one of {', '.join(STATUSES)}")
    return cast(Status, value)


def _confidence(value: Any) -> int | None:
    if value is None:
        return None
    if value not in (1, 2, 3, 4, 5):
        raise InvalidValue(f"confidence is a whole number from 1 to 5, not {str(value)[:40]!r}")
    return int(value)


def _notes(value: Any) -> str:
    return texts.bounded(texts.without_nul(value or ""), MAX_NOTES, "notes hold")


def _minutes(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not 1 <= value <= 600:
        raise InvalidValue(f"minutes are a whole number from 1 to 600, not {str(value)[:40]!r}")
    return value


def _optional_day(name: str) -> Callable[[object], str | None]:
    return lambda value: None if value is None else _day(value, name)


_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "status": _status,
    **{name: _optional_day(name) for name in (*DATE_FIELDS, "moved_to", "put_off_on")},
    "confidence": _confidence,
    "personal_notes": _notes,
    **dict.fromkeys(("starred", "skipped", "in_scope", "pinned"), lambda value: int(bool(value))),
    "minutes": _minutes,
}
