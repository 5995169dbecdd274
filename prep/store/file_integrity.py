"""Whether a database file is whole: its pages, its length, and what its rows point to."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def damage(connection: sqlite3.Connection, path: Path) -> str | None:
    """Return what is wrong with the pages of the database at `path`, None where they are sound."""
    missing = cut_short(connection, path)
    if missing:
        return missing
    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return None if said == "ok" else str(said)


def cut_short(connection: sqlite3.Connection, path: Path) -> str | None:
    """Return in words how many bytes the end of the file at `path` lacks, None where it lacks none.

    SQLite reads what is missing of a page as zeros. What a log holds may be missing yet.
    """
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    size = pages * connection.execute("PRAGMA page_size").fetchone()[0]
    if size_of(path.with_name(f"{path.name}-wal")):
        return None
    missing = size - path.stat().st_size
    if missing <= 0:
        return None
    return f"its last {missing:,} bytes are missing"


def dangling(connection: sqlite3.Connection) -> list[str]:
    """Return the table of each row that points to nothing."""
    return [row[0] for row in connection.execute("PRAGMA foreign_key_check")]


def size_of(path: Path) -> int:
    """Return the bytes of a file, 0 where there is none (any more) that can be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
