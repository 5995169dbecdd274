"""What the countdown in the browser is told."""

from datetime import UTC, datetime

import pytest

from prep.practice.stages import Stage
from prep.ui.browser import countdown


@pytest.fixture
def told(monkeypatch):
    given = []
    monkeypatch.setattr(countdown, "_countdown", lambda **parts: given.append(parts))
    return given


def test_it_is_told_what_is_left_and_since_when(told):
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    countdown.draw(600, 45.5, True, now, [Stage("Clarify", 120), Stage("Design", 480)])
    data = told[0]["data"]
    assert (data["budget"], data["remaining"], data["running"]) == (600, 554.5, True)
    assert data["stamp"] == "2026-11-23T12:00:00+00:00"
    assert data["stages"] == [["Clarify", 120], ["Design", 480]]


def test_time_beyond_the_budget_is_below_zero(told):
    countdown.draw(60, 90, False, datetime(2026, 11, 23, tzinfo=UTC))
    assert (told[0]["data"]["remaining"], told[0]["data"]["stages"]) == (-30, [])
