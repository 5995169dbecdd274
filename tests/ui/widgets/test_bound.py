"""A widget writes what the person changed, and nothing that it merely says once more."""

import re
from datetime import date
from pathlib import Path

import pytest

from prep.ui.widgets import bound

ROOT = Path(__file__).parents[3]
DAY = date(2026, 11, 26)


@pytest.fixture
def state(monkeypatch):
    """Return what a visit's widgets hold."""
    state = {}
    monkeypatch.setattr(bound.st, "session_state", state)
    return state


@pytest.mark.parametrize(
    ("drawn", "chosen"),
    [
        (DAY, date(2026, 11, 25)),
        (DAY, None),
        (None, DAY),
        ("todo", "done"),
        ([], ["L-01"]),
        (False, True),
        (3, 4),
    ],
)
def test_what_the_person_changed_is_a_change(state, drawn, chosen):
    bound.bind("field", drawn)
    state["field"] = chosen
    assert bound.is_changed("field")


@pytest.mark.parametrize("drawn", [DAY, None, "todo", ["L-01"], False, 3, 0.9])
def test_what_was_drawn_is_none(state, drawn):
    bound.bind("field", drawn)
    assert not bound.is_changed("field")


@pytest.mark.parametrize(
    "drawn", [[False, True, None], [DAY, None, date(2026, 11, 27)], [[], ["L-01"], []], [5, 10, 5]]
)
def test_what_stands_there_already_is_not_given_again(monkeypatch, drawn):
    """Given again, it would take back what was clicked since and is on its way."""
    given = []

    class State(dict):
        def __setitem__(self, key, value):
            given.append((key, value))
            super().__setitem__(key, value)

    monkeypatch.setattr(bound.st, "session_state", State())
    for value in drawn:
        for _ in range(2):
            bound.bind("field", value)
            assert not bound.is_changed("field")
    assert [value for key, value in given if key == "field"] == drawn


def test_what_could_not_be_written_gives_way_to_what_is(state):
    bound.bind("field", "todo")
    state["field"] = "done"
    bound.bind("field", "todo")
    assert state["field"] == "todo"


def test_a_field_that_is_no_more_says_nothing(state):
    bound.bind("field", DAY)
    del state["field"]
    assert not bound.is_changed("field")


def test_it_is_held_against_what_was_drawn_last(state):
    bound.bind("field", "todo")
    bound.bind("field", "done")
    assert not bound.is_changed("field")


# A text area that compares by itself, and widgets that write nothing or are only emptied.
GIVEN_OTHERWISE = {
    "bound.py",
    "typed_text.py",
    "filters.py",
    "paging.py",
    "plan_settings.py",
    "sheet_table.py",
    "story_bank.py",
}


def test_widgets_are_given_what_the_database_holds_here_alone():
    gives = re.compile(r'st\.session_state\[("[^"]*"|[a-z_]*key)\] = ')
    sources = [*ROOT.glob("prep/ui/**/*.py"), *ROOT.glob("pages/*.py")]
    assert {path.name for path in sources if gives.search(path.read_text())} <= GIVEN_OTHERWISE


def test_who_gives_a_widget_its_value_asks_whether_it_changed():
    for path in [*ROOT.glob("prep/ui/**/*.py"), *ROOT.glob("pages/*.py")]:
        source = path.read_text()
        assert ("bound.bind" in source) == ("bound.is_changed(" in source), path.name
