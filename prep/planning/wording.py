"""Dates, shares and the forecast in plain words, the same on pages and the command line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import ceil

from prep.content.models import BEHAVIORAL, SHEET_TITLES, SYSTEM_DESIGN
from prep.planning.fitting import Fit
from prep.planning.forecast import CONFIDENT, Forecast
from prep.planning.plan_items import PlanItem
from prep.planning.track_record import TrackRecord
from prep.progress.setting_texts import FIT, WEEKS
from prep.progress.settings import Settings

DAYS_SAID = 31  # a range no longer than that is said in days


def day(value: date | str | None) -> str:
    """Return a day as `23 Nov 2026`, a dash where there is none."""
    if value is None:
        return "–"
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found.day} {found:%b %Y}"


def share(part: float, whole: float) -> str:
    """Return `part` of `whole` in percent, rounded so that only all is 100 and none is 0."""
    if whole == 0 or part == 0:
        return "0 %"
    percent = 100 * part / whole
    return f"{min(max(round(percent), 1), 99)} %" if part < whole else "100 %"


def many(count: int, noun: str) -> str:
    """Return a count with its noun: `1 question`, `3 questions`."""
    return f"{count} {noun}" + ("" if count == 1 else "s")


def stopwatch(seconds: float) -> str:
    """Return a length of time as `9:05`, with hours as `1:02:03`, under zero with a minus sign."""
    whole = int(abs(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
    return f"−{text}" if seconds <= -1 else text


def settings_in_short(chosen: Settings) -> str:
    """Return the settings that matter most on one line."""
    sheets = " and ".join(SHEET_TITLES[sheet] for sheet in chosen.sheets)
    pace = "the sheets' own weeks" if chosen.pace.unit == WEEKS else f"{chosen.pace} a study day"
    days = ", ".join(name.capitalize() for name in chosen.study_days)
    start = f"from {day(chosen.start_on)}" if chosen.start_on else "start not set"
    target = f" to the interview on {day(chosen.target_on)}" if chosen.target_on else ""
    return f"{sheets}, {pace}, {days}, {start}{target}"


def what_fits(found: Fit, items: Iterable[PlanItem]) -> str:
    """Return what fits the time there is in one sentence of Markdown, by sheets."""
    chosen, hours = set(found.chosen), found.time.study_days * found.time.minutes_a_day / 60
    scoped = [item for item in items if item.id in chosen]
    total = len(chosen) + len(found.left_out)
    parts = []
    for sheet, noun in (
        (SYSTEM_DESIGN, "system-design topic"),
        (BEHAVIORAL, "behavioral question"),
    ):
        count = sum(item.sheet == sheet for item in scoped)
        shares = [share for share in found.by_category if share.sheet == sheet]
        covered = sum(share.chosen > 0 for share in shares)
        is_all = covered == len(shares) > 1
        of_all = f"all {len(shares)}" if is_all else f"{covered} of {len(shares)}"
        parts.append(f"{many(count, noun)} in {of_all} categories")
    high = sum(item.difficulty == "High" for item in scoped)
    hard = f", {high} of them of high difficulty" if high else ""
    return (
        f"**{len(chosen)} of {many(total, 'question')} fit** in your {hours:g} hours:"
        f" {', '.join(parts)}{hard}."
    )


def refit(added: int, removed: int) -> str:
    """Return in a sentence of Markdown that a scope does not fit the time any more."""
    if not removed:
        return f"There is time for **{added} more**."
    instead = f"; {many(added, 'other')} would" if added else ""
    verb = "fits" if removed == 1 else "fit"
    return f"**{many(removed, 'question')}** of your plan no longer {verb} the time{instead}."


def chance(probability: float) -> str:
    """Return a probability in percent, never as certain: `less than 1 %`, `more than 99 %`."""
    if probability < 0.01:
        return "less than 1 %"
    return "more than 99 %" if probability > 0.99 else f"{round(100 * probability)} %"


def forecast(found: Forecast, settings: Settings) -> str:
    """Return when it will be done and how likely by the interview, in one or two sentences."""
    if found.remaining == 0:
        return "Everything in your plan is done."
    when = f"{_range(found)}{_by_target(found, settings)}"
    if found.paused_weeks:
        return (
            f"Nothing done for {many(found.paused_weeks, 'week')}. If you start again today: {when}"
        )
    return f"{_basis(found)}: {when}"


def track_record(found: TrackRecord) -> str | None:
    """Return how the last forecasts did, None where none can be judged yet."""
    if found.judged == 0:
        return None
    if found.judged == 1:
        return f"The range of your last weekly forecast {'held' if found.held else 'did not hold'}."
    return f"Of your last {found.judged} weekly forecasts, the range held {found.held}."


def advice(found: Forecast, settings: Settings) -> str | None:
    """Return what would make the target day nine in ten, None where it is or there is none."""
    is_sure = found.probability is not None and found.probability >= CONFIDENT
    if found.pace_needed is None or is_sure or settings.scope == FIT:
        return None
    pace = ceil(10 * found.pace_needed) / 10  # rounding down would promise too much
    more = f"{pace:.1f} questions a study day would make it {CONFIDENT:.0%}"
    now = f" (now {found.pace:.1f})" if found.pace else ""
    return more.replace("%", " %") + now + "."


def _basis(found: Forecast) -> str:
    if not found.leans_on_plan:
        return "At your pace so far"
    if found.record_days == 0:
        return "At the pace you planned, with nothing to judge by yet"
    return (
        f"At the pace you planned, with {many(found.record_days, 'study day')} to judge by so far"
    )


def _range(found: Forecast) -> str:
    """Return the range in days where it is narrow, else in months."""
    likely = found.if_today if found.paused_weeks else found.median
    if likely is None:
        early = "" if found.p10 is None else f", hardly before {_month(found.p10)}"
        return f"the end is too far off to name{early}"
    if found.p10 is None or found.p90 is None:
        return f"most likely in {_month(likely)}; how late cannot be told"
    if found.p10 == found.p90 == likely:
        return day(likely)
    if (found.p90 - found.p10).days <= DAYS_SAID:
        return f"{day(likely)}, most likely between {day(found.p10)} and {day(found.p90)}"
    month, last = _month(likely), _month(found.p90)
    if month == last:
        return f"most likely in {month}, hardly before {_month(found.p10)}"
    if likely.year == found.p90.year:
        month = f"{likely:%B}"
    longer = ", should the pause go on" if found.paused_weeks else ""
    return f"most likely in {month}, at the latest in {last}{longer}"


def _month(value: date) -> str:
    return f"{value:%B %Y}"


def _by_target(found: Forecast, settings: Settings) -> str:
    if settings.target_on is None:
        return "."
    if found.probability is None:
        return f". The interview day, {day(settings.target_on)}, is past: set a new one."
    return f"; {chance(found.probability)} by your interview on {day(settings.target_on)}."
