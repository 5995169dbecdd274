"""The list that a question was opened from: the way back to it, and its other questions."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

import streamlit as st
from sqlite_utils import Database

from prep.content import questions
from prep.content.models import SHEET_TITLES
from prep.content.questions import Question
from prep.ui import page_paths
from prep.ui.plan.session_path import Path
from prep.ui.question import filters, rows
from prep.ui.visit.going import Place


@dataclass(frozen=True)
class QuestionList:
    """A list of questions: what it is called, its ids in order, which of them are done."""

    title: str
    place: Place
    ids: tuple[str, ...]
    done: frozenset[str]

    def neighbours(self, question_id: str) -> tuple[str | None, str | None]:
        """Return the ids before and after a question, each None where there is none."""
        if question_id not in self.ids:
            return None, next(iter(self.ids), None)
        place = self.ids.index(question_id)
        return (
            self.ids[place - 1] if place else None,
            self.ids[place + 1] if place + 1 < len(self.ids) else None,
        )

    def position(self, question_id: str) -> str:
        """Return where a question stands in the list, in words; empty where it left the list."""
        if question_id not in self.ids:
            return ""
        return f"{self.ids.index(question_id) + 1} of {len(self.ids)}"

    def next_open(self, question_id: str) -> str | None:
        """Return the first question after one that is not done, None where there is none."""
        start = self.ids.index(question_id) + 1 if question_id in self.ids else 0
        return next((other for other in self.ids[start:] if other not in self.done), None)


def of_address(db: Database, question: Question, path: Path) -> QuestionList:
    """Return the list that the page's address names; the question's category where it names none.

    Today's questions come in the order of the session.
    """
    said = st.query_params.get(rows.FROM, "")
    if said == rows.TODAY:
        return _of_today(path)
    name, _, chosen = said.partition("?")
    if name == filters.SHEETS:
        return _of_sheets(db, parse_qs(chosen))
    return _of_category(db, question)


def _of_today(path: Path) -> QuestionList:
    ids = tuple(item.id for item in path.questions)
    done = frozenset(item.id for item in path.questions if item.done_on)
    return QuestionList("Today", Place(page_paths.TODAY), ids, done)


def _of_sheets(db: Database, params: dict[str, list[str]]) -> QuestionList:
    chosen = filters.of_params(db, params)
    found = questions.find(db, chosen.filters, chosen.text)
    return _listed("Sheets", Place(page_paths.SHEETS, params), found)


def _of_category(db: Database, question: Question) -> QuestionList:
    sheet = SHEET_TITLES[question.sheet]
    place = Place(page_paths.SHEETS, {"sheet": sheet, "category": question.category})
    key = f"{question.sheet}:{question.category_position}"
    return _listed(question.category, place, questions.find(db, {"category": [key]}))


def _listed(title: str, place: Place, found: list[Question]) -> QuestionList:
    done = frozenset(question.id for question in found if question.status == "done")
    return QuestionList(title, place, tuple(question.id for question in found), done)
