"""Questions and settings for tests of the plan."""

from dataclasses import replace
from datetime import date

from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.planning.plan_items import PlanItem
from prep.progress.settings import Settings

MONDAY = date(2026, 11, 30)


def item(n, sheet=SYSTEM_DESIGN, **fields):
    """Return question number `n` of a sheet: one phase of four weeks, an hour each."""
    made = PlanItem(
        id=f"{sheet[0].upper()}-{n:03}",
        sheet=sheet,
        title=f"Question {n}",
        phase_position=1,
        phase="Foundation",
        first_week=1,
        last_week=4,
        category_position=1,
        position=n,
        level=None,
        difficulty=None,
        status="todo",
        done_on=None,
        moved_to=None,
        skipped=False,
        minutes=60,
        whole_minutes=fields.get("minutes", 60),
    )
    return replace(made, **fields)


def items(count, sheet=SYSTEM_DESIGN, **fields):
    return [item(n, sheet, **fields) for n in range(1, count + 1)]


def done(made, day):
    return replace(made, status="done", done_on=day)


def both(count):
    return items(count) + items(count, BEHAVIORAL)


def chosen(**fields):
    return Settings(**{"start_on": MONDAY, **fields})
