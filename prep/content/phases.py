"""The categories and phases of the sheets, and what a sheet says of its pace."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlite_utils import Database

from prep.content.questions import SHEET_ORDER

OUTSIDE_SEQUENCE = "Outside the suggested sequence"


@dataclass(frozen=True, slots=True)
class Category:
    """A category of a sheet; `signal` is what interviewers listen for in its answers."""

    sheet: str
    position: int
    title: str
    signal: str | None

    @property
    def key(self) -> str:
        """How `questions.find` names it, such as `behavioral:3`."""
        return f"{self.sheet}:{self.position}"


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of a sheet's suggested sequence; its weeks count from 1 and include both ends.

    What the sequence leaves out stands after it as one more, without weeks.
    """

    sheet: str
    position: int
    title: str
    first_week: int | None
    last_week: int | None
    advice: str | None
    question_ids: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How `questions.find` names it, such as `behavioral:3` or `behavioral:outside`."""
        return f"{self.sheet}:{'outside' if self.first_week is None else self.position}"


def list_categories(db: Database, sheet: str | None = None) -> list[Category]:
    """Return the categories of a sheet, or of both, in the sheets' order.

    One that a sheet has dropped, and that holds nothing but retired questions, is left out.
    """
    rows = db.query(
        "SELECT sheet, position, title, signal FROM category c"
        " WHERE sheet = coalesce(?, sheet) AND EXISTS (SELECT 1 FROM question q"
        " WHERE q.sheet = c.sheet AND q.category_position = c.position AND NOT q.retired)"
        f" ORDER BY {SHEET_ORDER}",
        [sheet],
    )
    return [Category(**row) for row in rows]


def list_phases(db: Database) -> list[Phase]:
    """Return the phases of both sheets in their order, each with the ids of its questions."""
    ids: dict[tuple[str, int | None], list[str]] = {}
    for sheet, position, question_id in db.execute(
        f"SELECT sheet, phase_position, id FROM question WHERE NOT retired ORDER BY {SHEET_ORDER}"
    ):
        ids.setdefault((sheet, position), []).append(question_id)
    return [
        replace(
            phase,
            question_ids=tuple(ids.get((phase.sheet, phase.first_week and phase.position), ())),
        )
        for phase in phase_titles(db)
    ]


def phase_titles(db: Database) -> list[Phase]:
    """Return the phases as `list_phases` does, without the ids of their questions."""
    phases = [
        Phase(**row)
        for row in db.query(
            "SELECT sheet, position, title, first_week, last_week, advice FROM phase"
            f" ORDER BY {SHEET_ORDER}"
        )
    ]
    outside = db.execute(
        "SELECT DISTINCT sheet FROM question WHERE phase_position IS NULL AND NOT retired"
    )
    for sheet in sorted(sheet for (sheet,) in outside):
        last = max((i for i, phase in enumerate(phases) if phase.sheet == sheet), default=-1)
        position = phases[last].position + 1 if last >= 0 else 1
        phases.insert(last + 1, Phase(sheet, position, OUTSIDE_SEQUENCE, None, None, None))
    return phases


def pace_notes(db: Database) -> dict[str, list[str]]:
    """Return what each sheet says of its pace, as sentences, by sheet."""
    return {
        slug: notes.split("\n")
        for slug, notes in db.execute("SELECT slug, pace_notes FROM sheet ORDER BY position")
    }
