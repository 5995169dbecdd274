"""What an import changed, or would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Counts:
    """What an import did to one kind of row. `moved` are known rows under another key."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    moved: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Difference:
    """One row that an import touched. `what` is a name of Counts, `was` the key it moved from.

    `fields` maps the columns that changed to their old and new value.
    """

    kind: str
    key: str
    title: str
    what: str
    was: str | None = None
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass
class Report:
    """What an import did, and what of the source did not add up."""

    source: str
    fingerprint: str | None = None
    sheets: Counts = field(default_factory=Counts)
    questions: Counts = field(default_factory=Counts)
    articles: Counts = field(default_factory=Counts)
    differences: list[Difference] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        """Whether any row became other than it was."""
        return any(
            count
            for kind in (self.sheets, self.questions, self.articles)
            for name, count in asdict(kind).items()
            if name != "unchanged"
        )
