"""The scope of the plan: fitted to the time there is, or all; questions pinned to it or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlite_utils import Database

from prep.clock import Clock
from prep.planning import fitting, plan_items
from prep.planning.fitting import Fit
from prep.planning.plan_items import PlanItem
from prep.planning.plan_status import PlanStatus
from prep.progress import settings
from prep.progress.setting_texts import FIT
from prep.progress.tracker import Tracker
from prep.store import cache, change_log
from prep.store.database import writing

# What `Tracker.edit` is to write for a question that is pinned, dropped, or neither any more.
PIN: Mapping[str, bool] = {"pinned": True, "skipped": False}
DROP: Mapping[str, bool] = {"pinned": False, "skipped": True}
UNPIN: Mapping[str, bool] = {"pinned": False, "skipped": False}


@dataclass(frozen=True, slots=True)
class Refit:
    """A fit, and what the scope gains and loses by it, in the order of the sheets.

    `minutes_needed` are those that the questions of the scope still take as it is. Before the first
    fit everything is in the scope.
    """

    fit: Fit
    minutes_needed: int
    added: tuple[PlanItem, ...]
    removed: tuple[PlanItem, ...]

    @property
    def is_due(self) -> bool:
        """Whether the scope is more than the time there is, or lacks a day's minutes or more.

        Less is what each finished question shifts between the sheets.
        """
        time = self.fit.time
        more = sum(item.minutes for item in self.added)
        return self.minutes_needed > time.available or more >= time.minutes_a_day


@cache.kept
def propose(db: Database, today: date) -> Refit:
    """Return what fits the time from a day to the interview. Raises as `fitting.fit` does."""
    chosen = settings.load(db)
    return _refit(plan_items.load(db, chosen), chosen, today)


def apply(db: Database, clock: Clock, texts: Mapping[str, str | None] | None = None) -> Refit:
    """Make what fits the scope of the plan, as one change; return what that altered.

    `texts` are settings to be set with it, as `settings.change` takes them. Raises as that and
    `propose` do: then nothing is changed.
    """
    with writing(db):
        own = {"scope": FIT, "fitted_on": clock.today().isoformat()}
        of_settings, chosen = settings.prepared(db, clock, {**(texts or {}), **own})
        items = plan_items.load(db, chosen)
        refit = _refit(items, replace(chosen, scope=settings.load(db).scope), clock.today())
        in_scope = set(refit.fit.chosen)
        edits = {
            item.id: {"in_scope": item.id in in_scope}
            for item in items
            if item.in_scope != (item.id in in_scope)
        }
        of_questions = Tracker(db, clock).prepared(edits)
        change_log.write_together(db, clock, [of_settings, of_questions])
    return refit


def of_each_question(plan: PlanStatus) -> dict[str, dict[str, bool]]:
    """Return for each question, by id, whether it is `in_scope`, `pinned` and `dropped`."""
    in_scope = {item.id for item in plan.items}
    return {
        item.id: {
            "in_scope": item.id in in_scope,
            "pinned": item.pinned,
            "dropped": item.skipped,
        }
        for item in plan.all_items
    }


def _refit(items: list[PlanItem], chosen: settings.Settings, today: date) -> Refit:
    done_today = sum(item.whole_minutes for item in items if item.done_on == today)
    spent = done_today if today in chosen.calendar() else 0
    found = fitting.fit(items, chosen, today, spent)
    ids = set(found.chosen)
    was_in = [item for item in items if chosen.scope != FIT or item.is_in_scope]
    before = {item.id for item in was_in}
    return Refit(
        found,
        sum(item.minutes for item in was_in if item.done_on is None and not item.skipped),
        tuple(item for item in items if item.id in ids - before),
        tuple(item for item in was_in if item.id not in ids),
    )
