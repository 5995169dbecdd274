"""Keys that no two devices give twice, in the order in which things were done.

A key is a UUID of version 7 (RFC 9562) whose time is that of a hybrid logical clock (Kulkarni et
al., "Logical Physical Clocks", 2014): milliseconds of the wall clock and a counter, never less than
what the device has seen. So what was seen always comes before what was done after, whatever the
clocks say; the random rest tells apart what two devices did at once, the same on both. Keys compare
as text.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import UUID

_COUNTER_BITS, _VARIANT_BITS, _RANDOM_BITS = 12, 2, 62
_LOW_BITS = _VARIANT_BITS + _RANDOM_BITS
_LAST = int(datetime(2200, 1, 1, tzinfo=UTC).timestamp() * 1000)


def following(last: str, now: datetime) -> str:
    """Return a new key after `last` (empty for none), of the instant `now` where that is later."""
    milliseconds, counter = _clock_of(last) if last else (-1, 0)
    if (present := milliseconds_of(now)) > milliseconds:
        milliseconds, counter = present, 0
    else:
        milliseconds, counter = _next(milliseconds, counter)
    return made_of(milliseconds, counter, secrets.randbits(_RANDOM_BITS))


def made_of(milliseconds: int, counter: int, rest: int) -> str:
    """Return the key of a time since 1970, a counter and what tells it from others of that time."""
    while counter >> _COUNTER_BITS:
        milliseconds, counter = milliseconds + 1, counter - (1 << _COUNTER_BITS)
    high = milliseconds << 16 | 7 << _COUNTER_BITS | counter
    low = 0b10 << _RANDOM_BITS | rest & ((1 << _RANDOM_BITS) - 1)
    return str(UUID(int=high << _LOW_BITS | low))


def milliseconds_of(instant: datetime) -> int:
    """Return the milliseconds from 1970 to an instant, 0 before that."""
    return max(int(instant.timestamp() * 1000), 0)


def is_key(text: object, before: int = 0) -> bool:
    """Whether a value is a key as they are given here, of a time before 2200.

    After as many as `before` it may be that many milliseconds later: each is at most one after the
    last, so that what follows a key of the last millisecond is a key as well.
    """
    try:
        key = UUID(text) if isinstance(text, str) else None
    except ValueError:
        return False
    is_ours = key is not None and str(key) == text and key.version == 7
    return is_ours and _clock_of(str(text))[0] < _LAST + before


def _clock_of(key: str) -> tuple[int, int]:
    high = UUID(key).int >> _LOW_BITS
    return high >> 16, high & ((1 << _COUNTER_BITS) - 1)


def _next(milliseconds: int, counter: int) -> tuple[int, int]:
    is_full = counter + 1 == 1 << _COUNTER_BITS
    return (milliseconds + 1, 0) if is_full else (milliseconds, counter + 1)
