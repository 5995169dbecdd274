"""The index entry of the system-design sheet → a Sheet."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import cast

from prep.content.models import (
    SYSTEM_DESIGN,
    ArticleStatus,
    Category,
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

_LONGEST_LABEL = 6  # words
_TABLE_HEAD = " # # Topic Category Status Published URL Notes "
_PHASE = re.compile(
    rf"Weeks ({NUMBER})–({NUMBER}) \(({NAME}?)\): #({NUMBER})–({NUMBER})(?: — ([^\n]+))?"
)
_CELLS = re.compile(rf"^(.*?) ({STATUS})(?= |$)(?: ({URL}))?(.*)$")
_CATEGORY_COUNTS = re.compile(rf"({NAME}?) ({NUMBER})(?: |$)")
_ROW_NUMBER = re.compile(rf"(?:^|(?<= ))({NUMBER})(?= \S)")


def parse(entry: IndexEntry) -> Sheet:
    """Return the system-design sheet. Raises IndexFormatError where it holds no rows."""
    text = readable(entry)
    body, progress, sequence = parts_of(text)
    category_counts, category_total = _breakdown(progress)
    categories, rows = _sections(body, [name for name, _ in category_counts])
    questions = tuple(
        question
        for category in categories
        for question in _questions(rows[category.position], category.position)
    )
    require_rows(questions, entry)
    return Sheet(
        slug=SYSTEM_DESIGN,
        title=entry.title,
        permalink=entry.permalink,
        last_updated=last_updated(progress),
        categories=categories,
        questions=questions,
        phases=checked_phases(_phases(sequence, questions), entry),
        pace_notes=pace_notes(sequence),
        stated=replace(
            stated_progress(progress),
            category_counts=category_counts,
            category_total=category_total,
        ),
    )


def _breakdown(progress: str) -> tuple[tuple[tuple[str, int], ...], int | None]:
    table = between(progress, "Category Breakdown # Category Count ", "\n").strip()
    pairs = [(name, int(count)) for name, count in _CATEGORY_COUNTS.findall(table)]
    total = next((count for name, count in pairs if name == "Total"), None)
    return tuple(pair for pair in pairs if pair[0] != "Total"), total


def _sections(body: str, printed_names: list[str]) -> tuple[tuple[Category, ...], dict[int, str]]:
    """Return the categories, and each one's rows as text.

    A heading follows the previous section's last row with nothing between, so where it
    begins is told by the (sometimes shorter) name that the Category Breakdown prints.
    """
    pieces = body.split(_TABLE_HEAD)
    categories: list[Category] = []
    rows: dict[int, str] = {}
    for position in range(1, len(pieces)):
        before = pieces[position - 1]
        printed = printed_names[position - 1] if position <= len(printed_names) else ""
        start = 0 if position == 1 else _heading_start(before, printed)
        categories.append(Category(position, before[start:].strip()))
        if position > 1:
            rows[position - 1] = before[:start].strip()
    if categories:
        rows[len(categories)] = pieces[-1].strip()
    return tuple(categories), rows


def _heading_start(text: str, printed_name: str) -> int:
    """Return the offset in `text` at which the heading that ends it begins."""
    words = list(re.finditer(r"\S+", text))
    wanted = printed_name.split()
    for first in range(len(words) - 1, -1, -1):
        tail = [word.group() for word in words[first:]]
        if wanted and _abbreviates(wanted, tail):
            # `Bonus: Platform & FinOps` is printed as `Platform & FinOps`
            while first > 0 and words[first - 1].group().endswith(":"):
                first -= 1
            return words[first].start()
        if len(tail) > len(wanted) + 6:
            break
    return _capitalised_tail_start(text)


def _abbreviates(short: list[str], full: list[str]) -> bool:
    """Whether each word of `short` begins, in order, a word of `full`, from its first on."""
    if not full[0].startswith(short[0]):
        return False
    remaining = iter(full)
    return all(any(word.startswith(part) for word in remaining) for part in short)


def _capitalised_tail_start(text: str) -> int:
    start = len(text)
    for word in reversed(list(re.finditer(r"\S+", text))):
        if not re.fullmatch(r"[A-Z“&/][^,]*", word.group()):
            break
        start = word.start()
    return start


def _questions(rows_text: str, category_position: int) -> list[Question]:
    rows = _rows(rows_text)
    labels = _row_labels([cells[0] for _, cells in rows])
    questions = []
    for (number, (before_status, status, url, notes)), label in zip(rows, labels, strict=True):
        questions.append(
            Question(
                id=f"SD-{number:03d}",
                category_position=category_position,
                title=before_status.removesuffix(label).strip(),
                article_status=cast(ArticleStatus, status),
                permalink=permalink_of(url),
                number=number,
                label=label,
                notes=notes.strip() or None,
            )
        )
    return questions


def _rows(text: str) -> list[tuple[int, tuple[str, str, str | None, str]]]:
    """Return (number, (topic and label, article status, URL, notes)) for each row."""
    starts = [*_row_starts(text), (0, len(text))]
    rows = []
    for (number, start), (_, end) in pairwise(starts):
        row = text[start:end].strip().partition(" ")[2]
        cells = _CELLS.match(row)
        if cells:
            rows.append((number, (cells[1], cells[2], cells[3], cells[4])))
    return rows


def _row_starts(text: str) -> list[tuple[int, int]]:
    """Return (number, offset) of each row: one number between two status words."""
    statuses = [found.end() for found in re.finditer(rf" (?:{STATUS})(?= |$)", text)]
    starts: list[tuple[int, int]] = []
    gap_start = 0
    for status_end in statuses:
        candidates = [
            (int(found[1]), found.start(1))
            for found in _ROW_NUMBER.finditer(text, gap_start, status_end)
        ]
        chosen = _next_number(candidates, after=starts[-1][0] if starts else None)
        if chosen is not None:
            starts.append(chosen)
        gap_start = status_end
    return starts


def _next_number(candidates: list[tuple[int, int]], after: int | None) -> tuple[int, int] | None:
    if after is None:
        return candidates[0] if candidates else None
    preferred = [c for c in candidates if c[0] == after + 1]
    later = [c for c in candidates if c[0] > after]
    return next(iter(preferred or later or candidates), None)


def _row_labels(cells: list[str]) -> list[str]:
    """Return each row's label, the words before its status.

    A section's rows nearly all carry one label: the ending that most of them share, and of
    those the longest. A row without it (`… (EHR) Compliance`) has its own, of one word.
    """
    endings = Counter(
        " ".join(words[start:])
        for words in (cell.split() for cell in cells)
        for start in range(max(1, len(words) - _LONGEST_LABEL), len(words))
    )
    shared, count = max(endings.items(), key=lambda item: (item[1], len(item[0])), default=("", 0))
    is_label = count > 1
    return [
        shared if is_label and cell.endswith(" " + shared) else cell.rpartition(" ")[2]
        for cell in cells
    ]


def _phases(sequence: str, questions: tuple[Question, ...]) -> list[Phase]:
    phases = []
    for position, found in enumerate(_PHASE.finditer(sequence), start=1):
        first_week, last_week, title, first, last, advice = found.groups()
        numbers = range(int(first), int(last) + 1)
        ids = tuple(q.id for q in questions if q.number in numbers)
        phases.append(
            Phase(position, title, int(first_week), int(last_week), ids, advice_of(advice))
        )
    return phases
