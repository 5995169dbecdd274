"""No test's verdict hangs on how fast the machine is: tests/bench measures time, tests count work.

Where something is waited for, `HANG_GUARDS` end the wait after ten times what a slow machine needs.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FILES = [path for path in sorted(TESTS.rglob("*.py")) if TESTS / "bench" not in path.parents]
HANG_GUARDS = {"eventually", "wait_until_answering"}
CLOCKS = {
    f"{module}{clock}"
    for clock in ("monotonic", "perf_counter", "process_time", "thread_time", "time")
    for module in ("time.", "")
    if module or clock != "time"
}
CALCULATES = {"abs", "max", "min", "round", "sum", "pytest.approx"}
GIVES_A_NAME = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr, ast.Return)
ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def names(node):
    """Return what an expression comes from: names; of `a.b` also `.b`, as other functions know it.

    What a call is given does not count: the time is told to many that do not measure it.
    """
    if isinstance(node, ast.Call) and ast.unparse(node.func) not in CALCULATES:
        return names(node.func)
    own = {ast.unparse(node)} if isinstance(node, ast.Name | ast.Attribute) else set()
    own |= {f".{node.attr}"} if isinstance(node, ast.Attribute) else set()
    return own.union(*map(names, ast.iter_child_nodes(node)))


def timed(function, known):
    """Return `known` and the names that a function gives to what comes from it."""
    given = [n for n in ast.walk(function) if isinstance(n, GIVES_A_NAME) and n.value]
    found, before = set(known), None
    while found != before:
        before = set(found)
        for node in given:
            if names(node.value) & found:
                targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
                found |= {function.name} if targets == [None] else assigned(targets)
    return found


def assigned(targets):
    whole = [n for target in targets for n in getattr(target, "elts", [target])]
    return {f".{n.attr}" if isinstance(n, ast.Attribute) else ast.unparse(n) for n in whole}


def decided_by_time(function, known):
    """Yield the lines where a function is given a deadline or asserts on a clock or seconds."""
    found = timed(function, known)
    for node in ast.walk(function):
        if isinstance(node, ast.keyword) and node.arg == "deadline":  # tests/conftest.py has none
            yield node.value.lineno
        if isinstance(node, ast.Assert):
            compared = [n for n in ast.walk(node.test) if isinstance(n, ast.Compare)]
            ordered = [n for n in compared if isinstance(n.ops[0], ORDERS)]
            in_seconds = any("SECONDS" in name for n in ordered for name in names(n))
            if in_seconds or names(node.test) & found:
                yield node.lineno


def faults(text):
    """Return the lines of a file's text whose verdict depends on time."""
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]
    functions = [function for function in functions if function.name not in HANG_GUARDS]
    own, known = {function.name for function in functions}, set(CLOCKS)
    for function in functions * 2:  # what one gives back or keeps, another may compare
        known |= {name for name in timed(function, known) if name in own or name[0] == "."}
    return sorted({line for function in functions for line in decided_by_time(function, known)})


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_nothing_is_decided_by_the_clock(path):
    assert faults(path.read_text()) == []
