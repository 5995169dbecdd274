"""What a mock interview is measured by: rubric lines, time for each section, follow-up prompts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from prep.content.models import SYSTEM_DESIGN
from prep.content.sites.markdown_folder import count_words
from prep.markdown import outline

STAR_LINES = ("Situation", "Task", "Action", "Result", "Metric", "“I”, not “we”")
SCORES = ("Missing", "Weak", "Solid", "Strong")
HIGHEST = len(SCORES) - 1

# Sections in which an article speaks to its reader: nobody says them to an interviewer.
TO_THE_READER = ("Interview Tips", "Further Reading")
_STEP = 30  # seconds: nobody times a section more finely
_FOLLOW_UPS = "Follow-Up Questions"
_PLACE = re.compile(r"^(?:\d{1,2}\.|S\d{1,2} —)\s+")
_BOLD_LINE = re.compile(r"^\*\*(?:\d+\.\s*+)?((?:(?!\*\*).)+)\*\*$")
_ASKING_LINE = re.compile(r"^(?:[-*+]|\d+[.)])?\s*+(.+\?[”\"’']?)$")


@dataclass(frozen=True)
class Part:
    """A section that most system-design articles have, and its words in a middling one."""

    title: str
    words: float


@dataclass(frozen=True)
class Budget:
    """How many seconds of a round a section is given."""

    title: str
    seconds: int


def design_articles(db: Database) -> tuple[str, ...]:
    """Return the Markdown of every article that answers a question of the system-design sheet."""
    rows = db.execute(
        "SELECT body FROM article WHERE NOT retired AND permalink IN"
        " (SELECT permalink FROM question WHERE sheet = ?) ORDER BY permalink",
        [SYSTEM_DESIGN],
    )
    return tuple(body for (body,) in rows)


def design_parts(bodies: Sequence[str]) -> list[Part]:
    """Return the second-level sections that more than half of these articles share, in order.

    A section is known by its heading without number and without what follows a dash, so that
    “5. Deep Dive — Critical Components” is a “Deep Dive”. What is said to the reader is left out.
    """
    counted = [_words_by_title(body) for body in bodies]
    titles = dict.fromkeys(title for words in counted for title in words)
    parts = []
    for title in titles:
        having = [words for words in counted if title in words]
        if 2 * len(having) > len(counted) and title not in TO_THE_READER:
            place = sum(list(words).index(title) for words in having) / len(having)
            mean = sum(words[title] for words in having) / len(having)
            parts.append((place, Part(title, mean)))
    return [part for _, part in sorted(parts, key=lambda pair: pair[0])]


def section_budget(parts: Sequence[Part], seconds: int) -> list[Budget]:
    """Divide a round's seconds among the sections.

    No article and neither sheet states how long a section should take, so the time is divided
    in proportion to the words that the articles spend on each, in steps of half a minute, each
    section having one step at least.
    """
    steps = seconds // _STEP - len(parts)
    if not parts or steps < 0:
        return []
    whole = sum(part.words for part in parts) or 1
    exact = [steps * part.words / whole for part in parts]
    given = [int(share) for share in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: given[i] - exact[i])
    for i in by_rest[: steps - sum(given)]:
        given[i] += 1
    return [
        Budget(part.title, (count + 1) * _STEP) for part, count in zip(parts, given, strict=True)
    ]


def lines(sheet: str, parts: Sequence[Part]) -> tuple[str, ...]:
    """Return what an answer to a question of this sheet is scored by."""
    return tuple(part.title for part in parts) if sheet == SYSTEM_DESIGN else STAR_LINES


def follow_ups(body: str) -> list[str]:
    """Return the questions of an article's own “Follow-Up Questions”, empty where it has none.

    There each is a bold line; where none is (an article restored automatically), the lines
    that ask something.
    """
    for section in outline.sections(body):
        if section.heading and _PLACE.sub("", section.heading.text) == _FOLLOW_UPS:
            text = [line.strip() for line in section.markdown.split("\n")[1:]]
            return _found(_BOLD_LINE, text) or _found(_ASKING_LINE, text)
    return []


def _words_by_title(body: str) -> dict[str, int]:
    words: dict[str, int] = {}
    for section in outline.sections(body):
        if section.heading:
            title = _PLACE.sub("", section.heading.text).partition(" — ")[0]
            _, _, text = section.markdown.partition("\n")
            words[title] = words.get(title, 0) + count_words(text)
    return words


def _found(pattern: re.Pattern[str], text: list[str]) -> list[str]:
    found = [match[1].strip() for line in text if (match := pattern.match(line))]
    return [line[1:-1] if line.startswith("“") and line.endswith("”") else line for line in found]
