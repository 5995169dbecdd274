"""How long the torture lasts, and the table of what it withstood."""

import os

import pytest

FULL = bool(os.environ.get("PREP_TORTURE"))
_ROWS = []


def either(full, short):
    """Return the size for `make torture`, or the one for every run."""
    return full if FULL else short


@pytest.fixture
def withstood():
    """Return a function that notes a line for the table: what, how often, what was found."""
    return lambda what, times, found: _ROWS.append((what, times, found))


def pytest_terminal_summary(terminalreporter):
    if not _ROWS:
        return
    terminalreporter.write_line("")
    terminalreporter.write_line("| what | times | found |")
    terminalreporter.write_line("| --- | --- | --- |")
    for row in _ROWS:
        terminalreporter.write_line("| " + " | ".join(str(cell) for cell in row) + " |")
