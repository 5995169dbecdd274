"""How new what a database holds is: what was read at one version need not be read again."""

from __future__ import annotations

from typing import NamedTuple

from sqlite_utils import Database


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
    """Whether the personal data went on from a version: only what was changed since differs."""
    row = db.execute("SELECT at FROM change WHERE id = ?", [version.number]).fetchone()
    return row == (version.at,) if version.number else True


def _last(db: Database, log: str) -> Version:
    row = db.execute(f"SELECT id, at FROM {log} WHERE id = (SELECT max(id) FROM {log})").fetchone()
    return Version(*row) if row else Version(0, "")
