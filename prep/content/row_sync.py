"""Brings the rows of a table in line with those of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from sqlite_utils import Database

from prep.content.content_rows import Row
from prep.content.import_report import Counts, Difference, Report


def sync_rows(
    db: Database,
    table: str,
    key: tuple[str, ...],
    rows: Iterable[Row],
    report: Report | None = None,
    *,
    moved: Mapping[str, str] | None = None,
    retires: Callable[[Row], bool] | None = None,
) -> Counts:
    """Make `table` hold `rows`, matched by `key`; of what they lack, retire what `retires` says.

    `moved` maps the keys that rows had before to those they have now.
    """
    was = {new: old for old, new in (moved or {}).items()}
    present = {_key_of(row, key): row for row in db.table(table).rows}
    write: list[Row] = []
    differences: list[Difference] = []
    unchanged = 0
    for row in rows:
        if retires:
            row["retired"] = 0
        old = present.pop(_key_of(row, key), None)
        difference = _difference(table, row, old, was.get(str(row[key[0]])))
        if old is None or any(old[name] != value for name, value in row.items()):
            write.append(row)
        if difference:
            differences.append(difference)
        else:
            unchanged += 1
    db.table(table).upsert_all(write, pk=key)
    for old in present.values() if retires else ():
        if retires and retires(old) and not old["retired"]:
            name = old[key[0]]
            differences.append(Difference(table, name, old["title"], "retired", was.get(name)))
            db.table(table).update(name, {"retired": 1})
    if report:
        report.differences += differences
    return Counts(unchanged=unchanged, **Counter[str](found.what for found in differences))


def _difference(table: str, row: Row, old: Row | None, was: str | None) -> Difference | None:
    """Return how a row differs from the stored one, apart from its position."""
    name, title = str(next(iter(row.values()))), str(row["title"])
    if old is None:
        return Difference(table, name, title, "added")
    fields = {
        column: (old[column], value)
        for column, value in row.items()
        if old[column] != value and column not in ("position", "retired")
    }
    if was:
        return Difference(table, name, title, "moved", was, fields)
    if old.get("retired"):
        return Difference(table, name, title, "returned", None, fields)
    return Difference(table, name, title, "changed", None, fields) if fields else None


def _key_of(row: Row, key: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(row[name] for name in key)
