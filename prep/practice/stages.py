"""The stages of a system-design round, and how its time is divided among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prep.progress.stage_texts import STAGES
from prep.progress.stage_texts import Stage as Minutes

_STEP = 30  # seconds: nobody times a stage more finely


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage as the countdown shows it, and the seconds that it is given."""

    title: str
    seconds: int


def titles() -> tuple[str, ...]:
    """Return what the stages are called on the screen, in their order."""
    return tuple(name.capitalize() for name in STAGES)


def in_round(stages: Sequence[Minutes], seconds: int) -> list[Stage]:
    """Divide a round's seconds among its stages, in proportion to the minutes each was given.

    They are given whole steps of half a minute, the rest to those that it is most of (the method
    of largest remainders). A stage without minutes, or that is too short for a step, is left out.
    Together they last as long as the round, to the step.
    """
    steps = seconds // _STEP
    whole = sum(minutes for _, minutes in stages)
    exact = [steps * minutes / whole for _, minutes in stages] if whole else []
    given = [int(share) for share in exact]
    by_rest = sorted(range(len(given)), key=lambda i: given[i] - exact[i])
    for i in by_rest[: steps - sum(given)]:
        given[i] += 1
    return [
        Stage(title, count * _STEP)
        for title, count in zip(titles(), given, strict=False)
        if count > 0
    ]
