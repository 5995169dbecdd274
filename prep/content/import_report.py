"""What taking a file in changes: one report, whatever the file is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

# What became of a row: the fields of `Counts`.
What = Literal["added", "changed", "unchanged", "retired", "moved", "returned"]


@dataclass
class Counts:
    """What an import did to one kind of row. `moved` are known rows under another key."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    moved: int = 0
    returned: int = 0

    def __str__(self) -> str:
        """Return all that is not 0: `1 added, 2 unchanged`."""
        return ", ".join(f"{count} {what}" for what, count in asdict(self).items() if count)


@dataclass(frozen=True)
class Difference:
    """One row that an import touched. `what` is a name of Counts, `was` the key it moved from.

    `fields` maps the columns that changed to their old and new value.
    """

    kind: str
    key: str
    title: str
    what: What
    was: str | None = None
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that was changed in a file and here since: both values.

    `is_taken` says whether the file's value is taken; None where nobody chose.
    """

    question_id: str
    title: str
    field: str
    here: Any
    file: Any
    is_taken: bool | None = None


@dataclass
class Report:
    """What an import did, or would do, and what of the source did not add up.

    `counts` are by kind of row, in the order in which they are shown.
    """

    source: str
    fingerprint: str | None = None
    counts: dict[str, Counts] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        """Whether any row became other than it was."""
        return any(replace(counts, unchanged=0) != Counts() for counts in self.counts.values())

    @property
    def is_open(self) -> bool:
        """Whether nobody has chosen yet on what was changed on both sides."""
        return any(conflict.is_taken is None for conflict in self.conflicts)

    @property
    def summary(self) -> list[str]:
        """What was done to each kind of row, and how conflicts were resolved, a line each."""
        lines = [f"{kind}: {str(counts) or 'none'}" for kind, counts in self.counts.items()]
        if self.conflicts:
            taken = sum(conflict.is_taken is True for conflict in self.conflicts)
            stay = len(self.conflicts) - taken
            lines.append(
                f"changed in the file and here as well: {taken} from the file, {stay} as here"
            )
        return lines

    def count(self, kind: str, what: What, rows: int = 1) -> None:
        """Count rows of a kind, if any; `what` became of them is a name of Counts."""
        if rows:
            counts = self.counts.setdefault(kind, Counts())
            setattr(counts, what, getattr(counts, what) + rows)

    def add(self, other: Report) -> None:
        """Take over what another report of the same source says."""
        self.counts |= other.counts
        self.differences += other.differences
        self.conflicts += other.conflicts
        self.warnings += other.warnings
