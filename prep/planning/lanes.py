"""Which questions are in the plan, and in which order they are studied."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from prep.planning.plan_items import InSequence, PlanItem, in_sequence
from prep.progress.setting_texts import (
    ALTERNATE,
    FIT,
    LEFT_OUT,
    ONE_AFTER_THE_OTHER,
    SIDE_BY_SIDE,
    WEEKS,
)
from prep.progress.settings import Settings


def in_plan(items: Sequence[PlanItem], settings: Settings) -> list[PlanItem]:
    """Return the questions that the settings include, done ones too, in sequence."""
    sequence = in_sequence(items, settings)
    return [sequence[place] for place in _in_plan(sequence, settings)]


def _in_plan(sequence: InSequence, settings: Settings) -> tuple[int, ...]:
    return sequence.latest(
        "in plan",
        (settings.sheets, settings.level, settings.outside_sequence, by_hand(sequence, settings)),
        lambda: tuple(n for n, item in enumerate(sequence) if why_left_out(item, settings) is None),
    )


def by_hand(sequence: InSequence, settings: Settings) -> tuple[tuple[int, ...], ...]:
    """Return the places of the questions that are dropped, pinned and in the scope."""
    fields = ("skipped", "pinned", *(("is_in_scope",) if settings.scope == FIT else ()))
    return tuple(
        tuple(n for n, item in enumerate(sequence) if getattr(item, field)) for field in fields
    )


def why_left_out(item: PlanItem, settings: Settings) -> str | None:
    """Return in words why a question is not in the plan, None where it is."""
    if item.sheet not in settings.sheets:
        return "its sheet is not in your plan"
    if item.skipped:
        return "you skipped it"
    if item.pinned:
        return None
    if settings.level == "EM" and item.level == "DIR":
        return "it is asked of directors only"
    if settings.outside_sequence == LEFT_OUT and item.phase_position is None:
        return "the suggested sequence omits it"
    if settings.scope == FIT and not item.is_in_scope:
        return "it does not fit the time there is"
    return None


def list_lanes(items: Sequence[PlanItem], settings: Settings) -> list[list[PlanItem]]:
    """Return the questions of the plan in order, done ones too, each lane at the pace by itself.

    Side by side, and with the sheets' own weeks, each sheet is a lane; else, and in a fitted plan,
    there is one.
    """
    sequence = in_sequence(items, settings)
    included = _in_plan(sequence, settings)
    apart = settings.scope != FIT and (
        settings.interleave == SIDE_BY_SIDE or settings.pace.unit == WEEKS
    )

    def places() -> list[list[int]]:
        sheets = [[n for n in included if sequence[n].sheet == sheet] for sheet in settings.sheets]
        return sheets if apart else [_interleaved(sheets, settings.interleave)]

    inputs = (settings.sheets, settings.interleave, apart, included)
    found = sequence.latest("lanes", inputs, places)
    return [[sequence[place] for place in lane] for lane in found]


def _interleaved(sheets: list[list[int]], how: str) -> list[int]:
    if how == ONE_AFTER_THE_OTHER or len(sheets) < 2:
        return [place for sheet in sheets for place in sheet]
    shares = (
        [1, 1] if how in (ALTERNATE, SIDE_BY_SIDE) else [int(share) for share in how.split(":")]
    )
    rounds = min(ceil(len(sheet) / share) for sheet, share in zip(sheets, shares, strict=True))
    merged = [
        place
        for n in range(rounds)
        for sheet, share in zip(sheets, shares, strict=True)
        for place in sheet[n * share : (n + 1) * share]
    ]
    for sheet, share in zip(sheets, shares, strict=True):
        merged += sheet[rounds * share :]
    return merged
