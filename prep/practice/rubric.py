"""What an answer in a mock interview is scored by, where one scores more than its rating."""

from __future__ import annotations

from prep.content.models import SYSTEM_DESIGN
from prep.practice import stages

STAR_LINES = ("Situation", "Task", "Action", "Result", "Metric", "“I”, not “we”")
SCORES = ("Missing", "Weak", "Solid", "Strong")
HIGHEST = len(SCORES) - 1


def lines(sheet: str) -> tuple[str, ...]:
    """Return what an answer to a question of this sheet is scored by.

    A system design is scored by the stages of its round, a behavioral answer by what STAR asks for.
    """
    return stages.titles() if sheet == SYSTEM_DESIGN else STAR_LINES
