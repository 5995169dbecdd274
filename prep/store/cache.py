"""Results that are computed once for each version of a database."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from sqlite_utils import Database

P = ParamSpec("P")
T = TypeVar("T")

_MOST_KEPT = 128  # results, of all functions and databases together
_kept: OrderedDict[tuple[Any, ...], tuple[Any, Any]] = OrderedDict()
_lock = Lock()


class Version(NamedTuple):
    """The last entry of a log, and when it was made: no other history has both."""

    number: int
    at: str


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


def kept(
    function: Callable[Concatenate[Database, P], T],
) -> Callable[Concatenate[Database, P], T]:
    """Have a function of a database computed once for each version.

    For what depends on nothing but its arguments, imported content and personal data with
    a history. Who gets the result must not change it.
    """

    @wraps(function)
    def keeping(db: Database, *args: P.args, **kwargs: P.kwargs) -> T:
        path = file_of(db)
        if path is None:
            return function(db, *args, **kwargs)
        key = (function, path, args, tuple(kwargs.items()))
        version = (content(db), personal(db))  # before it is computed: newer data renew it
        with _lock:
            known = _kept.get(key)
        if known is None or known[0] != version:
            known = (version, function(db, *args, **kwargs))
        with _lock:
            _kept[key] = known
            _kept.move_to_end(key)
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)
        return known[1]

    return cast("Callable[Concatenate[Database, P], T]", keeping)


def _last(db: Database, log: str) -> Version:
    row = db.execute(f"SELECT id, at FROM {log} WHERE id = (SELECT max(id) FROM {log})").fetchone()
    return Version(*row) if row else Version(0, "")
