"""How many minutes a question takes: with nothing prepared, and with what is there of it."""

from __future__ import annotations

from prep.content.models import Difficulty
from prep.progress.settings import Settings


def estimated_minutes(
    difficulty: Difficulty | None, article_minutes: int | None, settings: Settings
) -> int:
    """Return the minutes of a question: reading its article, then writing an answer."""
    reading = settings.reading_minutes if article_minutes is None else article_minutes
    return max(reading + _writing_minutes(difficulty, settings), 1)


def minutes_left(
    whole: int, difficulty: Difficulty | None, settings: Settings, *, is_read: bool, prepared: bool
) -> int:
    """Return the minutes that a question of `whole` minutes takes with what is there of it.

    `prepared`: with an answer or a story, it is rehearsed. `is_read`: with the article read, only
    the answer is to be written.
    """
    if prepared:
        return min(settings.rehearsal_minutes, whole)
    return max(_writing_minutes(difficulty, settings), 1) if is_read else whole


def _writing_minutes(difficulty: Difficulty | None, settings: Settings) -> int:
    return {
        "High": settings.writing_minutes_high,
        "Medium": settings.writing_minutes_medium,
        "Low": settings.writing_minutes_low,
        None: settings.writing_minutes_system_design,
    }[difficulty]
