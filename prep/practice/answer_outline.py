"""The outline that a new answer starts from, and versions for two levels side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from sqlite_utils import Database

from prep.content.models import BEHAVIORAL
from prep.content.questions import Question
from prep.markdown import outline
from prep.progress import settings

PARTS, STAR = "as the articles", "bare STAR"
LEVEL_TITLES = {"EM": "Engineering manager", "DIR": "Director"}

_NUMBER = re.compile(r"^\d+\.\s+")
_PART = re.compile(r"^S([1-9])\b")
_STAR_WORD = re.compile(r"^\*\*([A-Z]{4,})\b", re.MULTILINE)


def parts(db: Database, sheet: str) -> list[str]:
    """Return the sections that the site's articles on a sheet share, in their order.

    Of the behavioral articles those are S1 to S9: what follows is a summary of them.
    """
    titles = [_part_titles(body, sheet) for body in _bodies(db, sheet)]
    return _shared(titles)


def star_words(db: Database) -> list[str]:
    """Return Situation, Task, Action, Result as the behavioral articles break an answer down."""
    found = [_STAR_WORD.findall(body) for body in _bodies(db, BEHAVIORAL)]
    return [word.capitalize() for word in _shared([words for words in found if words])]


def template(db: Database, question: Question, kind: str = PARTS) -> str:
    """Return the outline that a new answer starts from.

    `kind` is PARTS or, for a behavioral question, STAR. Of a behavioral question, the version for
    each level that it is asked of and that the person aims at.
    """
    if question.sheet != BEHAVIORAL:
        return _outlined(parts(db, question.sheet), 2)
    levels = _levels(question.level, settings.load(db).level)
    if kind == PARTS:
        titles = parts(db, BEHAVIORAL)
        return _outlined([title for title in titles if _level_named(title) in (None, *levels)], 2)
    words = star_words(db)
    if len(levels) == 1:
        return _outlined(words, 2)
    return "\n".join(f"## {LEVEL_TITLES[name]}\n\n{_outlined(words, 3)}" for name in levels)


def side_by_side(body: str) -> list[list[str]]:
    """Return an answer's Markdown in its order, cut into what stands above one another.

    Each part holds one text, or two where a section for the one level follows that for the other.
    """
    groups: list[dict[str | None, str]] = []
    for section in outline.sections(body):
        level = _level_named(section.heading.text) if section.heading else None
        last = groups[-1] if groups else {}
        if last and level is None and None in last:
            last[None] += f"\n{section.markdown}"
        elif level is not None and len(last) == 1 and not {None, level} & set(last):
            last[level] = section.markdown
        else:
            groups.append({level: section.markdown})
    if all(len(group) == 1 for group in groups):
        return [[body]]
    return [list(group.values()) for group in groups]


def _bodies(db: Database, sheet: str) -> list[str]:
    rows = db.execute(
        "SELECT a.body FROM article a JOIN question q ON q.permalink = a.permalink"
        " WHERE q.sheet = ? AND NOT a.retired AND NOT q.retired ORDER BY q.position",
        [sheet],
    )
    return [body for (body,) in rows]


def _part_titles(body: str, sheet: str) -> list[str]:
    titles = [s.heading.text for s in outline.sections(body) if s.heading]
    if sheet == BEHAVIORAL:
        return [title for title in titles if _PART.match(title)]
    return [_NUMBER.sub("", title) for title in titles]


def _shared(lists: Iterable[list[str]]) -> list[str]:
    """Return the items of at least half of the lists, in the order of the first with them all."""
    every = [list(dict.fromkeys(titles)) for titles in lists]
    counts = Counter(title for titles in every for title in titles)
    common = [title for title, count in counts.items() if 2 * count >= len(every)]
    return next(
        (
            [title for title in titles if title in common]
            for titles in every
            if set(common) <= set(titles)
        ),
        common,
    )


def _levels(asked: str | None, aimed: str) -> list[str]:
    """Return the levels to write for: those asked for and aimed at, else those asked for."""
    wanted = (asked or aimed).split("+")
    return [level for level in wanted if level in aimed.split("+")] or wanted


def _level_named(title: str) -> str | None:
    """Return the level that a heading names, None where it names none or both."""
    named = [level for level, words in LEVEL_TITLES.items() if words.lower() in title.lower()]
    return named[0] if len(named) == 1 else None


def _outlined(titles: Iterable[str], level: int) -> str:
    return "".join(f"{'#' * level} {title}\n\n\n" for title in titles)
