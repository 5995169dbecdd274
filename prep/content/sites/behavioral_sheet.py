"""The index entry of the behavioral sheet → a Sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import cast

from prep.content.models import (
    BEHAVIORAL,
    ArticleStatus,
    Category,
    Difficulty,
    Level,
    Phase,
    Question,
    Sheet,
)
from prep.content.sites.index import IndexEntry
from prep.content.sites.sheet_text import (
    NAME,
    NUMBER,
    STATUS,
    URL,
    advice_of,
    between,
    checked_phases,
    last_updated,
    pace_notes,
    parts_of,
    permalink_of,
    readable,
    require_rows,
    stated_progress,
)

_HEAD = re.compile(
    rf"(?:^| )(\d{{1,2}})\. ((?:(?!\d{{1,2}}\. )[^#\n])+?) # Signal: ({NAME})\n"
    r"ID Question Level Difficulty Status Published URL(?= |$)"
)
# ID, question, level, difficulty, status, URL: what `_ROW` finds
_Cells = tuple[str, str, Level, Difficulty, ArticleStatus, str | None]
_ID = r"[A-Z]{1,4}-\d{2,3}"
_ROW = re.compile(
    rf"(?<= )({_ID}) ((?:(?! {_ID} ).)+?) (EM\+DIR|EM|DIR) (High|Medium|Low)"
    rf" ({STATUS})(?= |$)(?: ({URL}))?"
)
_PHASE = re.compile(rf"Phase ({NUMBER}) — ({NAME}?) \(Weeks ({NUMBER})–({NUMBER})\) ([^\n]+)")
_ID_RANGE = re.compile(r"\b([A-Z]{1,4})-(\d{1,3}) to ([A-Z]{1,4})-(\d{1,3})\b")
_INDEX_ROW = re.compile(rf"({NUMBER}) ({NAME}?) ({NUMBER}) ({NUMBER}) ({NUMBER})(?= |$)")


def parse(entry: IndexEntry) -> Sheet:
    """Return the behavioral sheet. Raises IndexFormatError where it holds no rows."""
    text = readable(entry)
    body, progress, sequence = parts_of(text)
    heads = list(_HEAD.finditer(body))
    categories = tuple(
        Category(position, head[2].strip(), head[3].strip())
        for position, head in enumerate(heads, start=1)
    )
    parts = pairwise([*(head.start() for head in heads), len(body)])
    questions = tuple(
        _question(row, position)
        for position, (head, (_, end)) in enumerate(zip(heads, parts, strict=True), start=1)
        for row in _ROW.finditer(body, head.end(), end)
    )
    require_rows(questions, entry)
    index_rows = _INDEX_ROW.findall(
        between(body, "# Category Questions Published Todo ", " Total ")
    )
    category_total = re.search(rf" Total ({NUMBER}) \d+ \d+ ", body)
    return Sheet(
        slug=BEHAVIORAL,
        title=entry.title,
        permalink=entry.permalink,
        last_updated=last_updated(progress),
        categories=categories,
        questions=questions,
        phases=checked_phases(_phases(sequence), entry),
        pace_notes=pace_notes(sequence),
        stated=replace(
            stated_progress(progress),
            category_counts=tuple((row[1], int(row[2])) for row in index_rows),
            category_published=tuple(int(row[3]) for row in index_rows),
            category_total=int(category_total[1]) if category_total else None,
        ),
    )


def _question(row: re.Match[str], category_position: int) -> Question:
    question_id, title, level, difficulty, status, url = cast(_Cells, row.groups())
    return Question(
        id=question_id,
        category_position=category_position,
        title=title.strip(),
        article_status=status,
        permalink=permalink_of(url),
        level=level,
        difficulty=difficulty,
    )


def _phases(sequence: str) -> list[Phase]:
    phases = []
    for found in _PHASE.finditer(sequence):
        position, title, first_week, last_week, rest = found.groups()
        ranges, _, advice = rest.partition(" — ")
        ids = dict.fromkeys(
            f"{prefix}-{number:02d}"
            for prefix, first, _, last in _ID_RANGE.findall(ranges)
            for number in range(int(first), int(last) + 1)
        )
        phases.append(
            Phase(
                int(position), title, int(first_week), int(last_week), tuple(ids), advice_of(advice)
            )
        )
    return phases
