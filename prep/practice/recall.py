"""What a review reveals: what one's recall is compared with, and what an answer is checked for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from prep.content import articles
from prep.content.models import BEHAVIORAL, Level
from prep.content.questions import Question
from prep.errors import UnknownArticle
from prep.markdown import outline
from prep.markdown.outline import Section
from prep.practice import answers, stories
from prep.practice.answer_outline import LEVEL_TITLES
from prep.practice.stories import Story
from prep.progress import settings

# What a candidate says in an interview, as the headings of the site's articles name it.
_KEY_PARTS = (
    "Problem Statement",
    "Scale Estimation",
    "High-Level",
    "Data Model",
    "Trade-offs",
    "Failure Modes",
    "Model Answer",
    "Interview Cheat Sheet",
)
_SAID_TO_NOBODY = (
    "Hook",
    "Interview Signals",
    "Interview Tips",
    "Further Reading",
    "Summary",
    "References",
)
_CHECKED = (
    "A number shows the result",
    "I said what I did myself: “I”, not “we”",
    "I said what I learned",
)


@dataclass(frozen=True)
class Material:
    """What there is on a question: the answer without its empty parts, the linked stories with
    the angle of each, the article's key parts, the person's notes."""

    answer: str
    stories: list[tuple[Story, str]]
    key_parts: list[Section]
    notes: str


def material(db: Database, question: Question) -> Material:
    """Return what there is on a question."""
    linked = stories.of_question(db, question.id) if question.sheet == BEHAVIORAL else []
    aimed = settings.load(db).level
    return Material(
        outline.without_empty_sections(answers.get(db, question.id)).strip(),
        linked,
        [part for part in key_parts(_article(db, question)) if _is_for(part, question, aimed)],
        question.personal_notes,
    )


def key_parts(article: str) -> list[Section]:
    """Return the sections of an article's Markdown that are worth recalling.

    Of an article that names none of them as the site's do, all that is not said to its reader.
    """
    titled = [section for section in outline.sections(article) if section.heading]
    return [section for section in titled if _names(section, _KEY_PARTS)] or [
        section for section in titled if not _names(section, _SAID_TO_NOBODY)
    ]


def self_check(question: Question) -> list[str]:
    """Return what the person checks their own telling for; nothing for a system-design question."""
    if question.sheet != BEHAVIORAL:
        return []
    signal = [f"What interviewers listen for: {question.signal}"] if question.signal else []
    return [*_CHECKED, *signal]


def _names(section: Section, titles: tuple[str, ...]) -> bool:
    heading = section.heading.text.lower() if section.heading else ""
    return any(title.lower() in heading for title in titles)


def _is_for(section: Section, question: Question, aimed: Level) -> bool:
    """Whether a section is for the level that the person aims at, where it names one."""
    asked = question.level or aimed
    wanted = [level for level in asked.split("+") if level in aimed.split("+")]
    named = [level for level, title in LEVEL_TITLES.items() if _names(section, (title,))]
    return not named or not wanted or not set(named).isdisjoint(wanted)


def _article(db: Database, question: Question) -> str:
    if not question.permalink:
        return ""
    try:
        return articles.get(db, question.permalink).body
    except UnknownArticle:
        return ""
