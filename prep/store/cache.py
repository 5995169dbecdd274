"""What was computed last of a database, kept until its inputs change.

There is one store of results for all that is kept. A result has a name and inputs, which together
name everything that it was computed from; under a name, only the last one is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sized
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from cachetools import LRUCache
from sqlite_utils import Database

P = ParamSpec("P")
T = TypeVar("T")

_MOST_ROWS = 1_000_000  # of all results together, those of all databases
_ROWS_OF_OTHERS = 8_000  # what a result without a length counts as


class Kept(NamedTuple):
    """A result, and what it was computed from."""

    inputs: Hashable
    result: Any


class Version(NamedTuple):
    """The last entry of a log, and when it was made: no other history has both."""

    number: int
    at: str


def _rows(kept: Kept) -> int:
    rows = len(kept.result) if isinstance(kept.result, Sized) else _ROWS_OF_OTHERS
    return min(rows + 1, _MOST_ROWS)


_results: LRUCache[Hashable, Kept] = LRUCache(_MOST_ROWS, getsizeof=_rows)
_lock = Lock()


def latest(name: Hashable, inputs: Hashable, compute: Callable[[Kept | None], T]) -> T:
    """Return what was computed last under a name if its inputs were these, else compute it.

    `compute` is given what was kept under the name, None where nothing was. Who gets the result
    must not change it.
    """
    with _lock:
        last = _results.get(name)
    if last is not None and last.inputs == inputs:
        return cast(T, last.result)
    result = compute(last)
    with _lock:
        _results[name] = Kept(inputs, result)
    return result


def kept(
    function: Callable[Concatenate[Database, P], T],
) -> Callable[Concatenate[Database, P], T]:
    """Have a function of a database computed once for each version of it.

    For what depends on nothing but its arguments, imported content and personal data with
    a history.
    """

    @wraps(function)
    def keeping(db: Database, *args: P.args, **kwargs: P.kwargs) -> T:
        path = file_of(db)
        if path is None:
            return function(db, *args, **kwargs)
        name = (function, path, args, tuple(kwargs.items()))
        versions = (content(db), personal(db))  # before it is computed: newer data renew it
        return latest(name, versions, lambda _last: function(db, *args, **kwargs))

    return cast("Callable[Concatenate[Database, P], T]", keeping)


def content(db: Database) -> Version:
    """Return the version of what was imported."""
    return _last(db, "import_log")


def personal(db: Database) -> Version:
    """Return the version of the personal data; it grows with every change."""
    return _last(db, "change")


def is_before(db: Database, version: Version) -> bool:
    """Whether a version is part of this database's past, so that only later changes differ."""
    row = db.execute("SELECT at FROM change WHERE id = ?", [version.number]).fetchone()
    return row == (version.at,) if version.number else True


def file_of(db: Database) -> str | None:
    """Return the database's file; None in memory, and within a transaction."""
    path = db.execute("PRAGMA database_list").fetchone()[2]
    return None if not path or db.conn.in_transaction else path


def _last(db: Database, log: str) -> Version:
    row = db.execute(f"SELECT id, at FROM {log} WHERE id = (SELECT max(id) FROM {log})").fetchone()
    return Version(*row) if row else Version(0, "")
