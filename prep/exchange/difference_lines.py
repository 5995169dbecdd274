"""What an import changes, as lines that a page and the command line show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from prep.content.import_report import Conflict, Difference

_SHORT, _LEAD = 60, 20  # characters of a value that are shown; of those, before what differs


def of_differences(differences: Iterable[Difference]) -> list[str]:
    """Return what became of each row, and each of its fields with its old and its new value."""
    return [line for found in differences for line in _of(found)]


def _of(found: Difference) -> Iterator[str]:
    moved = f" from {found.was}" if found.was else ""
    yield f"{found.key} {found.what}{moved}: {found.title}"
    for name, values in found.fields.items():
        old, new = _both(*values)
        yield f"  {name}: {old} → {new}"


def of_conflicts(conflicts: Iterable[Conflict]) -> list[str]:
    """Return a line for each conflict: what stands here, and what the file says."""
    return [
        f"{found.question_id} {found.field}: here {here}, in the file {file}"
        for found in conflicts
        for here, file in [_both(found.here, found.file)]
    ]


def _both(old: Any, new: Any) -> tuple[str, str]:
    """Return two values as they are shown: of long texts, the place where they begin to differ."""
    start = 0
    if isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > _SHORT:
        start = max(0, _common(old, new) - _LEAD)
    return _shown(old, start), _shown(new, start)


def _common(old: str, new: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


def _shown(value: Any, start: int) -> str:
    if isinstance(value, str) and len(value) > _SHORT:
        before = "…" if start else ""
        return f"{before}{value[start : start + _SHORT].strip()!r}… ({len(value):,} characters)"
    return "none" if value is None else repr(value)
