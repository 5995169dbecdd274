from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from prep.clock import Clock, clock_in


def test_the_day_turns_at_local_midnight():
    instant = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    days = {
        zone: Clock(ZoneInfo(zone), now=lambda: instant).today()
        for zone in ("Europe/Berlin", "America/New_York", "Pacific/Auckland")
    }
    assert days == {
        "Europe/Berlin": date(2026, 3, 29),
        "America/New_York": date(2026, 3, 28),
        "Pacific/Auckland": date(2026, 3, 29),
    }


@pytest.mark.parametrize("name", [None, "", "Nowhere/Land", "../../etc/passwd", "\0"])
def test_a_zone_that_is_none_means_the_systems(name):
    assert clock_in(name).zone is None


def test_now_is_utc():
    local = datetime(2026, 1, 1, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert Clock(now=lambda: local).now() == datetime(2026, 1, 1, 0, 0, tzinfo=UTC)
