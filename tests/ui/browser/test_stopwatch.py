"""The stopwatch of a question is given what was counted so far."""

from prep.clock import Clock
from prep.progress import time_spent


def test_it_is_given_the_seconds_of_today(open_page, db):
    clock = Clock()
    time_spent.add(db, clock, "L-01", time_spent.ANSWERING, 95)
    test = open_page("question", id="L-01", view="answer")
    found = [e for e in test.main if "stopwatch" in str(getattr(e, "proto", ""))]
    assert any('"seconds": 95' in str(element.proto).replace('\\"', '"') for element in found)
