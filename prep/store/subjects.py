"""The kinds of personal data: where each lives, and what is known of its fields.

What a page writes and the history holds, what an export is checked for, what is named anew with a
question: each asks here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Label = Literal["question", "numbered", "article"]


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of personal data.

    `title` is what a page calls several of it; `table` and `key` are where it lives, and the column
    that names it. That name is made of the labels in `labels`, joined by `#`: a question's id, a
    permalink, or a number that was given once (`ST-001`).
    `together` are fields that only make sense with each other: a change of one says all.
    `days` are the columns that hold days; `whole` says when a row counts, and what is then never
    empty.
    """

    title: str
    table: str
    key: str
    labels: tuple[Label, ...] = ()
    together: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


_REACHED = ("started_on", "drafted_on", "done_on")

SUBJECTS = {
    "question": Subject(
        "questions",
        "progress",
        "question_id",
        labels=("question",),
        together=("status", *_REACHED),
        days=(*_REACHED, "moved_to", "put_off_on"),
    ),
    "article": Subject(
        "articles",
        "reading",
        "permalink",
        labels=("article",),
        days=("read_on",),
        whole=("last_anchor IS NOT NULL", "last_heading"),
    ),
    "section": Subject("notes", "section_note", "id", labels=("article",)),
    "setting": Subject("settings", "setting", "key"),
    "answer": Subject("answers", "answer", "question_id", labels=("question",)),
    "story": Subject("stories", "story", "id", labels=("numbered",)),
    "link": Subject("links of stories", "story_link", "id", labels=("question", "numbered")),
    "card": Subject(
        "schedules",
        "card",
        "question_id",
        labels=("question",),
        together=("card", "due_on"),
        days=("due_on",),
    ),
    "review": Subject("reviews", "review", "id", labels=("question",)),
    "attempt": Subject(
        "mock interviews",
        "attempt",
        "id",
        labels=("numbered",),
        whole=("NOT removed", "kind", "started_at"),
    ),
    "attempt_question": Subject(
        "questions of a mock interview",
        "attempt_question",
        "id",
        labels=("question", "numbered"),
        days=("done_on",),
        whole=("NOT removed", "done_on", "rating"),
    ),
    "pass": Subject(
        "passes",
        "pass",
        "id",
        labels=("numbered",),
        days=("ended_on",),
        whole=("NOT removed", "ended_on"),
    ),
    "pass_progress": Subject(
        "questions", "pass_progress", "id", labels=("question", "numbered"), days=_REACHED
    ),
    "time": Subject(
        "times",
        "time_spent",
        "id",
        labels=("question", "numbered"),
        days=("day",),
        whole=("seconds > 0", "day"),
    ),
    "own": Subject(
        "questions",
        "question",
        "id",
        labels=("question",),
        together=("sheet", "category_position", "level", "difficulty"),
    ),
}


def labelled(label: Label) -> Iterator[tuple[str, str]]:
    """Yield table and column of each name that is made of such labels."""
    for subject in SUBJECTS.values():
        if label in subject.labels:
            yield subject.table, subject.key
