"""A clock that a test moves on, and mock interviews that were held."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from prep.clock import Clock
from prep.practice import mock, mock_notes

KOLKATA = ZoneInfo("Asia/Kolkata")
BEGIN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LOOP = ["L-01", "L-02", "L-03"]


class Watch:
    """A clock that a test moves on."""

    def __init__(self, now=BEGIN, zone=UTC):
        self.now = now
        self.clock = Clock(zone, now=lambda: self.now)

    def on(self, seconds):
        self.now += timedelta(seconds=seconds)


def finished(db, watch, ids=("L-01",), rating=3, scores=None, kind="question"):
    """Hold a mock interview of a minute a question; return its id."""
    attempt = mock.start(db, watch.clock, kind, ids)
    for question_id in ids:
        watch.on(60)
        mock.next_question(db, watch.clock, attempt, question_id)
        for line, value in (scores or {}).items():
            mock_notes.score(db, attempt, question_id, line, value)
        mock_notes.rate(db, attempt, question_id, rating)
    mock.finish(db, watch.clock, attempt)
    return attempt
