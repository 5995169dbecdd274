"""The best balanced set of questions for the time there is.

Everything here is a pure function of questions, settings and a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from prep.content.models import BEHAVIORAL, SHEET_TITLES, SYSTEM_DESIGN
from prep.errors import NoTimeToFit
from prep.planning.apportionment import Category, apportioned, category_of, weights_of
from prep.planning.plan_items import PlanItem
from prep.progress.setting_texts import LEFT_OUT
from prep.progress.settings import Settings


@dataclass(frozen=True, slots=True)
class Time:
    """The time from a day to the day before the interview; all but `study_days` in minutes.

    `available` is what remains of all study days without `reserved`, which goes to reviews and
    mock interviews.
    """

    study_days: int
    minutes_a_day: int
    reserved: int
    available: int


@dataclass(frozen=True, slots=True)
class CategoryShare:
    """How many of a category's questions are in the scope, and what those still open take.

    `weight` is the number of its questions that may be chosen, times the person's focus; `total`
    counts all that the sheet has.
    """

    sheet: str
    position: int
    weight: float
    chosen: int
    total: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Fit:
    """The questions that fit the time, in the order in which they were chosen, and the others.

    `chosen` begins with those that are done and take no time, those begun, and those pinned;
    `without_room` are begun or pinned ones for which the time does not suffice.
    """

    time: Time
    minutes_used: int
    chosen: tuple[str, ...]
    left_out: tuple[str, ...]
    without_room: tuple[str, ...]
    by_category: tuple[CategoryShare, ...]


def time_to(settings: Settings, today: date, spent: int = 0) -> Time:
    """Return the time from today, or the start, to the day before the interview.

    `spent` are minutes of today that are used already: no more than a day has.

    Raises NoTimeToFit where there is no interview date, or no study day left before it.
    """
    if settings.target_on is None:
        raise NoTimeToFit("there is no interview date to fit the plan to: set target_on")
    first = max(today, settings.start_on or today)
    days = settings.calendar().count(first, settings.target_on) if first < settings.target_on else 0
    if days == 0:
        raise NoTimeToFit(
            f"there is no study day left before the interview on {settings.target_on}:"
            " change target_on or study_days"
        )
    whole = days * settings.minutes_a_day
    reserved = round(whole * Fraction(str(settings.reserve)))
    used = min(spent, settings.minutes_a_day, whole - reserved)
    return Time(days, settings.minutes_a_day, reserved, whole - reserved - used)


def fit(items: Sequence[PlanItem], settings: Settings, today: date, spent: int = 0) -> Fit:
    """Return the questions of both sheets that fit the time there is. Takes `spent`, and raises, as
    `time_to` does.

    What is begun comes first, then what is pinned; where time does not suffice for these, nothing
    else is chosen. The minutes that are left are shared out to the sheets; within a sheet,
    `apportioned` says which question is next, until the first that does not fit. A sheet that runs
    out of questions leaves its rest to the other.
    """
    time = time_to(settings, today, spent)
    present = sorted(items, key=_on_the_sheets)
    given = _Given.of(present, settings, time.available)
    open_to_choice = [item for item in present if is_eligible(item, settings)]
    weights = weights_of(open_to_choice, settings)
    taken = Counter(map(category_of, given.taken))
    orders = {
        sheet: list(apportioned(candidates, weights, taken, settings))
        for sheet, candidates in _by_sheet(open_to_choice, given, settings).items()
    }
    picked = [] if given.without_room else _within_shares(orders, given, settings, time.available)
    chosen = [*given.taken, *picked]
    return Fit(
        time=time,
        minutes_used=given.minutes + sum(item.minutes for item in picked),
        chosen=tuple(item.id for item in chosen),
        left_out=_others(present, chosen),
        without_room=tuple(item.id for item in given.without_room),
        by_category=tuple(_shares(present, chosen, weights)),
    )


def _on_the_sheets(item: PlanItem) -> tuple[int, int, int]:
    return list(SHEET_TITLES).index(item.sheet), item.category_position, item.position


def is_eligible(item: PlanItem, settings: Settings) -> bool:
    """Whether a question may be chosen: of a sheet in play, of the level, not dropped."""
    if item.sheet not in settings.sheets or item.skipped:
        return False
    if item.pinned or item.status != "todo":
        return True
    if settings.outside_sequence == LEFT_OUT and item.phase_position is None:
        return False
    return not (settings.level == "EM" and item.level == "DIR")


@dataclass(frozen=True, slots=True)
class _Given:
    """What is in the scope before anything is chosen, and the minutes that it still takes."""

    taken: list[PlanItem]
    without_room: list[PlanItem]
    begun_minutes: int
    pinned_minutes: Counter[str]

    @classmethod
    def of(cls, items: Sequence[PlanItem], settings: Settings, available: int) -> _Given:
        """Take done, begun and pinned questions, in this order, as far as the minutes go."""
        in_play = [item for item in items if is_eligible(item, settings)]
        done = [item for item in in_play if item.status == "done"]
        begun = [item for item in in_play if item.status not in ("todo", "done")]
        pinned = [item for item in in_play if item.status == "todo" and item.pinned]
        fitting, without_room = _as_far_as([*begun, *pinned], available)
        begun_minutes = sum(item.minutes for item in fitting if item.status != "todo")
        pinned_minutes: Counter[str] = Counter()
        for item in fitting:
            pinned_minutes[item.sheet] += item.minutes if item.status == "todo" else 0
        return cls([*done, *fitting], without_room, begun_minutes, pinned_minutes)

    @property
    def minutes(self) -> int:
        return self.begun_minutes + self.pinned_minutes.total()


def _as_far_as(items: list[PlanItem], minutes: int) -> tuple[list[PlanItem], list[PlanItem]]:
    """Return the questions up to the first that does not fit into so many minutes, and the rest."""
    for place, item in enumerate(items):
        minutes -= item.minutes
        if minutes < 0:
            return items[:place], items[place:]
    return items, []


def _by_sheet(
    items: Iterable[PlanItem], given: _Given, settings: Settings
) -> dict[str, list[PlanItem]]:
    """Return the questions that are still to be chosen among, by sheet."""
    settled = {item.id for item in [*given.taken, *given.without_room]}
    candidates: dict[str, list[PlanItem]] = {sheet: [] for sheet in settings.sheets}
    for item in items:
        if item.id not in settled:
            candidates[item.sheet].append(item)
    return candidates


def _within_shares(
    orders: Mapping[str, list[PlanItem]], given: _Given, settings: Settings, available: int
) -> list[PlanItem]:
    """Return the questions that fit the minutes of their sheets."""
    shares = _minutes_by_sheet(given, settings, available)
    all_minutes = {sheet: sum(item.minutes for item in order) for sheet, order in orders.items()}
    for sheet, other in ((SYSTEM_DESIGN, BEHAVIORAL), (BEHAVIORAL, SYSTEM_DESIGN)):
        spare = shares[sheet] - all_minutes.get(sheet, 0)
        if spare > 0:
            shares[sheet] -= spare
            shares[other] += spare
    return [item for sheet in orders for item in _as_far_as(orders[sheet], shares[sheet])[0]]


def _minutes_by_sheet(given: _Given, settings: Settings, available: int) -> dict[str, int]:
    """Return the minutes of each sheet that its pinned questions leave to be chosen for.

    Pinned questions that take more than their sheet's share take the rest of the other's.
    """
    minutes = available - given.begun_minutes
    share = int(minutes * Fraction(str(settings.system_design_share)))
    pinned = given.pinned_minutes
    system_design = share - pinned[SYSTEM_DESIGN]
    behavioral = minutes - share - pinned[BEHAVIORAL]
    if system_design < 0:
        return {SYSTEM_DESIGN: 0, BEHAVIORAL: behavioral + system_design}
    if behavioral < 0:
        return {SYSTEM_DESIGN: system_design + behavioral, BEHAVIORAL: 0}
    return {SYSTEM_DESIGN: system_design, BEHAVIORAL: behavioral}


def _others(items: Iterable[PlanItem], chosen: Iterable[PlanItem]) -> tuple[str, ...]:
    ids = {item.id for item in chosen}
    return tuple(item.id for item in items if item.id not in ids)


def _shares(
    items: Sequence[PlanItem], chosen: Sequence[PlanItem], weights: Mapping[Category, Fraction]
) -> Iterator[CategoryShare]:
    counts = Counter(map(category_of, chosen))
    minutes: Counter[Category] = Counter()
    for item in chosen:
        minutes[category_of(item)] += 0 if item.status == "done" else item.minutes
    for category, total in Counter(map(category_of, items)).items():
        sheet, position = category
        weight = float(weights.get(category, 0))
        yield CategoryShare(sheet, position, weight, counts[category], total, minutes[category])
