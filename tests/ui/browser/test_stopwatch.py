"""The stopwatch of a question is given what was counted so far."""

from types import SimpleNamespace

from prep.clock import Clock
from prep.progress import time_spent
from prep.ui.browser import stopwatch


def test_it_is_given_the_seconds_of_today(open_page, db):
    clock = Clock()
    time_spent.add(db, clock, "L-01", time_spent.ANSWERING, 95)
    test = open_page("question", id="L-01", view="answer")
    found = [e for e in test.main if "stopwatch" in str(getattr(e, "proto", ""))]
    assert any('"seconds": 95' in str(element.proto).replace('\\"', '"') for element in found)


def test_what_is_told_twice_is_kept_once(monkeypatch):
    state, kept = {}, []
    monkeypatch.setattr(stopwatch.st, "session_state", state)
    for at, seconds in [(1, 20), (1, 20), (2, 20), (2, 20), (3, 7)]:
        state["stopwatch"] = SimpleNamespace(counted={"at": at, "seconds": seconds})
        stopwatch._keep_once(kept.append)
    assert kept == [20, 20, 7]
