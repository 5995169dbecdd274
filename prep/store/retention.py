"""Which automatic backups stay: the newest, and the last of each day, week and month."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from prep.store.own_files import Backup

NEWEST, DAYS, WEEKS, MONTHS = 10, 7, 4, 6

_PERIODS: tuple[tuple[Callable[[datetime], tuple[int, ...]], int], ...] = (
    (lambda at: (at.year, at.month, at.day), DAYS),
    (lambda at: tuple(at.isocalendar())[:2], WEEKS),
    (lambda at: (at.year, at.month), MONTHS),
)


def kept(backups: Iterable[Backup], now: datetime) -> set[Backup]:
    """Return which of the backups stay at the instant `now`.

    These are the NEWEST, and the last of each of the DAYS, WEEKS and MONTHS (of UTC) that have any.
    Those stamped after `now`, by a clock that was or is wrong, are counted apart: neither they nor
    the others are pushed out by it. What a kept one says was put back stays as long as it does.
    """
    backups = set(backups)
    past = {made for made in backups if made.at <= now}
    stay = _of(past) | _of(backups - past)
    restored = {made.restored for made in stay}
    return stay | {made for made in backups if made.at in restored}


def _of(backups: Iterable[Backup]) -> set[Backup]:
    newest = sorted(backups, key=lambda made: (made.at, made.path), reverse=True)
    stay = set(newest[:NEWEST])
    for period, number in _PERIODS:
        lasts: dict[tuple[int, ...], Backup] = {}
        for made in newest:
            lasts.setdefault(period(made.at), made)
        stay |= set(list(lasts.values())[:number])
    return stay
