"""The short outline that an answer is written by, and versions for two levels side by side."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from prep.content.models import BEHAVIORAL, Level
from prep.content.questions import Question
from prep.markdown import outline

# What one says in a round, part by part, and what belongs into each.
SYSTEM_DESIGN_PARTS: Mapping[str, str] = {
    "Requirements": "who uses it, what it must do and how well, what you leave out",
    "Estimates": "users, requests a second, storage, bandwidth: those that decide the design",
    "API and data model": "the calls, the records, and what each is found by",
    "High-level design": "one request through the components, from end to end",
    "Deep dive": "the one or two components that are hard, and how they work",
    "Failure and scaling": "what breaks first, what is lost then, what ten times the load changes",
    "Trade-offs and wrap-up": "what you decided against, what your choice costs, what comes next",
}
BEHAVIORAL_PARTS: Mapping[str, str] = {
    "Situation": "the team, the time and what was at stake, in two sentences",
    "Task": "what you yourself were to reach",
    "Action": "what you did, step by step: I, not we",
    "Result": "what came of it, with a figure before and after",
    "What I learned": "what you have done differently since",
}
LEVEL_TITLES = {"EM": "Engineering manager", "DIR": "Director"}


def template(question: Question, aimed: Level) -> str:
    """Return the outline for an answer: headings with nothing below.

    For a behavioral question that is asked of both levels, and where the person aims at both, it
    has a version for each.
    """
    if question.sheet != BEHAVIORAL:
        return _outlined(SYSTEM_DESIGN_PARTS, 2)
    levels = _levels(question.level, aimed)
    if len(levels) == 1:
        return _outlined(BEHAVIORAL_PARTS, 2)
    versions = [f"## {LEVEL_TITLES[name]}\n\n{_outlined(BEHAVIORAL_PARTS, 3)}" for name in levels]
    return "\n".join(versions)


def first_empty_part(body: str) -> tuple[str, str] | None:
    """Return the first part of the outline in which nothing is written, and what belongs there.

    None where every part that the answer has of the outline is written, or it has none.
    """
    written = deque(_headings(outline.without_empty_sections(body)))
    for title in _headings(body):
        if written and written[0] == title:
            written.popleft()
            continue
        prompt = SYSTEM_DESIGN_PARTS.get(title) or BEHAVIORAL_PARTS.get(title)
        if prompt:
            return title, prompt
    return None


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


def _headings(body: str) -> list[str]:
    return [heading.text for section in outline.sections(body) for heading in section.headings]


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
