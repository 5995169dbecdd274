"""Matches questions and articles already known with those of a later source, by key and title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

# A word in more than this share of the titles ("design", "describe") tells none from another.
_COMMON_SHARE = 0.05
# Of the telling words of the shorter title, how many the other must have for it to be reworded.
_SHARED_WORDS = 1 / 3

Key = TypeVar("Key", str, int)


@dataclass(frozen=True)
class Match(Generic[Key]):
    """What became of known keys: `moved` to another key, or `replaced` by something else there."""

    moved: dict[Key, Key] = field(default_factory=dict)
    replaced: tuple[Key, ...] = ()


def match(known: Mapping[Key, str], incoming: Mapping[Key, str], *, rewords: bool) -> Match[Key]:
    """Return how the titles of `known` stand in `incoming`; both map a key to its title.

    The same key with the same title is the same. A title that stands under another key moved
    there. Under the same key, another title is a change of wording; with `rewords` false it
    must share a third of its telling words to be one, or else it is something new.
    """
    old = {key: _words(title) for key, title in known.items()}
    new = {key: _words(title) for key, title in incoming.items()}
    open_old = {key: words for key, words in old.items() if new.get(key) != words}
    open_new = {key: words for key, words in new.items() if old.get(key) != words}
    places = _by_words(open_new)
    moved = {key: places[words] for words, key in _by_words(open_old).items() if words in places}
    common = _common_words(new.values())

    def is_replaced(key: Key) -> bool:
        if key in moved:
            return False
        if key in moved.values():  # another thing moved there
            return True
        return key in new and not rewords and not _is_reworded(old[key], new[key], common)

    return Match(moved, tuple(key for key in open_old if is_replaced(key)))


def _words(title: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", title.casefold()))


def _by_words(titles: Mapping[Key, tuple[str, ...]]) -> dict[tuple[str, ...], Key]:
    """Return the keys by title, without titles that two keys share."""
    counts = Counter(titles.values())
    return {words: key for key, words in titles.items() if counts[words] == 1}


def _common_words(titles: Iterable[tuple[str, ...]]) -> set[str]:
    titles = list(titles)
    counts = Counter(word for words in titles for word in set(words))
    return {word for word, count in counts.items() if count > max(_COMMON_SHARE * len(titles), 1)}


def _is_reworded(old: tuple[str, ...], new: tuple[str, ...], common: set[str]) -> bool:
    telling_old, telling_new = set(old) - common, set(new) - common
    fewer = min(len(telling_old), len(telling_new))
    return fewer == 0 or len(telling_old & telling_new) >= _SHARED_WORDS * fewer
