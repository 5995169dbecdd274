"""The daily session: from *Begin* through the day's reviews and questions to its end.

It is kept beside the history of changes: undo does not go through it, and no other device gets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from prep.clock import Clock
from prep.planning.plan_items import PlanItem
from prep.planning.plan_status import PlanStatus
from prep.store.database import writing


@dataclass(frozen=True, slots=True)
class Session:
    """One day's session: when it began and ended (None while it runs), its questions in order."""

    day: date
    began_at: datetime
    ended_at: datetime | None
    questions: tuple[str, ...]

    @property
    def is_running(self) -> bool:
        """Whether it was not ended."""
        return self.ended_at is None


def of_day(db: Database, day: date) -> Session | None:
    """Return the session of a day, None where none was begun."""
    row = db.execute("SELECT began_at, ended_at FROM session WHERE day = ?", [str(day)]).fetchone()
    if row is None:
        return None
    began_at, ended_at = (text and datetime.fromisoformat(text) for text in row)
    rows = db.execute(
        "SELECT question_id FROM session_question WHERE day = ? ORDER BY position", [str(day)]
    )
    return Session(day, began_at, ended_at, tuple(question_id for (question_id,) in rows))


def running(db: Database, clock: Clock) -> Session | None:
    """Return today's session while it runs, else None. With its day a session is over."""
    session = of_day(db, clock.today())
    return session if session and session.is_running else None


def begin(db: Database, clock: Clock, questions: Sequence[str]) -> None:
    """Begin today's session with these questions, or take it up again where it was ended.

    The order of what it knows already stays; what it does not know is put behind.
    """
    day = str(clock.today())
    with writing(db):
        db.execute(
            "INSERT INTO session (day, began_at) VALUES (?, ?)"
            " ON CONFLICT (day) DO UPDATE SET ended_at = NULL",
            [day, clock.now().isoformat()],
        )
        for question_id in questions:
            _append(db, day, question_id)


def end(db: Database, clock: Clock) -> None:
    """End today's session; one that is over, or was never begun, stays as it is."""
    with writing(db):
        db.execute(
            "UPDATE session SET ended_at = ? WHERE day = ? AND ended_at IS NULL",
            [clock.now().isoformat(), str(clock.today())],
        )


def put_last(db: Database, clock: Clock, question_id: str, others: Sequence[str]) -> None:
    """Put a question behind the others of today's session, which keep the order given.

    Where none was begun today, nothing is changed.
    """
    day = str(clock.today())
    with writing(db):
        db.execute("DELETE FROM session_question WHERE day = ?", [day])
        for other in [*others, question_id]:
            _append(db, day, other)


def _append(db: Database, day: str, question_id: str) -> None:
    db.execute(
        "INSERT INTO session_question (day, question_id, position)"
        " SELECT :day, :id, 1 + (SELECT count(*) FROM session_question WHERE day = :day)"
        " FROM session WHERE day = :day ON CONFLICT DO NOTHING",
        {"day": day, "id": question_id},
    )


def questions_of_day(plan: PlanStatus, session: Session | None) -> list[PlanItem]:
    """Return today's questions, done ones included, in the session's order.

    What came to the day since it began stands behind; what left the day is not among them.
    """
    todays = [*plan.done_on(plan.today), *plan.on(plan.today)]
    order = session.questions if session else ()
    places = {question_id: place for place, question_id in enumerate(order)}
    return sorted(todays, key=lambda item: places.get(item.id, len(places)))


def next_question(todays: Sequence[PlanItem], after: str | None = None) -> PlanItem | None:
    """Return the open question that follows the one `after`, round to those before it; else None.

    Without `after`, the first. `todays` are the day's questions as `questions_of_day` has them.
    """
    place = next((n for n, item in enumerate(todays) if item.id == after), -1)
    others = [*todays[place + 1 :], *todays[: max(place, 0)]]
    return next((item for item in others if item.done_on is None), None)
