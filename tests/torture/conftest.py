"""How long the torture lasts, and the table of what it withstood."""

import os

import pytest

FULL = bool(os.environ.get("PREP_TORTURE"))
_ROWS = {}
_WEIGHED = {}


def either(full, short):
    """Return the size for `make torture`, or the one for every run."""
    return full if FULL else short


@pytest.fixture
def withstood():
    """Return a function that notes a line for the table: what, how often, what was found.

    The same found of the same is one line.
    """

    def note(what, times, found):
        seen = _ROWS.get((what, found))
        _ROWS[what, found] = times if seen is None else seen + times

    return note


@pytest.fixture
def weighed():
    """Return a function that notes what one file of a kind took: the table holds the most."""

    def note(kind, megabytes, seconds):
        files, most, longest = _WEIGHED.get(kind, (0, 0, 0))
        _WEIGHED[kind] = (files + 1, max(most, megabytes), max(longest, seconds))

    return note


def pytest_terminal_summary(terminalreporter):
    for kind, (files, most, longest) in _WEIGHED.items():
        _ROWS[kind, f"at most {most:.0f} MB, {longest:.1f} s"] = files
    if not _ROWS:
        return
    terminalreporter.write_line("")
    terminalreporter.write_line("| what | times | found |")
    terminalreporter.write_line("| --- | --- | --- |")
    for (what, found), times in _ROWS.items():
        terminalreporter.write_line(f"| {what} | {times} | {found} |")
