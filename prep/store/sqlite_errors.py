"""What SQLite says of a file that it cannot use, and what a person can do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prep.errors import DamagedDatabase, DatabaseError

RESTORE = "restore a backup with `python -m prep restore FILE`"
_ADVICE = {
    "locked": "another program is writing to it: close that program, or wait and try again",
    "disk is full": "the disk is full: free some space and try again; nothing is half-written",
    "disk I/O error": "the disk does not take the data, as when it is full: free some space and"
    " try again; nothing is half-written",
    "readonly": "it is read-only: allow writing to the file and its folder, or name another"
    " file with PREP_DB",
    "unable to open": "it cannot be opened: check that its folder exists and may be written to",
}
_DAMAGE = {
    "not a database": f"it is no SQLite database: move it away, or {RESTORE}",
    "no such table": f"its tables are not those of Prep: {RESTORE}",
    "malformed": f"it is damaged: {RESTORE}",
}


@contextmanager
def translate_sqlite_errors(path: Path, *, opening: bool = False) -> Iterator[None]:
    """Raise DatabaseError with what to do where SQLite cannot use the file in the block.

    DamagedDatabase where the file is to blame.
    """
    try:
        yield
    except sqlite3.Error as error:
        damage, advice = _said(_DAMAGE, error), _said(_ADVICE, error)
        if damage:
            raise DamagedDatabase(f"{path}: {damage}") from error
        if advice is None and not opening:  # a mistake of ours, no trouble with the file
            raise
        advice = advice or f"it cannot be used as Prep's database ({error}): it stays as it was"
        raise DatabaseError(f"{path}: {advice}") from error


def _said(advice: dict[str, str], error: sqlite3.Error) -> str | None:
    return next((said for words, said in advice.items() if words in str(error)), None)
