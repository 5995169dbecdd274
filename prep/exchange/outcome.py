"""What taking a file in changes, as pages and the command line show it before and after."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from sqlite_utils import Database

from prep.content.import_report import Difference, Report
from prep.exchange import difference_lines
from prep.exchange.three_way import Conflict, Taken
from prep.planning.wording import many


@dataclass
class Outcome:
    """What taking a file in changes: in short, each difference, what is odd, and as data.

    `conflicts` are what was edited in the file and here as well, `titles` those of their questions,
    by id; `is_open` where nobody chose.
    """

    summary: list[str]
    differences: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    data: dict[str, object] = field(default_factory=dict)
    changes_anything: bool = True
    conflicts: list[Conflict] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    is_open: bool = False


def of_report(report: Report) -> Outcome:
    """Return what an import of content changed."""
    summary = [
        f"{kind}: " + _counted(asdict(getattr(report, kind)))
        for kind in ("sheets", "questions", "articles")
    ]
    lines = [line for found in report.differences for line in difference_lines.of(found)]
    return Outcome(summary, lines, report.warnings, asdict(report), report.changes_anything)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "none"


def add_edits(outcome: Outcome, db: Database, taken: Taken, *, is_open: bool) -> None:
    """Add to an outcome what was edited in a file: each field, the conflicts, what is left."""
    titles = dict(db.execute("SELECT id, title FROM question").fetchall())
    for question_id, fields in taken.changes.items():
        title = titles[question_id]
        found = Difference("question", question_id, title, "changed", fields=fields)
        outcome.differences += difference_lines.of(found)
    outcome.warnings += taken.left
    outcome.changes_anything |= bool(taken.changes)
    outcome.conflicts, outcome.is_open = taken.conflicts, is_open
    outcome.titles = {found.question_id: titles[found.question_id] for found in taken.conflicts}
    if taken.conflicts:
        outcome.summary.append(_of_conflicts(taken))
    outcome.data |= {
        "fields": {name: dict(fields) for name, fields in taken.changes.items()},
        "conflicts": [asdict(found) for found in taken.conflicts],
        "left": taken.left,
    }


def _of_conflicts(taken: Taken) -> str:
    from_file = sum(
        found.field in taken.changes.get(found.question_id, {}) for found in taken.conflicts
    )
    here = len(taken.conflicts) - from_file
    return (
        f"{many(len(taken.conflicts), 'value')} changed in the file and here as well:"
        f" {from_file} from the file, {here} as here"
    )
