"""Paces to choose from by name."""

import pytest

from prep.progress import presets, settings


@pytest.mark.parametrize("texts", presets.PRESETS.values(), ids=presets.PRESETS)
def test_every_preset_is_valid(db, clock, texts):
    assert settings.change(db, clock, texts) > 0
