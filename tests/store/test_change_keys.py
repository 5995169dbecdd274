"""Keys: never given twice, and what was seen comes before what is done."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.store import change_keys

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEY = "01a20846-fe00-7abc-9a6c-c309496f4fc3"
INSTANTS = st.datetimes(datetime(1960, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC))


@given(st.lists(INSTANTS, min_size=1))
def test_each_comes_after_the_last_whatever_the_clock_says(instants):
    given = [""]
    for now in instants:
        given.append(change_keys.following(given[-1], now))
    assert given == sorted(set(given))
    assert all(change_keys.is_key(key) for key in given[1:])


def test_what_two_devices_did_at_once_is_told_apart():
    made = {change_keys.following("", NOON) for _ in range(1000)}
    assert len(made) == 1000


def test_a_key_is_a_uuid_of_its_instant():
    key = UUID(change_keys.following("", NOON))
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert key.int >> 80 == NOON.timestamp() * 1000


def test_more_in_a_millisecond_than_can_be_counted_go_into_the_next():
    last = change_keys.made_of(change_keys.milliseconds_of(NOON), (1 << 12) - 1, 0)
    following = change_keys.following(last, NOON)
    assert following > last
    assert UUID(following).int >> 80 == NOON.timestamp() * 1000 + 1


def test_a_clock_that_is_right_again_goes_on_from_what_was_seen():
    ahead = change_keys.following("", NOON + timedelta(days=9))
    assert change_keys.following(ahead, NOON) > ahead
    later = change_keys.following(ahead, NOON + timedelta(days=10))
    assert UUID(later).int >> 80 == (NOON + timedelta(days=10)).timestamp() * 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        None,
        7,
        ["a"],
        "fe1edc5c-8d7a-4b4b-8e02-6a5c0f0e5d0b",
        KEY.upper(),
        KEY.replace("-", ""),
        f"{{{KEY}}}",
        change_keys.made_of(change_keys.milliseconds_of(datetime(2200, 1, 1, tzinfo=UTC)), 0, 0),
    ],
)
def test_other_values_are_no_keys(text):
    assert not change_keys.is_key(text)
