"""The stages of a system-design round, with their minutes, as a setting says them in one line."""

from __future__ import annotations

from prep.progress.day_texts import RefusedText

Stage = tuple[str, int]  # its name and its minutes
DEFAULT_STAGES: tuple[Stage, ...] = (
    ("requirements", 5),
    ("estimates", 4),
    ("design", 14),
    ("deep dive", 13),
    ("failure", 5),
    ("wrap-up", 4),
)
STAGES = tuple(name for name, _ in DEFAULT_STAGES)
LONGEST_STAGE = 120  # minutes


def parse_stages(text: str) -> tuple[Stage, ...]:
    """Return the stages in their order out of `requirements=5, estimates=4, …`.

    Raises RefusedText where one is missing, named twice or unknown, or none is given time;
    ValueError where its minutes are no number.
    """
    parts = [part.partition("=") for part in text.lower().split(",")]
    found = {name.strip(): int(minutes) for name, _, minutes in parts}
    if set(found) != set(STAGES) or len(parts) != len(STAGES):
        raise RefusedText(f"it gives each of {', '.join(STAGES)} its minutes, once")
    if not all(0 <= minutes <= LONGEST_STAGE for minutes in found.values()):
        raise RefusedText(f"a stage has 0 to {LONGEST_STAGE} minutes")
    if not any(found.values()):
        raise RefusedText("one stage at least has more than 0 minutes")
    return tuple((name, found[name]) for name in STAGES)


def stages_text(stages: tuple[Stage, ...]) -> str:
    """Return the line that `parse_stages` reads."""
    return ", ".join(f"{name}={minutes}" for name, minutes in stages)
