"""A field is given its text once, and what is typed since is known."""

import pytest

from prep.ui.visit import typed_text


@pytest.fixture
def state(monkeypatch):
    state = {}
    monkeypatch.setattr(typed_text.st, "session_state", state)
    return state


def register(text, key="notes"):
    typed_text.register(key, text, keep=print)


def not_kept():
    return [(field.kept, text) for field, text in typed_text.not_kept()]


def test_a_field_begins_with_what_the_database_holds(state):
    register("saved")
    assert state["notes"] == "saved"
    assert not_kept() == []


def test_what_is_typed_is_not_replaced_by_the_next_run(state):
    register("saved")
    state["notes"] = "typed"
    register("saved")
    assert state["notes"] == "typed"
    assert not_kept() == [("saved", "typed")]


def test_what_another_tab_saved_is_shown(state):
    register("saved")
    register("from elsewhere")
    assert state["notes"] == "from elsewhere"


def test_a_field_that_stands_there_again_begins_anew(state):
    register("saved")
    del state["notes"]
    register("saved")
    assert state["notes"] == "saved"


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_emptied_field_is_an_empty_text(state, nothing):
    register("saved")
    state["notes"] = nothing
    assert not_kept() == [("saved", "")]


def test_without_a_field_there_is_nothing(state):
    assert not_kept() == []
