"""What the person can take out, as bytes that the command line writes and the pages offer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlite_utils import Database

from prep.clock import Clock
from prep.content import importer
from prep.planning import calendar_file, plan_status
from prep.planning.calendar_file import Cancelled
from prep.planning.planned import Planned
from prep.store import change_list
from prep.store.database import writing


class CalendarFile(NamedTuple):
    """A calendar file, how many events it has, and how many it cancels."""

    data: bytes
    events: int
    cancelled: int


def plan_ics(db: Database, clock: Clock) -> CalendarFile:
    """Return the plan and what is done as a calendar file.

    What it holds is noted: a question that is left out later is cancelled in the files that follow,
    for as long as it is left out, so that each brings any other calendar up to date. Within a
    transaction that fails, nothing is noted.
    """
    plan = plan_status.load(db, clock.today())
    finished = [Planned(item.done_on, item) for item in plan.items if item.done_on]
    events = [*finished, *plan.planned]
    with writing(db):
        cancelled = _left_out(db, events)
        _note(db, events)
    sequence = change_list.data_version(db) + importer.content_version(db)
    data = calendar_file.calendar_file(events, cancelled, plan.settings, clock, sequence)
    return CalendarFile(data, len(events), len(cancelled))


def _left_out(db: Database, events: Iterable[Planned]) -> list[Cancelled]:
    """Return the events of earlier files that the plan no longer has."""
    present = {event.item.id for event in events}
    rows = db.execute(
        "SELECT question_id, title, day FROM calendar_event ORDER BY day, question_id"
    )
    return [
        Cancelled(question_id, title, date.fromisoformat(day))
        for question_id, title, day in rows
        if question_id not in present
    ]


def _note(db: Database, events: Iterable[Planned]) -> None:
    rows = [
        {
            "question_id": event.item.id,
            "title": event.item.title,
            "day": event.date.isoformat(),
        }
        for event in events
    ]
    db.table("calendar_event").upsert_all(rows, pk="question_id")
