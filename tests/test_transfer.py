"""Progress moves between devices: out, in again, and both ways, with nothing lost."""

import json
import random
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from prep import (
    answers,
    history,
    merging,
    mock,
    own_questions,
    passes,
    reading,
    review,
    settings,
    stories,
    time_spent,
    transfer,
)  # fmt: skip
from prep.clock import Clock
from prep.database import open_database
from prep.errors import ExportFormatError, PrepError
from prep.tracker import STATUSES, Tracker

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
        with closing(transfer.read(data, "export.json")) as theirs:
            return merging.merge(self.db, theirs, "export.json")

    def export(self):
        return transfer.export(self.db)


@pytest.fixture
def devices(filled_file, tmp_path):
    """Three devices that have nothing personal yet."""
    made = []
    for name in ("laptop", "phone", "tablet"):
        path = tmp_path / f"{name}.db"
        shutil.copy(filled_file, path)
        made.append(Device(path, open_database(path)))
    yield made
    for device in made:
        device.db.close()


def live(device, *, seed=1):
    """Do one of everything, and undo something."""
    db, clock = device.db, device.clock
    tracker = Tracker(db, clock)
    tracker.set_status(["L-01", "SD-001", "SD-002"], "done")
    tracker.edit({"L-02": {"status": "in_progress", "personal_notes": "=1+1 \U0001f600 </script>"}})
    settings.change(db, clock, {"pace": "2 questions", "target_on": "2027-03-01"})
    story = stories.save(db, clock, {"title": f"Story {seed}", "metric": "2 → 30"})
    stories.link(db, clock, story, {"L-01": "angle", "L-02": ""})
    own = own_questions.add(db, clock, {"sheet": "system-design", "category_position": 2,
                                        "title": f"My question {seed}"})  # fmt: skip
    tracker.set_status(own, "drafted")
    answers.save(db, clock, "L-03", "First")
    answers.save(db, clock, "L-03", "Second\n\n```mermaid\ngraph TD\n```")
    answers.keep_draft(db, clock, "L-04", "not saved yet")
    review.rate(db, clock, "L-01", 3)
    time_spent.enter(db, clock, "L-01", 20, clock.today())
    permalink = next(db.query("SELECT permalink FROM article LIMIT 1"))["permalink"]
    reading.mark_read(db, clock, permalink)
    reading.note_section(db, clock, permalink, "1-hook", "nice")
    reading.add_seconds(db, permalink, 90)
    attempt = mock.start(db, clock, "question", ["L-05"])
    mock.next_question(db, clock, attempt, "L-05")
    mock.rate(db, attempt, "L-05", 2)
    mock.finish(db, clock, attempt)
    passes.begin(db, clock, ["SD-002"], "Last year")
    tracker.set_status("SD-003", "done")
    history.undo(db, clock)


def test_an_export_reads_back_into_an_empty_database_byte_for_byte(devices):
    laptop, phone, _ = devices
    live(laptop)
    exported = laptop.export()
    merged = phone.take_in(exported)
    assert phone.export() == exported
    assert merged.added["story"] == 1
    assert merged.changes == len(json.loads(exported)["changes"])


def test_what_is_there_already_changes_nothing(devices):
    laptop, _, _ = devices
    live(laptop)
    before = "\n".join(laptop.db.conn.iterdump())
    merged = laptop.take_in(laptop.export())
    assert (merged.added, merged.changed, merged.changes) == ({}, {}, 0)
    assert "\n".join(laptop.db.conn.iterdump()) == before


def test_of_a_field_that_both_changed_the_newer_stays(devices):
    laptop, phone, _ = devices
    Tracker(laptop.db, laptop.clock).edit({"L-01": {"personal_notes": "older", "starred": True}})
    phone.now += timedelta(hours=1)
    Tracker(phone.db, phone.clock).edit({"L-01": {"personal_notes": "newer"}})
    for here, there in ((laptop, phone), (phone, laptop)):
        here.take_in(there.export())
        state = Tracker(here.db, here.clock).state("L-01")
        assert (state["personal_notes"], state["starred"]) == ("newer", 1)
    told = [(c.old, c.new) for c in history.changes(phone.db, field="personal_notes")]
    assert told == [("older", "newer"), ("", "older")], "the history is one"


def test_dates_go_with_their_status(devices):
    laptop, phone, _ = devices
    Tracker(laptop.db, laptop.clock).set_status("L-01", "done")
    phone.now += timedelta(hours=1)
    Tracker(phone.db, phone.clock).set_status("L-01", "in_progress")
    laptop.take_in(phone.export())
    state = Tracker(laptop.db, laptop.clock).state("L-01")
    assert (state["status"], state["done_on"]) == ("in_progress", None)


def test_the_same_number_of_two_devices_means_two_stories(devices):
    laptop, phone, _ = devices
    phone.now += timedelta(hours=1)
    live(laptop, seed=1)
    live(phone, seed=2)
    for _ in range(2):  # the second time changes nothing
        laptop.take_in(phone.export())
        assert {story.title for story in stories.every(laptop.db)} == {"Story 1", "Story 2"}
        assert len(stories.links(laptop.db)) == 4
        own = laptop.db.execute("SELECT title FROM question WHERE own ORDER BY id").fetchall()
        assert own == [("My question 1",), ("My question 2",)]
        assert len(passes.every(laptop.db)) == 2
        assert len(mock.attempts(laptop.db)) == 2
    assert stories.save(laptop.db, laptop.clock, {"title": "Third"}) == "ST-003"


def act(device, chance):
    db, clock = device.db, device.clock
    question = f"L-0{chance.randint(1, 3)}"
    acts = [
        lambda: Tracker(db, clock).set_status(question, chance.choice(STATUSES)),
        lambda: Tracker(db, clock).edit({question: {"personal_notes": str(chance.random())}}),
        lambda: answers.save(db, clock, question, str(chance.random())),
        lambda: review.rate(db, clock, question, chance.randint(1, 4)),
        lambda: history.undo(db, clock),
    ]
    chance.choice(acts)()


def told(device):
    """Return what a device holds, and when each of its changes was made."""
    data = json.loads(device.export())
    return data["tables"], [change["at"] for change in data["changes"]]


@pytest.mark.parametrize("seed", range(6))
def test_devices_that_exchange_all_end_alike(devices, seed):
    chance = random.Random(seed)
    laptop, phone, tablet = devices
    for _ in range(60):
        device = chance.choice(devices)
        device.now = max(d.now for d in devices)
        act(device, chance)
        if chance.random() < 0.1:
            device.take_in(chance.choice(devices).export())
    for _ in range(2):
        for here in devices:
            for there in devices:
                here.take_in(there.export())
    assert told(laptop) == told(phone) == told(tablet)
    for device in devices:
        assert device.db.execute("PRAGMA foreign_key_check").fetchall() == []
        undone = 0
        while history.undo(device.db, device.clock):  # each leaves dates and status in order
            undone += 1
        assert undone > 20


def test_another_numbering_of_the_sheets_is_followed(devices):
    laptop, phone, _ = devices
    Tracker(laptop.db, laptop.clock).set_status("SD-012", "done")
    data = laptop.export().replace(b"SD-012", b"SD-119")  # as an earlier index may have had it
    phone.take_in(data)
    assert Tracker(phone.db, phone.clock).state("SD-012")["status"] == "done"
    assert Tracker(phone.db, phone.clock).state("SD-119")["status"] == "todo"


def broken(**changed):
    def change(data):
        return json.dumps(json.loads(data) | changed).encode()

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data[: len(data) // 2], "no JSON that can be read"),
        (lambda data: b"\xff\xfe" + data, "no JSON that can be read"),
        (lambda data: b"[" * 100_000, "no JSON that can be read"),
        (lambda data: b'{"format": NaN}', "no JSON that can be read"),
        (lambda data: b"[]", "no export of Prep"),
        (lambda data: b" " * 50_000_001, "larger than"),
        (broken(format="grind"), "no export of Prep"),
        (broken(version=2), "update Prep"),
        (broken(tables=[]), "tables is missing or no dict"),
        (broken(tables={"sqlite_master": []}), "has no table 'sqlite_master'"),
        (broken(tables={"progress": [{"status": "done"}]}), "what no export does"),
        (broken(tables={"progress": [{"a; DROP TABLE": 1}]}), "progress has no a; DROP TABLE"),
        (broken(tables={"progress": [{"question_id": ["L-01"]}]}), "what no export does"),
        (broken(tables={"setting": [{"key": "a", "value": 10**30}]}), "what no export does"),
        (broken(tables={"setting": [1]}), "what no export does"),
        (broken(questions={"Z-99": "What is that?"}), "not in the sheets here"),
        (broken(changes=[{"at": "now", "undoes": None, "fields": []}]), "what no export does"),
        (broken(changes=[{"at": "2026-01-01T00:00:00+00:00", "undoes": 0, "fields": []}]),
         "what no export does"),
        (broken(tables={"reading": [{"permalink": "/none/"}]}), "articles .* not here"),
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused_in_one_line(devices, change, why):
    laptop, phone, _ = devices
    live(laptop)
    before = "\n".join(phone.db.conn.iterdump())
    with pytest.raises(ExportFormatError, match=why) as refusal:
        phone.take_in(change(laptop.export()))
    assert "\n" not in str(refusal.value)
    assert isinstance(refusal.value, PrepError)
    assert "\n".join(phone.db.conn.iterdump()) == before
