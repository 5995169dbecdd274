"""An index entry's flattened text → a Sheet.

The text has lost its tables: rows, headings and cells are joined by single spaces. What
still tells them apart is the order of a row's cells, the closed vocabularies (article
status, level, difficulty), and the names that the sheet's own category table repeats.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

from prep.content.models import (
    BEHAVIORAL,
    SYSTEM_DESIGN,
    Category,
    Phase,
    Question,
    Sheet,
    StatedTotals,
)
from prep.content.sites.index import IndexEntry
from prep.errors import IndexFormatError

_STATUS = r"todo|in progress|drafted|published"
_URL = r"/\S+|https?://\S+"
# Bounded, so that no text is searched over and over for what does not come.
_NUMBER = r"\d{1,4}"
_NAME = r"[^\n]{1,300}"
_LONGEST_LABEL = 6  # words
_MOST_IN_A_PHASE = 1000
_LAST_WEEK = 520

_SD_TABLE_HEAD = " # # Topic Category Status Published URL Notes "
_SD_PHASE = re.compile(
    rf"Weeks ({_NUMBER})–({_NUMBER}) \(({_NAME}?)\): #({_NUMBER})–({_NUMBER})(?: — ([^\n]+))?"
)
_SD_CELLS = re.compile(rf"^(.*?) ({_STATUS})(?= |$)(?: ({_URL}))?(.*)$")

_BEH_HEAD = re.compile(
    rf"(?:^| )(\d{{1,2}})\. ((?:(?!\d{{1,2}}\. )[^#\n])+?) # Signal: ({_NAME})\n"
    r"ID Question Level Difficulty Status Published URL(?= |$)"
)
_BEH_ID = r"[A-Z]{1,4}-\d{2,3}"
_BEH_ROW = re.compile(
    rf"(?<= )({_BEH_ID}) ((?:(?! {_BEH_ID} ).)+?) (EM\+DIR|EM|DIR) (High|Medium|Low)"
    rf" ({_STATUS})(?= |$)(?: ({_URL}))?"
)
_BEH_PHASE = re.compile(
    rf"Phase ({_NUMBER}) — ({_NAME}?) \(Weeks ({_NUMBER})–({_NUMBER})\) ([^\n]+)"
)
_ID_RANGE = re.compile(r"\b([A-Z]{1,4})-(\d{1,3}) to ([A-Z]{1,4})-(\d{1,3})\b")
_CATEGORY_COUNTS = re.compile(rf"({_NAME}?) ({_NUMBER})(?: |$)")
_INDEX_ROW = re.compile(rf"({_NUMBER}) ({_NAME}?) ({_NUMBER}) ({_NUMBER}) ({_NUMBER})(?= |$)")
_ROW_NUMBER = re.compile(rf"(?:^|(?<= ))({_NUMBER})(?= \S)")


def parse_system_design(entry: IndexEntry) -> Sheet:
    """Return the system-design sheet. Raises IndexFormatError where it holds no rows."""
    text = _readable(entry)
    body, progress, sequence = _parts(text)
    category_counts, category_total = _sd_breakdown(progress)
    categories, rows = _sd_sections(body, [name for name, _ in category_counts])
    questions = tuple(
        question
        for category in categories
        for question in _sd_questions(rows[category.position], category.position)
    )
    _require_rows(questions, entry)
    return Sheet(
        slug=SYSTEM_DESIGN,
        title=entry.title,
        permalink=entry.permalink,
        last_updated=_last_updated(progress),
        categories=categories,
        questions=questions,
        phases=_checked_phases(_sd_phases(sequence, questions), entry),
        pace_notes=_pace_notes(sequence),
        stated=StatedTotals(
            **_printed_progress(progress),
            category_counts=category_counts,
            category_total=category_total,
        ),
    )


def parse_behavioral(entry: IndexEntry) -> Sheet:
    """Return the behavioral sheet. Raises IndexFormatError where it holds no rows."""
    text = _readable(entry)
    body, progress, sequence = _parts(text)
    heads = list(_BEH_HEAD.finditer(body))
    categories = tuple(
        Category(position, head[2].strip(), head[3].strip())
        for position, head in enumerate(heads, start=1)
    )
    parts = pairwise([*(head.start() for head in heads), len(body)])
    questions = tuple(
        _beh_question(row, position)
        for position, (head, (_, end)) in enumerate(zip(heads, parts, strict=True), start=1)
        for row in _BEH_ROW.finditer(body, head.end(), end)
    )
    _require_rows(questions, entry)
    index_rows = _INDEX_ROW.findall(
        _between(body, "# Category Questions Published Todo ", " Total ")
    )
    category_total = re.search(rf" Total ({_NUMBER}) \d+ \d+ ", body)
    return Sheet(
        slug=BEHAVIORAL,
        title=entry.title,
        permalink=entry.permalink,
        last_updated=_last_updated(progress),
        categories=categories,
        questions=questions,
        phases=_checked_phases(_beh_phases(sequence), entry),
        pace_notes=_pace_notes(sequence),
        stated=StatedTotals(
            **_printed_progress(progress),
            category_counts=tuple((row[1], int(row[2])) for row in index_rows),
            category_published=tuple(int(row[3]) for row in index_rows),
            category_total=int(category_total[1]) if category_total else None,
        ),
    )


def _readable(entry: IndexEntry) -> str:
    return html.unescape(entry.content).strip()


def _require_rows(questions: tuple[Question, ...], entry: IndexEntry) -> None:
    if not questions:
        raise IndexFormatError(f"the sheet at {entry.permalink} holds no question rows")
    counts = Counter(question.id for question in questions)
    question_id, count = counts.most_common(1)[0]
    if count > 1:
        raise IndexFormatError(f"the sheet at {entry.permalink} has {question_id} {count} times")


def _checked_phases(phases: list[Phase], entry: IndexEntry) -> tuple[Phase, ...]:
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


def _parts(text: str) -> tuple[str, str, str]:
    """Cut a sheet into its tables, its Progress section and its suggested sequence."""
    tables, _, rest = text.partition(" Progress # ")
    progress, _, sequence = rest.partition("Suggested Study Sequence # ")
    return tables, progress, sequence


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


# --- what both sheets print of themselves ---------------------------------------------


def _printed_progress(progress: str) -> dict[str, Any]:
    counts = {
        name.lower(): int(count)
        for name, count in re.findall(
            rf"(Published|Drafted|In progress|Todo): ({_NUMBER})", progress
        )
    }
    total = re.search(rf"Total \w{{1,40}}: ({_NUMBER})", progress)
    percent = re.search(r"Published: \d{1,4} \((\d{1,3}(?:\.\d{1,3})?)%\)", progress)
    return {
        "total": int(total[1]) if total else None,
        "by_article_status": counts,
        "published_percent": float(percent[1]) if percent else None,
    }


def _last_updated(progress: str) -> date | None:
    found = re.search(r"Last updated: (\d{4}-\d{2}-\d{2})", progress)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _pace_notes(sequence: str) -> tuple[str, ...]:
    """The sentences of the last paragraph that begins `At 1 …`."""
    start = re.search(r"^At 1 ", sequence, re.MULTILINE)
    if not start:
        return ()
    return tuple(re.split(r"(?<=\.)\s+", sequence[start.start() :].strip()))


# --- system design --------------------------------------------------------------------


def _sd_breakdown(progress: str) -> tuple[tuple[tuple[str, int], ...], int | None]:
    table = _between(progress, "Category Breakdown # Category Count ", "\n").strip()
    pairs = [(name, int(count)) for name, count in _CATEGORY_COUNTS.findall(table)]
    total = next((count for name, count in pairs if name == "Total"), None)
    return tuple(pair for pair in pairs if pair[0] != "Total"), total


def _sd_sections(
    body: str, printed_names: list[str]
) -> tuple[tuple[Category, ...], dict[int, str]]:
    """Return the categories, and each one's rows as text.

    A heading follows the previous section's last row with nothing between, so where it
    begins is told by the (sometimes shorter) name that the Category Breakdown prints.
    """
    pieces = body.split(_SD_TABLE_HEAD)
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


def _sd_questions(rows_text: str, category_position: int) -> list[Question]:
    rows = _sd_rows(rows_text)
    labels = _row_labels([cells[0] for _, cells in rows])
    questions = []
    for (number, (before_status, status, url, notes)), label in zip(rows, labels, strict=True):
        questions.append(
            Question(
                id=f"SD-{number:03d}",
                category_position=category_position,
                title=before_status.removesuffix(label).strip(),
                article_status=status,
                article_url=url,
                number=number,
                label=label,
                notes=notes.strip() or None,
            )
        )
    return questions


def _sd_rows(text: str) -> list[tuple[int, tuple[str, str, str | None, str]]]:
    """Return (number, (topic and label, article status, URL, notes)) for each row."""
    starts = [*_row_starts(text), (0, len(text))]
    rows = []
    for (number, start), (_, end) in pairwise(starts):
        row = text[start:end].strip().partition(" ")[2]
        cells = _SD_CELLS.match(row)
        if cells:
            rows.append((number, (cells[1], cells[2], cells[3], cells[4])))
    return rows


def _row_starts(text: str) -> list[tuple[int, int]]:
    """Return (number, offset) of each row: one number between two status words."""
    statuses = [found.end() for found in re.finditer(rf" (?:{_STATUS})(?= |$)", text)]
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


def _sd_phases(sequence: str, questions: tuple[Question, ...]) -> list[Phase]:
    phases = []
    for position, found in enumerate(_SD_PHASE.finditer(sequence), start=1):
        first_week, last_week, title, first, last, advice = found.groups()
        numbers = range(int(first), int(last) + 1)
        ids = tuple(q.id for q in questions if q.number in numbers)
        phases.append(Phase(position, title, int(first_week), int(last_week), ids, _advice(advice)))
    return phases


# --- behavioral -----------------------------------------------------------------------


def _beh_question(row: re.Match[str], category_position: int) -> Question:
    question_id, title, level, difficulty, status, url = row.groups()
    return Question(
        id=question_id,
        category_position=category_position,
        title=title.strip(),
        article_status=status,
        article_url=url,
        level=level,
        difficulty=difficulty,
    )


def _beh_phases(sequence: str) -> list[Phase]:
    phases = []
    for found in _BEH_PHASE.finditer(sequence):
        position, title, first_week, last_week, rest = found.groups()
        ranges, _, advice = rest.partition(" — ")
        ids = dict.fromkeys(
            f"{prefix}-{number:02d}"
            for prefix, first, _, last in _ID_RANGE.findall(ranges)
            for number in range(int(first), int(last) + 1)
        )
        phases.append(
            Phase(
                int(position), title, int(first_week), int(last_week), tuple(ids), _advice(advice)
            )
        )
    return phases


def _advice(text: str | None) -> str | None:
    return (text or "").strip() or None
