"""How long the torture lasts, and the table of what it withstood."""

import os

import pytest

FULL = bool(os.environ.get("PREP_TORTURE"))
_LINE, _FILE = "torture: a line", "torture: a file"


def either(full, short):
    """Return the size for `make torture`, or the one for every run."""
    return full if FULL else short


@pytest.fixture
def withstood(record_property):
    """Return a function that notes a line for the table: what, how often, what was found.

    The same found of the same is one line.
    """

    def note(what, times, found):
        record_property(_LINE, (what, times, found))

    return note


@pytest.fixture
def weighed(record_property):
    """Return a function that notes what one file of a kind took: the table holds the most."""

    def note(kind, megabytes, seconds):
        record_property(_FILE, (kind, megabytes, seconds))

    return note


def pytest_terminal_summary(terminalreporter):
    rows = list(_rows(_noted(terminalreporter)))
    if not rows:
        return
    terminalreporter.write_line("")
    terminalreporter.write_line("| what | times | found |")
    terminalreporter.write_line("| --- | --- | --- |")
    for what, times, found in rows:
        terminalreporter.write_line(f"| {what} | {times} | {found} |")


def _noted(terminalreporter):
    """Return what the tests of all processes noted: a list of lines, a list of files."""
    noted = {_LINE: [], _FILE: []}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", []):
                if report.when == "call" and name in noted:
                    noted[name].append(value)
    return noted[_LINE], noted[_FILE]


def _rows(noted):
    """Yield the rows of the table: what, how often, what was found."""
    lines, files = noted
    times = {}
    for what, often, found in lines:
        times[what, found] = times[what, found] + often if (what, found) in times else often
    for (what, found), often in times.items():
        yield what, often, found
    for kind in dict.fromkeys(kind for kind, *_ in files):
        of_kind = [(megabytes, seconds) for name, megabytes, seconds in files if name == kind]
        most, longest = (max(values) for values in zip(*of_kind, strict=True))
        yield kind, len(of_kind), f"at most {most:.0f} MB, {longest:.1f} s"
