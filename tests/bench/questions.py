"""Questions of a plan, for what is measured without a database."""

from __future__ import annotations

from datetime import date

from prep.content.models import BEHAVIORAL
from prep.planning.plan_items import PlanItem

START = date(2026, 1, 5)  # a Monday


def item(n: int, done_on: date | None) -> PlanItem:
    """Return question number `n`, done on a day or not at all."""
    return PlanItem(
        id=f"Q-{n}",
        sheet=BEHAVIORAL,
        title="",
        phase_position=1,
        phase="",
        first_week=1,
        last_week=1,
        category_position=1,
        position=n,
        level="EM",
        difficulty="High",
        status="done" if done_on else "todo",
        done_on=done_on,
        moved_to=None,
        skipped=False,
        minutes=60,
        whole_minutes=60,
    )
