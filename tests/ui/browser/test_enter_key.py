"""Enter in a line is told with what stood there, and only of the line that is there now."""

from types import SimpleNamespace

import pytest

from prep.ui.browser import enter_key


@pytest.fixture
def enter(monkeypatch):
    """Return a function that draws it for a field and has the browser tell of Enter in another."""
    given, state = [], {}
    monkeypatch.setattr(enter_key, "_listen", lambda **parts: given.append(parts))
    monkeypatch.setattr(enter_key.st, "session_state", state)

    def enter(drawn, field, text):
        taken = []
        enter_key.draw(drawn, taken.append, takes_focus=True)
        assert given[-1]["data"] == {"field": drawn, "takes_focus": True}
        state[given[-1]["key"]] = SimpleNamespace(entered={"field": field, "text": text})
        given[-1]["on_entered_change"]()
        return taken

    return enter


def test_what_was_entered_is_taken(enter):
    assert enter("line-1", "line-1", "resist") == ["resist"]


def test_what_was_entered_in_a_line_that_is_gone_is_not_taken(enter):
    assert enter("line-2", "line-1", "resist") == []
