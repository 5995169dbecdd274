"""Paces to choose from by name: each a few settings that go together."""

from __future__ import annotations

from prep.progress.setting_texts import ALL, SIDE_BY_SIDE, WEEKS

PRESETS: dict[str, dict[str, str]] = {
    "The sheets' weeks": {"scope": ALL, "pace": WEEKS},
    "One of each a weekday": {
        "scope": ALL,
        "pace": "1 questions",
        "study_days": "mon-fri",
        "interleave": SIDE_BY_SIDE,
    },
    "One of each a day": {
        "scope": ALL,
        "pace": "1 questions",
        "study_days": "mon-sun",
        "interleave": SIDE_BY_SIDE,
    },
}
