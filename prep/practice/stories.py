"""The story bank: what really happened, and which questions each story answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.content import questions
from prep.content.models import BEHAVIORAL
from prep.content.questions import Question
from prep.errors import InvalidValue, UnknownStory
from prep.progress import settings
from prep.store import change_log, numbers
from prep.store.change_rows import Edit
from prep.store.database import writing

PARTS = {
    "situation": "Situation",
    "task": "Task",
    "action": "Action",
    "result": "Result",
    "metric": "Metric",
    "learned": "What I learned",
}
LEVELS = ("EM", "DIR")
LEVEL_TITLES = {"EM": "Engineering manager", "DIR": "Director"}
MAX_PART, MAX_LINE = 10_000, 200


@dataclass(frozen=True)
class Story:
    """One story. `level` is EM or DIR, `strength` from 1 to 5."""

    id: str
    title: str = ""
    company: str = ""
    role: str = ""
    period: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    metric: str = ""
    learned: str = ""
    level: str = "EM"
    strength: int = 3

    @property
    def spoken(self) -> str:
        """What is said when the story is told: Situation to Result."""
        return "\n\n".join(text for name in list(PARTS)[:5] if (text := getattr(self, name)))


@dataclass(frozen=True)
class Link:
    """A story that answers a question, and from which angle."""

    story_id: str
    question_id: str
    angle: str


Fields = Mapping[str, str | int]

_COLUMNS = ", ".join(field.name for field in fields(Story))


def list_stories(db: Database) -> list[Story]:
    """Return all stories, the strongest first."""
    rows = db.query(
        f"SELECT {_COLUMNS} FROM story WHERE NOT removed ORDER BY strength DESC, title, id"
    )
    return [Story(**row) for row in rows]


def get(db: Database, story_id: str) -> Story:
    """Return one story. Raises UnknownStory."""
    rows = db.query(f"SELECT {_COLUMNS} FROM story WHERE id = ? AND NOT removed", [story_id])
    row = next(rows, None)
    if row is None:
        raise UnknownStory(f"there is no story {story_id[:40]!r}")
    return Story(**row)


def blank(db: Database) -> Story:
    """Return a story before anything is written: of the level and the role that the plan aims at.

    A plan that aims at both names no role.
    """
    level = settings.load(db).level
    return Story("", level=level, role=LEVEL_TITLES[level]) if level in LEVELS else Story("")


def fields_of(story: Story) -> dict[str, str | int]:
    """Return what a person writes of a story, by field."""
    row = asdict(story)
    row.pop("id")
    return row


def save(
    db: Database,
    clock: Clock,
    values: Fields,
    story_id: str | None = None,
    *,
    answers: str | None = None,
) -> str:
    """Keep a story, a new one without `story_id`; return its id (`ST-001`, never used twice).

    `values` are fields of Story; `answers` names a question that it answers from now on, by the
    same change. Raises UnknownStory, UnknownQuestion, InvalidValue: then nothing is changed.
    """
    with writing(db):
        if story_id is None:
            story_id = numbers.give(db, clock, numbers.STORY)
            known = Story(story_id)
        else:
            known = get(db, story_id)
        story = _checked(fields_of(known) | dict(values)) | {"removed": 0}
        edits = [Edit("story", {story_id: story})]
        if answers is not None:
            edits.append(Edit("link", {_link_id(db, story_id, answers): {"removed": 0}}))
        change_log.write_together(db, clock, edits)
    return story_id


def remove(db: Database, clock: Clock, story_id: str) -> None:
    """Take a story out; its text and links stay, and undo brings it back. Raises UnknownStory."""
    with writing(db):
        get(db, story_id)
        change_log.write(db, clock, "story", {story_id: {"removed": 1}})


def links(db: Database) -> list[Link]:
    """Return every link between a story and a question, in the sheet's order."""
    rows = db.execute(
        "SELECT l.story_id, l.question_id, l.angle FROM story_link l"
        " JOIN story s ON s.id = l.story_id AND NOT s.removed"
        " JOIN question q ON q.id = l.question_id AND NOT q.retired"
        " WHERE NOT l.removed ORDER BY q.position, l.story_id"
    )
    return [Link(*row) for row in rows]


def link(db: Database, clock: Clock, story_id: str, angles: Mapping[str, str | None]) -> int:
    """Have a story answer these questions, each from an angle; return how many links changed.

    None takes a link away; links that are not named stay. Raises UnknownStory, UnknownQuestion,
    InvalidValue: then nothing is changed.
    """
    with writing(db):
        get(db, story_id)
        changed: dict[str, Fields] = {}
        for question_id, angle in angles.items():
            changed[_link_id(db, story_id, question_id)] = (
                {"removed": 1} if angle is None else {"angle": _line("angle", angle), "removed": 0}
            )
        return change_log.write(db, clock, "link", changed)


def add_link(db: Database, clock: Clock, story_id: str, question_id: str) -> None:
    """Have a story answer a question; a link that is there, or was, has its angle still.

    Raises UnknownStory, UnknownQuestion, InvalidValue: then nothing is changed.
    """
    with writing(db):
        get(db, story_id)
        change_log.write(db, clock, "link", {_link_id(db, story_id, question_id): {"removed": 0}})


def set_angle(db: Database, clock: Clock, story_id: str, question_id: str, angle: str) -> None:
    """Have a story answer a question from this angle, if it answers it at all.

    Raises InvalidValue: then nothing is changed.
    """
    with writing(db):
        if any((one.story_id, one.question_id) == (story_id, question_id) for one in links(db)):
            link(db, clock, story_id, {question_id: angle})


def answerable(db: Database, question_id: str) -> Question:
    """Return a question that a story can answer. Raises UnknownQuestion, InvalidValue."""
    question = questions.get(db, question_id)
    if question.sheet != BEHAVIORAL:
        raise InvalidValue(f"{question_id} is no behavioral question: stories answer those")
    return question


def _link_id(db: Database, story_id: str, question_id: str) -> str:
    return f"{story_id}#{answerable(db, question_id).id}"


def of_question(db: Database, question_id: str) -> list[tuple[Story, str]]:
    """Return the stories that answer a question with their angle, the best first.

    Best is the strongest; of equals, the one of a level that the question is asked of.
    """
    level = questions.get(db, question_id).level or ""
    angles = dict(
        db.execute(
            "SELECT story_id, angle FROM story_link WHERE question_id = ? AND NOT removed",
            [question_id],
        ).fetchall()
    )
    found = [(story, angles[story.id]) for story in list_stories(db) if story.id in angles]
    return sorted(found, key=lambda pair: (-pair[0].strength, pair[0].level not in level))


def _checked(row: Fields) -> dict[str, str | int]:
    checked = {name: row[name] for name in ("level", "strength")}
    for name in ("title", "company", "role", "period", "metric"):
        checked[name] = _line(name, row[name])
    for name in ("situation", "task", "action", "result", "learned"):
        part = texts.multiline(row[name]).strip()
        checked[name] = texts.bounded(part, MAX_PART, f"{name} holds")
    if not checked["title"]:
        raise InvalidValue("a story needs a title to be found by")
    if checked["level"] not in LEVELS:
        raise InvalidValue(f"a story's level is {' or '.join(LEVELS)}")
    if checked["strength"] not in (1, 2, 3, 4, 5):
        raise InvalidValue("strength is a whole number from 1 to 5")
    return checked


def _line(name: str, value: Any) -> str:
    return texts.bounded(texts.one_line(value), MAX_LINE, f"{name} holds")
