"""A device: a database with a clock of its own, and a life in it."""

from datetime import UTC, datetime, timedelta

from prep.clock import Clock
from prep.exchange import device_merge, json_export, json_import
from prep.practice import answers, mock, mock_notes, reviews, stories
from prep.progress import own_questions, passes, reading, settings, time_spent
from prep.progress.tracker import Tracker
from prep.store import undo_redo

BEGIN = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


class Device:
    """A database of its own, and a clock that goes on with each act."""

    def __init__(self, path, db):
        self.path, self.db = path, db
        self.now = BEGIN
        self.clock = Clock(UTC, now=self._tick)

    def _tick(self):
        self.now += timedelta(seconds=1)
        return self.now

    def take_in(self, data):
        return device_merge.merge(self.db, json_import.read(data, "export.json"), "export.json")

    def export(self):
        return json_export.export(self.db)


def live(device, *, seed=1):
    """Do one of everything, and undo something."""
    db, clock = device.db, device.clock
    tracker = Tracker(db, clock)
    tracker.set_status(["L-01", "SD-001", "SD-002"], "done")
    tracker.edit({"L-02": {"status": "in_progress", "personal_notes": "=1+1 \U0001f600 </script>"}})
    settings.change(db, clock, {"pace": "2 questions", "target_on": "2027-03-01"})
    story = stories.save(db, clock, {"title": f"Story {seed}", "metric": "2 → 30"})
    stories.link(db, clock, story, {"L-01": "angle", "L-02": ""})
    own = own_questions.add(
        db,
        clock,
        {"sheet": "system-design", "category_position": 2, "title": f"My question {seed}"},
    )
    tracker.set_status(own, "drafted")
    answers.save(db, clock, "L-03", "First")
    answers.save(db, clock, "L-03", "Second\n\n```mermaid\ngraph TD\n```")
    answers.keep_draft(db, clock, "L-04", "not saved yet")
    reviews.rate(db, clock, "L-01", 3)
    time_spent.enter(db, clock, "L-01", 20, clock.today())
    permalink = next(db.query("SELECT permalink FROM article LIMIT 1"))["permalink"]
    reading.mark_read(db, clock, permalink)
    reading.note_section(db, clock, permalink, "1-hook", "nice")
    reading.add_seconds(db, permalink, 90)
    attempt = mock.start(db, clock, "question", ["L-05"])
    mock.next_question(db, clock, attempt, "L-05")
    mock_notes.rate(db, attempt, "L-05", 2)
    mock.finish(db, clock, attempt)
    passes.begin(db, clock, ["SD-002"], "Last year")
    tracker.set_status("SD-003", "done")
    undo_redo.undo(db, clock)
