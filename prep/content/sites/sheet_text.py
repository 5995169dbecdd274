"""What both sheets share: reading the flattened text of an index entry.

The text has lost its tables: rows, headings and cells are joined by single spaces. What
still tells them apart is the order of a row's cells, the closed vocabularies (article
status, level, difficulty), and the names that the sheet's own category table repeats.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import date

from prep.content.models import (
    Phase,
    Question,
    StatedTotals,
)
from prep.content.sites.index import IndexEntry
from prep.errors import IndexFormatError

STATUS = r"todo|in progress|drafted|published"
URL = r"/\S+|https?://\S+"
# Bounded, so that no text is searched over and over for what does not come.
NUMBER = r"\d{1,4}"
NAME = r"[^\n]{1,300}"
_MOST_IN_A_PHASE = 1000
_LAST_WEEK = 520


def readable(entry: IndexEntry) -> str:
    """Return the text of an index entry with its HTML entities read."""
    return html.unescape(entry.content).strip()


def require_rows(questions: tuple[Question, ...], entry: IndexEntry) -> None:
    """Raise IndexFormatError where a sheet holds no question, or one of them twice."""
    if not questions:
        raise IndexFormatError(f"the sheet at {entry.permalink} holds no question rows")
    counts = Counter(question.id for question in questions)
    question_id, count = counts.most_common(1)[0]
    if count > 1:
        raise IndexFormatError(f"the sheet at {entry.permalink} has {question_id} {count} times")


def checked_phases(phases: list[Phase], entry: IndexEntry) -> tuple[Phase, ...]:
    """Return the phases. Raises IndexFormatError where they cannot be a sequence."""
    where = f"the sheet at {entry.permalink}: phase"
    positions = Counter(phase.position for phase in phases)
    for phase in phases:
        if positions[phase.position] > 1:
            raise IndexFormatError(f"{where} {phase.position} stands there twice")
        if not 1 <= phase.first_week <= phase.last_week <= _LAST_WEEK:
            weeks = f"{phase.first_week}–{phase.last_week}"
            raise IndexFormatError(f"{where} {phase.position} cannot have the weeks {weeks}")
        if len(phase.question_ids) > _MOST_IN_A_PHASE:
            raise IndexFormatError(f"{where} {phase.position} names too many questions")
    return tuple(phases)


def parts_of(text: str) -> tuple[str, str, str]:
    """Cut a sheet into its tables, its Progress section and its suggested sequence."""
    tables, _, rest = text.partition(" Progress # ")
    progress, _, sequence = rest.partition("Suggested Study Sequence # ")
    return tables, progress, sequence


def permalink_of(url: str | None) -> str | None:
    """Return the permalink that a row's URL means: the sheets leave out the last slash."""
    return url and url.rstrip("/") + "/"


def between(text: str, start: str, end: str) -> str:
    """Return the text between two marks, empty where the first is missing."""
    return text.partition(start)[2].partition(end)[0]


def stated_progress(progress: str) -> StatedTotals:
    """Return the figures that a sheet prints in its Progress section."""
    counts = {
        name.lower(): int(count)
        for name, count in re.findall(
            rf"(Published|Drafted|In progress|Todo): ({NUMBER})", progress
        )
    }
    total = re.search(rf"Total \w{{1,40}}: ({NUMBER})", progress)
    percent = re.search(r"Published: \d{1,4} \((\d{1,3}(?:\.\d{1,3})?)%\)", progress)
    return StatedTotals(
        total=int(total[1]) if total else None,
        by_article_status=counts,
        published_percent=float(percent[1]) if percent else None,
    )


def last_updated(progress: str) -> date | None:
    """Return the day on which a sheet says that it was last updated."""
    found = re.search(r"Last updated: (\d{4}-\d{2}-\d{2})", progress)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def pace_notes(sequence: str) -> tuple[str, ...]:
    """Return the sentences of the last paragraph that begins `At 1 …`."""
    start = re.search(r"^At 1 ", sequence, re.MULTILINE)
    if not start:
        return ()
    return tuple(re.split(r"(?<=\.)\s+", sequence[start.start() :].strip()))


def advice_of(text: str | None) -> str | None:
    """Return a phase's advice without the space around it, None where there is none."""
    return (text or "").strip() or None
