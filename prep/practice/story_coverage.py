"""What the stories cover together, and what no story answers."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from sqlite_utils import Database

from prep.content import phases, questions
from prep.content.models import BEHAVIORAL
from prep.content.questions import Question
from prep.practice import stories, story_selection
from prep.practice.stories import Story
from prep.store import cache


@cache.kept
def covers(db: Database) -> dict[str, frozenset[str]]:
    """Return `{story id: the questions it answers}`, the strongest story first."""
    found: dict[str, set[str]] = {story.id: set() for story in stories.list_stories(db)}
    for link in stories.links(db):
        found[link.story_id].add(link.question_id)
    return {story_id: frozenset(ids) for story_id, ids in found.items()}


@cache.kept
def matrix(db: Database) -> pd.DataFrame:
    """Return how many questions of each behavioral category each story answers.

    Columns: `story_id`, `story` (its title, with its id where two have the same), `category`,
    `position`, `questions`; zeros included.
    """
    rows = db.execute(
        "SELECT l.story_id, q.category_position, count(*) FROM story_link l"
        " JOIN question q ON q.id = l.question_id AND NOT q.retired"
        " WHERE NOT l.removed GROUP BY 1, 2"
    )
    answered = {(story_id, position): count for story_id, position, count in rows}
    bank = stories.list_stories(db)
    titles = Counter(story.title for story in bank)
    categories = [(found.title, found.position) for found in phases.list_categories(db, BEHAVIORAL)]
    return pd.DataFrame(
        [
            (
                story.id,
                _told_apart(story, titles),
                title,
                position,
                answered.get((story.id, position), 0),
            )
            for story in bank
            for title, position in categories
        ],
        columns=["story_id", "story", "category", "position", "questions"],
    )


def _told_apart(story: Story, titles: Counter[str]) -> str:
    return story.title if titles[story.title] == 1 else f"{story.title} ({story.id})"


@cache.kept
def asked(db: Database) -> list[Question]:
    """Return what stories can answer: every behavioral question, in the sheet's order."""
    return questions.find(db, {"sheet": [BEHAVIORAL]})


@cache.kept
def gaps(db: Database) -> dict[str, list[Question]]:
    """Return `story_selection.gaps` of the questions that no story answers."""
    answered = {link.question_id for link in stories.links(db)}
    return story_selection.gaps(question for question in asked(db) if question.id not in answered)


def single_story_categories(frame: pd.DataFrame) -> dict[str, str]:
    """Return `{category: story}` where one story alone answers a category. `frame`: `matrix`."""
    busy = frame[frame["questions"] > 0]
    alone = busy.groupby("category", sort=False).filter(lambda rows: len(rows) == 1)
    return dict(zip(alone["category"], alone["story"], strict=True))
