"""What an interviewer says in a mock interview when asked: requirements, then follow-ups."""

from __future__ import annotations

import re

from prep.content.models import SYSTEM_DESIGN
from prep.markdown import outline
from prep.markdown.outline import Section

OF_A_DESIGN = (
    "What fails first, and how would you notice?",
    "The load grows ten times: what breaks, and what do you change?",
    "You have half the people and half the time: what do you cut?",
    "How is it operated: what wakes someone at night, and what do they do?",
    "How would you roll it out, and move what is there today over to it?",
    "What does it cost, and what drives the cost?",
)
OF_A_STORY = (
    "What was your part in it, and what was the team’s?",
    "How do you know that it worked: what is the number?",
    "Who disagreed, and what did you do about it?",
    "What would you do differently today?",
    "What did it cost, and was it worth that?",
    "Where did you use what you learned from it since?",
)
_DEEP_DIVES = 4  # of an article: in a real round there is time for no more
_FOLLOW_UPS, _DEEP_DIVE = "Follow-Up Questions", "Deep Dive"
_PROBLEM = "Problem Statement"
_PLACE = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}|[a-z])?\.?|S\d{1,2} —)\s+")
_BOLD_LINE = re.compile(r"^\*\*(?:\d+\.\s*+)?((?:(?!\*\*).)+)\*\*$")
_ASKING_LINE = re.compile(r"^(?:[-*+]|\d+[.)])?\s*+(.+\?[”\"’']?)$")
# A question in quotes, and what an article says of it before them.
_QUOTED = re.compile(r"^(?:\[[^\]]*\]|\([^()]*\))?\s*+“([^“”]+)”$")


def requirements(body: str) -> str | None:
    """Return the Markdown of an article's requirements, None where it has none.

    They are the passages whose headings name requirements or scope; where no heading does, the
    whole problem statement.
    """
    named = [_with_bold_title(part) for part in outline.passages(body) if _is_requirement(part)]
    if named:
        return "\n\n".join(named)
    for section in outline.sections(body):
        if _title(section) == _PROBLEM:
            return section.markdown.partition("\n")[2].strip() or None
    return None


def follow_ups(sheet: str, body: str | None) -> list[str]:
    """Return what is asked one after the other, of an article first where there is one.

    A behavioral article has follow-up questions of its own; a system-design article has deep dives,
    each of which is asked for. Then comes what any interviewer asks, but for what the article's own
    have asked in other words: they hold its longest word.
    """
    is_design = sheet == SYSTEM_DESIGN
    own = own_follow_ups(body) if body else []
    if body and is_design:
        own = [*own, *_deep_dives(body)]
    said = " ".join(own).lower()
    any_one = OF_A_DESIGN if is_design else OF_A_STORY
    return [*own, *(question for question in any_one if _longest_word(question) not in said)]


def _longest_word(question: str) -> str:
    words: list[str] = re.findall(r"[\w’]+", question.lower())
    return max(words, key=len)


def own_follow_ups(body: str) -> list[str]:
    """Return the questions of an article's own “Follow-Up Questions”, empty where it has none.

    There each is a bold line; where none is (an article reconstructed automatically), the lines
    that ask something.
    """
    for section in outline.sections(body):
        if _title(section) == _FOLLOW_UPS:
            text = [line.strip() for line in section.markdown.split("\n")[1:]]
            return _found(_BOLD_LINE, text) or _found(_ASKING_LINE, text)
    return []


def _deep_dives(body: str) -> list[str]:
    """Return a question for each passage of an article's deep dives, the first few."""
    topics: list[str] = []
    for section in outline.sections(body):
        title = _title(section)
        if title and title.startswith(_DEEP_DIVE):
            inner = [_PLACE.sub("", found.text) for found in section.headings if found.level == 3]
            topics += inner or [title.removeprefix(_DEEP_DIVE).strip(" —:")]
    return [_asked(topic) for topic in topics if topic][:_DEEP_DIVES]


def _asked(topic: str) -> str:
    return topic if topic.endswith("?") else f"Go deeper: {topic}."


def _title(section: Section) -> str | None:
    return _PLACE.sub("", section.heading.text) if section.heading else None


def _with_bold_title(passage: Section) -> str:
    return f"**{_title(passage)}**\n{passage.markdown.partition(chr(10))[2].rstrip()}"


def _is_requirement(passage: Section) -> bool:
    title = (_title(passage) or "").lower()
    return passage.heading is not None and (
        "requirements" in title or title in ("scope", "in scope", "out of scope")
    )


def _found(pattern: re.Pattern[str], text: list[str]) -> list[str]:
    found = [match[1].strip() for line in text if (match := pattern.match(line))]
    return [_QUOTED.sub(r"\1", line) for line in found]
