"""Regular expressions matched step by step, as `re` does it, with the steps counted.

`re` tells nobody how long it tries. This matcher tries in the same order what `re` tries, and so
finds the same; what it counts does not depend on the machine.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from re import _constants as op
from re import _parser
from typing import Any

Then = Callable[[int], bool]
Matcher = Callable[[int, Then], bool]
Fits = Callable[[str], bool]

_CATEGORIES: dict[Any, Fits] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


class TooManySteps(Exception):
    """A text took more steps than it was given."""


class Counted:
    """A pattern and the steps that it took."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        if pattern.flags & re.IGNORECASE:
            raise NotImplementedError("letters without case are not counted yet")
        self.flags = pattern.flags
        self.tree = _parser.parse(pattern.pattern, pattern.flags)
        self.text, self.steps, self.most = "", 0, 0
        self._groups: dict[int, tuple[int, int]] = {}
        self._match = self._sequence(list(self.tree))

    def count(self, text: str, how: str, most: int = 2**62) -> int:
        """Return how many steps it takes to apply a method of the pattern to a text.

        Raises TooManySteps where they are more than `most`.
        """
        deque(self.spans(text, how, most), maxlen=0)
        return self.steps

    def spans(self, text: str, how: str, most: int = 2**62) -> Iterator[tuple[int, int]]:
        """Yield where a method of the pattern finds it in a text."""
        self.text, self.steps, self.most = text, 0, most
        place, not_empty_at = 0, -1
        while place <= len(text):
            end = self._at(place, whole=how == "fullmatch", not_empty_at=not_empty_at)
            if end is not None:
                yield place, end
            if how in ("match", "fullmatch") or (how == "search" and end is not None):
                return
            not_empty_at = place if end == place else -1
            place = place + 1 if end is None else end

    def _at(self, place: int, *, whole: bool, not_empty_at: int) -> int | None:
        found: list[int] = []

        def done(end: int) -> bool:
            if (whole and end != len(self.text)) or end == not_empty_at:
                return False
            found.append(end)
            return True

        self._groups.clear()
        self._step()
        return found[0] if self._match(place, done) else None

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self.most:
            raise TooManySteps

    def _sequence(self, items: list[Any]) -> Matcher:
        if not items:
            return lambda place, then: then(place)
        first, rest = self._one(*items[0]), self._sequence(items[1:])
        if len(items) == 1:
            return first
        return lambda place, then: first(place, lambda end: rest(end, then))

    def _one(self, kind: Any, given: Any) -> Matcher:
        fits = self._fits(kind, given)
        if fits is not None:
            return self._character(fits)
        if kind in _REPEATS:
            return self._repeat(kind, *given)
        if kind is op.SUBPATTERN:
            return self._group(given)
        if kind is op.BRANCH:
            ways = [self._sequence(list(way)) for way in given[1]]
            return self._either(ways)
        if kind is op.AT:
            return lambda place, then: self._is_at(given, place) and then(place)
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return self._look(kind is op.ASSERT, *given)
        if kind is op.GROUPREF:
            return self._again(given)
        if kind is op.ATOMIC_GROUP:
            return self._atomic(self._sequence(list(given)))
        raise NotImplementedError(f"{kind} is not counted yet")

    def _either(self, ways: list[Matcher]) -> Matcher:
        def match(place: int, then: Then) -> bool:
            for way in ways:
                self._step()
                if way(place, then):
                    return True
            return False

        return match

    def _fits(self, kind: Any, given: Any) -> Fits | None:
        """Return what tells whether one character fits; None where more than one is matched."""
        if kind is op.LITERAL:
            return lambda c: ord(c) == given
        if kind is op.NOT_LITERAL:
            return lambda c: ord(c) != given
        if kind is op.ANY:
            return (lambda _c: True) if self.flags & re.DOTALL else (lambda c: c != "\n")
        if kind is op.IN:
            tests = [self._in_set(*item) for item in given if item[0] is not op.NEGATE]
            negated = given[0][0] is op.NEGATE
            return lambda c: any(test(c) for test in tests) != negated
        return None

    @staticmethod
    def _in_set(kind: Any, given: Any) -> Fits:
        if kind is op.LITERAL:
            return lambda c: ord(c) == given
        if kind is op.RANGE:
            return lambda c: given[0] <= ord(c) <= given[1]
        return _CATEGORIES[given]

    def _character(self, fits: Fits) -> Matcher:
        def match(place: int, then: Then) -> bool:
            self._step()
            return place < len(self.text) and fits(self.text[place]) and then(place + 1)

        return match

    def _repeat(self, kind: Any, least: int, most: int, body: Any) -> Matcher:
        items = list(body)
        fits = self._fits(*items[0]) if len(items) == 1 else None
        if fits is not None and kind is not op.MIN_REPEAT:
            greedy = self._run(fits, least, most)
            return self._atomic(greedy) if kind is op.POSSESSIVE_REPEAT else greedy
        inner = self._sequence(items)

        def again(place: int, times: int, then: Then) -> bool:
            self._step()
            if kind is op.MIN_REPEAT and times >= least and then(place):
                return True
            if times < most and inner(
                place,
                lambda end: (end != place or times < least) and again(end, times + 1, then),
            ):
                return True
            return kind is not op.MIN_REPEAT and times >= least and then(place)

        repeat: Matcher = lambda place, then: again(place, 0, then)  # noqa: E731
        return self._atomic(repeat) if kind is op.POSSESSIVE_REPEAT else repeat

    def _run(self, fits: Fits, least: int, most: int) -> Matcher:
        def match(place: int, then: Then) -> bool:
            end = place
            while end < len(self.text) and end - place < most and fits(self.text[end]):
                self._step()
                end += 1
            for tried in range(end, place + least - 1, -1):
                self._step()
                if then(tried):
                    return True
            return False

        return match

    def _group(self, given: Any) -> Matcher:
        number, _, _, body = given
        inner = self._sequence(list(body))

        def match(place: int, then: Then) -> bool:
            def ended(end: int) -> bool:
                before = self._groups.get(number)
                self._groups[number] = (place, end)
                if then(end):
                    return True
                if before is None:
                    del self._groups[number]
                else:
                    self._groups[number] = before
                return False

            return inner(place, ended)

        return inner if number is None else match

    def _again(self, number: int) -> Matcher:
        def match(place: int, then: Then) -> bool:
            begin, end = self._groups.get(number, (0, -1))
            said = self.text[begin:end]
            self.steps += len(said)
            return end >= 0 and self.text.startswith(said, place) and then(place + len(said))

        return match

    def _look(self, wanted: bool, direction: int, body: Any) -> Matcher:
        inner = self._sequence(list(body))
        width = body.getwidth()[0] if direction < 0 else 0

        def match(place: int, then: Then) -> bool:
            self._step()
            found = place >= width and inner(
                place - width, lambda end: direction > 0 or end == place
            )
            return found == wanted and then(place)

        return match

    def _atomic(self, inner: Matcher) -> Matcher:
        def match(place: int, then: Then) -> bool:
            ends: list[int] = []
            return inner(place, lambda end: not ends.append(end)) and then(ends[0])

        return match

    def _is_at(self, where: Any, place: int) -> bool:
        self._step()
        text, lines = self.text, self.flags & re.MULTILINE
        if where in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            by_line = where is op.AT_BEGINNING and lines and place and text[place - 1] == "\n"
            return place == 0 or bool(by_line)
        if where in (op.AT_END, op.AT_END_STRING):
            is_break = where is op.AT_END and text[place : place + 1] == "\n"
            return place == len(text) or (is_break and bool(lines or place == len(text) - 1))
        word = _CATEGORIES[op.CATEGORY_WORD]
        before = place > 0 and word(text[place - 1])
        after = place < len(text) and word(text[place])
        return (before != after) == (where is op.AT_BOUNDARY)
