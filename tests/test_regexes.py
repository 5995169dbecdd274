"""Every regular expression of the project takes time in proportion to its text.

One that takes the square of it stands still on a text of a hundred thousand characters, and with it
every person whom the server serves. Steps are counted, not seconds.
"""

import ast
import builtins
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from re import _constants as op
from typing import NamedTuple

import pytest

from .counted_regex import Counted, TooManySteps

ROOT = Path(__file__).parent.parent
SOURCES = [*sorted((ROOT / "prep").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
METHODS = {"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
SCANS = "finditer"  # what is looked for everywhere: the most that a pattern can be asked
SHORT, LONG = (40, 160), (500, 2_000)
MOST_GROWTH = 8  # for four times the text; in proportion it is 4, squared 16
MOST_STEPS = 1_000  # for a character of the shorter text


class Use(NamedTuple):
    """A pattern, where it stands, and by which method it is used."""

    where: str
    pattern: re.Pattern[str]
    how: str


def uses() -> Iterator[Use]:
    """Yield every regular expression that the project's sources compile or use."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
    methods = [call for tree in trees.values() for call in calls_on_names(tree)]
    for path, tree in trees.items():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and is_of_re(call.func, METHODS | {"compile"}):
                pattern = evaluated(path, call)
                where = f"{path.relative_to(ROOT)}:{call.lineno}"
                if call.func.attr != "compile":
                    yield Use(where, pattern, call.func.attr)
                    continue
                name = assigned_name(tree, call)
                found = {
                    method for called, method in methods if called == name and method in METHODS
                }
                for how in sorted(found) or [SCANS]:
                    yield Use(where, pattern, how)


def is_of_re(func, names):
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id == "re"
        and func.attr in names
    )


def evaluated(path, call):
    """Return the pattern of a call, from what its module holds."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    module = vars(importlib.import_module(name))
    at = METHODS | {"compile"}
    assert call.func.attr in at
    flags = [word.value for word in call.keywords if word.arg == "flags"]
    if call.func.attr == "compile":
        flags += call.args[1:]
    parts = [
        eval(compile(ast.Expression(part), name, "eval"), module, OfAFunction(module))
        for part in (call.args[0], *flags)
    ]
    return re.compile(*parts) if isinstance(parts[0], str) else of_characters(*parts)


def of_characters(pattern, flags=0):
    """Return a pattern of bytes as one of the characters that have their numbers."""
    return re.compile(pattern.decode("latin-1"), flags | re.ASCII)


class OfAFunction(dict):
    """What a function's own variables are taken for where a pattern is made of them: a word."""

    def __init__(self, module):
        self._module = module

    def __missing__(self, name):
        if name in self._module or name in vars(builtins):
            raise KeyError(name)
        return "name"


def assigned_name(tree, call):
    """Return the name that a compiled pattern is given, None where it has none of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and node.value is call:
            return node.targets[0].id
    return None


def calls_on_names(tree):
    """Yield `(NAME, method)` for each `NAME.method(` and `module.NAME.method(`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            if isinstance(owner, ast.Name | ast.Attribute):
                yield owner.id if isinstance(owner, ast.Name) else owner.attr, node.attr


def samples(items) -> Iterator[str]:
    """Yield texts that a sequence of a pattern's parts may match, and those of its beginnings."""
    text = ""
    for item in items:
        text += sample(*item)
        yield text


def sample(kind, given) -> str:
    if kind is op.LITERAL:
        return chr(given)
    if kind is op.NOT_LITERAL:
        return "x" if given != ord("x") else "y"
    if kind is op.ANY:
        return "x"
    if kind is op.IN:
        return characters(kind, given)[0]
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return "".join(sample(*item) for item in given[2]) * max(given[0], 1)
    if kind is op.SUBPATTERN:
        return "".join(sample(*item) for item in given[3])
    if kind is op.BRANCH:
        return "".join(sample(*item) for item in given[1][0])
    if kind is op.ATOMIC_GROUP:
        return "".join(sample(*item) for item in given)
    return ""


def characters(kind, given) -> list[str]:
    """Return characters that a part of a pattern matches or is about."""
    if kind in (op.LITERAL, op.NOT_LITERAL):
        return [chr(given)]
    if kind is not op.IN:
        return []
    found = {
        op.LITERAL: lambda item: chr(item),
        op.RANGE: lambda item: chr(item[0]),
        op.CATEGORY: {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a"}.get,
    }
    named = [found[what](item) or "-" for what, item in given if what is not op.NEGATE]
    outside = next(c for c in "x1 -\0" if not re.fullmatch(f"[{re.escape(''.join(named))}]", c))
    return [outside, *named] if given[0][0] is op.NEGATE else named


def sequences(items) -> Iterator[list]:
    """Yield each sequence of parts within a pattern, itself the first."""
    items = list(items)
    yield items
    for kind, given in items:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from sequences(given[2])
        elif kind is op.SUBPATTERN:
            yield from sequences(given[3])
        elif kind is op.BRANCH:
            for way in given[1]:
                yield from sequences(way)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from sequences(given[1])


def pumps(tree) -> list[str]:
    """Return what a pattern may be fed long runs of: its characters, words, and what it matches."""
    found = dict.fromkeys(["x", " ", "\n"])
    for sequence in sequences(tree):
        for item in sequence:
            found |= dict.fromkeys(characters(*item)[:4])
        found |= dict.fromkeys(list(samples(sequence))[-8:])
    return [text for text in found if text]


def texts(tree) -> Iterator[tuple[str, str, str]]:
    """Yield what begins a text, what it is a long run of, and what ends it."""
    runs = pumps(tree)
    heads = dict.fromkeys(["", *list(samples(list(tree)))[:6]])
    for head in heads:
        for run in runs if not head else [run for run in runs if len(run) < 4]:
            for tail in ("\0", "\n"):
                yield head, run, tail


def growth(counted, how, parts, sizes):
    """Return by how much the steps grow from a short text to one of four times its length."""
    head, run, tail = parts
    short, long = (head + run * (size // len(run) + 1) + tail for size in sizes)
    try:
        fewest = counted.count(short, how, most=MOST_STEPS * sizes[0]) + 20
        return counted.count(long, how, most=MOST_GROWTH * fewest) / fewest
    except TooManySteps:
        return 2 * MOST_GROWTH


@pytest.fixture(autouse=True)
def deep():
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(200_000)
    yield
    sys.setrecursionlimit(before)


FOUND = list(uses())


@pytest.mark.parametrize("use", FOUND, ids=lambda use: f"{use.where}-{use.how}")
def test_what_is_counted_is_what_is_done(use):
    """The matcher that counts finds what `re` finds."""
    counted = Counted(use.pattern)
    for head, run, tail in texts(counted.tree):
        text = head + run + run + tail + head + run
        if use.how in ("match", "fullmatch", "search"):
            found = getattr(use.pattern, use.how)(text)
            expected = [found.span()] if found else []
        else:
            expected = [found.span() for found in use.pattern.finditer(text)]
        assert list(counted.spans(text, use.how)) == expected, text


def test_growth_with_the_square_of_a_text_is_seen():
    """Patterns that were in use once, and others of their kind; the last are in proportion."""
    squared = (r"(\\*)!\[", r"<[^>]*>", r"\s+$", r"x*y", r"^a\s*(.+)b$", r"(a|b)*c", r"<s>.*?</s>")
    for pattern in squared:
        counted = Counted(re.compile(pattern, re.DOTALL))
        grown = (growth(counted, SCANS, parts, SHORT) for parts in texts(counted.tree))
        assert any(much > MOST_GROWTH for much in grown), pattern
    for pattern in (r"(?<!\\)(\\*)!\[", r"<[^<>]*>", r"x{0,30}y", r"\w+", r"[a-z]+(?=;)?"):
        assert not most_growth(Use("here", re.compile(pattern), SCANS)), pattern


@pytest.mark.parametrize("use", FOUND, ids=lambda use: f"{use.where}-{use.how}")
def test_a_pattern_takes_steps_in_proportion_to_its_text(use):
    assert most_growth(use) == {}


def most_growth(use):
    """Return on which texts the steps of a pattern grow too fast, and by how much."""
    counted = Counted(use.pattern)
    suspects = sorted(
        ((growth(counted, use.how, parts, SHORT), parts) for parts in texts(counted.tree)),
        key=lambda suspect: -suspect[0],
    )
    grown = {
        parts: growth(counted, use.how, parts, LONG)
        for short, parts in suspects[:2]
        if short > MOST_GROWTH
    }
    return {parts: much for parts, much in grown.items() if much > MOST_GROWTH}
