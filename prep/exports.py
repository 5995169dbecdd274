"""What the person can take out, as bytes that the command line writes and the pages offer."""

from __future__ import annotations

from sqlite_utils import Database

from prep import history, ics, standing
from prep.clock import Clock


def plan_ics(db: Database, clock: Clock) -> tuple[bytes, int]:
    """Return the plan as a calendar file, and how many events it has."""
    outlook = standing.load(db, clock.today())
    done = [item for item in outlook.items if item.done_on]
    sequence = history.data_version(db)
    data = ics.calendar_file(outlook.planned, done, outlook.settings, clock.now(), sequence)
    return data, len(outlook.planned) + len(done)
