"""What the person has read of the articles."""

from __future__ import annotations

from sqlite_utils import Database

from prep import history
from prep.clock import Clock
from prep.database import writing
from prep.errors import UnknownArticle


def mark_read(db: Database, clock: Clock, permalink: str, read: bool = True) -> bool:
    """Note that an article was read today, or was not; return whether that is new.

    Raises UnknownArticle.
    """
    with writing(db):
        row = db.execute(
            "SELECT r.read_on FROM article a LEFT JOIN reading r USING (permalink)"
            " WHERE a.permalink = ?",
            [permalink],
        ).fetchone()
        if row is None:
            raise UnknownArticle(f"there is no article {permalink!r}")
        if (row[0] is not None) == read:
            return False
        today = clock.today().isoformat() if read else None
        before, after = {permalink: {"read_on": row[0]}}, {permalink: {"read_on": today}}
        return history.write(db, clock, "article", before, after) == 1
