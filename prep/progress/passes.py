"""Passes through the sheets: a new one starts over, the one before is kept to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.errors import InvalidValue
from prep.progress.tracker import DATE_FIELDS, Tracker
from prep.store import change_log, numbers
from prep.store.change_rows import Edit
from prep.store.database import writing


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass that ended: how many questions were begun in it, and how many of them were done."""

    id: str
    title: str
    ended_on: date
    questions: int
    done: int


_KEPT = ("status", *DATE_FIELDS, "confidence")


def begin(db: Database, clock: Clock, ids: Sequence[str], title: str) -> str:
    """Set questions back to todo and keep how they stood under `title`; return the pass's id.

    One change, which undo takes back whole. Raises InvalidValue where nothing was begun on them.
    """
    title = texts.one_line(title)[:200]
    if not title:
        raise InvalidValue("give the pass that ends a name, like the interview it was for")
    with writing(db):
        tracker = Tracker(db, clock)
        states = tracker.states(ids)
        begun = {qid: state for qid, state in states.items() if state.status != "todo"}
        if not begun:
            raise InvalidValue("none of these questions was begun, so there is nothing to repeat")
        pass_id = numbers.give(db, clock, numbers.PASS)
        ended = {"title": title, "ended_on": clock.today().isoformat(), "removed": 0}
        kept = {
            f"{pass_id}#{qid}": {name: getattr(state, name) for name in _KEPT}
            for qid, state in begun.items()
        }
        anew = {qid: {"status": "todo", "confidence": None} for qid in begun}
        edits = [
            Edit("pass", {pass_id: ended}),
            Edit("pass_progress", kept),
            tracker.prepared(anew),
        ]
        change_log.write_together(db, clock, edits)
    return pass_id


def list_passes(db: Database) -> list[Pass]:
    """Return the passes that ended, newest first."""
    return [
        Pass(pass_id, title, date.fromisoformat(ended_on), questions, done)
        for pass_id, title, ended_on, questions, done in db.execute(
            "SELECT p.id, p.title, p.ended_on, count(*), sum(g.status = 'done')"
            " FROM pass p JOIN pass_progress g ON g.pass_id = p.id"
            " WHERE NOT p.removed AND g.status IS NOT NULL GROUP BY p.id ORDER BY p.id DESC"
        )
    ]


def compare(db: Database, pass_id: str) -> pd.DataFrame:
    """Return a pass against the present, by question.

    Columns: `id`, `title`, `status_then` and `status_now`, `done_then` and `done_now` (days),
    `confidence_then`, `confidence_now`.
    """
    columns = [
        "id",
        "title",
        "status_then",
        "status_now",
        "done_then",
        "done_now",
        "confidence_then",
        "confidence_now",
    ]
    return pd.DataFrame(
        db.query(
            "SELECT t.id, t.title, g.status AS status_then, t.status AS status_now,"
            " g.done_on AS done_then,"
            " t.done_on AS done_now, g.confidence AS confidence_then,"
            " t.confidence AS confidence_now FROM pass_progress g"
            " JOIN tracker t ON t.id = g.question_id WHERE g.pass_id = ? AND g.status IS NOT NULL"
            " ORDER BY t.sheet DESC, t.position",
            [pass_id],
        ),
        columns=columns,
    )
