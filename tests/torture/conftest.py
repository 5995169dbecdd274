"""How long the torture lasts, and the table of what it withstood."""

import os

import pytest

FULL = bool(os.environ.get("PREP_TORTURE"))
_ROWS = {}


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


def pytest_terminal_summary(terminalreporter):
    if not _ROWS:
        return
    terminalreporter.write_line("")
    terminalreporter.write_line("| what | times | found |")
    terminalreporter.write_line("| --- | --- | --- |")
    for (what, found), times in _ROWS.items():
        terminalreporter.write_line(f"| {what} | {times} | {found} |")
