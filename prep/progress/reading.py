"""What the person has read of the articles, how far, for how long, and the notes on sections.

Marking as read and notes are the person's acts and go through history. The place reached and
the time spent are noticed by the page itself: they are kept, but are no change to be undone.
"""

from __future__ import annotations

from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.errors import UnknownArticle
from prep.progress.tracker import MAX_NOTES
from prep.store import change_log
from prep.store.database import writing

MAX_SECONDS_AT_ONCE = 600


def mark_read(db: Database, clock: Clock, permalink: str, read: bool = True) -> bool:
    """Note that an article was read today, or was not; return whether that is new.

    Raises UnknownArticle.
    """
    with writing(db):
        _require_article(db, permalink)
        row = db.execute("SELECT read_on FROM reading WHERE permalink = ?", [permalink]).fetchone()
        read_on = row[0] if row else None
        if (read_on is not None) == read:
            return False
        today = clock.today().isoformat() if read else None
        return change_log.write(db, clock, "article", {permalink: {"read_on": today}}) == 1


def keep_place(db: Database, permalink: str, anchor: str, heading: str) -> None:
    """Remember the last heading reached in an article. Raises UnknownArticle."""
    with writing(db):
        _require_article(db, permalink)
        db.table("reading").upsert(
            {"permalink": permalink, "last_anchor": anchor, "last_heading": heading},
            pk="permalink",
        )


def add_seconds(db: Database, permalink: str, seconds: int) -> None:
    """Add time spent reading an article, at most ten minutes at once. Raises UnknownArticle."""
    spent = min(max(seconds, 0), MAX_SECONDS_AT_ONCE)
    with writing(db):
        _require_article(db, permalink)
        db.execute(
            "INSERT INTO reading (permalink, seconds) VALUES (?, ?)"
            " ON CONFLICT (permalink) DO UPDATE SET seconds = seconds + excluded.seconds",
            [permalink, spent],
        )


def note_section(db: Database, clock: Clock, permalink: str, anchor: str, note: str) -> bool:
    """Keep the person's note on one section of an article; return whether it is new.

    Raises UnknownArticle, InvalidValue.
    """
    note = texts.bounded(texts.without_nul(note), MAX_NOTES, "notes hold")
    section = f"{permalink}#{anchor}"
    with writing(db):
        _require_article(db, permalink)
        return change_log.write(db, clock, "section", {section: {"note": note}}) == 1


def section_notes(db: Database, permalink: str) -> dict[str, str]:
    """Return `{anchor: note}` of an article's sections that have one."""
    rows = db.execute(
        "SELECT anchor, note FROM section_note WHERE permalink = ? AND note <> ''", [permalink]
    )
    return dict(rows.fetchall())


def _require_article(db: Database, permalink: str) -> None:
    if not db.execute("SELECT 1 FROM article WHERE permalink = ?", [permalink]).fetchone():
        raise UnknownArticle(f"there is no article {permalink!r}")
