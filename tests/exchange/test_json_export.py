"""Progress moves between devices: out, in again, and both ways, with nothing lost."""

import json
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prep.clock import Clock
from prep.content import importer
from prep.content.import_report import Counts
from prep.content.sites import sources
from prep.errors import ExportFormatError, PrepError
from prep.exchange import device_merge, json_export
from prep.practice import answers, mock, mock_notes, past_attempts, reviews, stories
from prep.progress import own_questions, passes, reading, settings, time_spent
from prep.progress.tracker import STATUSES, Tracker
from prep.store import change_keys, change_list, undo_redo
from prep.store.database import open_database
from tests.torture.small_content import FIRST, SECOND

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
        return device_merge.merge(self.db, json_export.read(data, "export.json"), "export.json")

    def export(self):
        return json_export.export(self.db)


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


def test_an_export_reads_back_into_an_empty_database_byte_for_byte(devices):
    laptop, phone, _ = devices
    live(laptop)
    exported = laptop.export()
    merged = phone.take_in(exported)
    assert phone.export() == exported
    assert merged.counts["story"] == Counts(added=1)
    assert merged.counts["changes"].added == len(json.loads(exported)["changes"])


def test_answers_that_are_saved_again_and_again_take_the_room_of_what_was_typed(devices):
    """Else a year of use is larger than what is read back, and devices can no longer be merged."""
    laptop, phone, _ = devices
    typed = 0
    texts = dict.fromkeys(("L-01", "L-02", "SD-001", "SD-002"), "")
    for save in range(40):
        for question_id, text in texts.items():
            more = f"{save} of {question_id}. " + "What I did, and what came of it. " * 6
            texts[question_id] = text[: len(text) // 2] + more + text[len(text) // 2 :]
            typed += len(more)
            answers.save(laptop.db, laptop.clock, question_id, texts[question_id])
    exported = laptop.export()
    saves = len(json.loads(exported)["changes"])
    assert len(exported) < typed + 300 * saves + 2_000
    phone.take_in(exported)
    assert phone.export() == exported
    for question_id in texts:
        assert [r.body for r in answers.revisions(phone.db, question_id)] == [
            r.body for r in answers.revisions(laptop.db, question_id)
        ]


def test_what_was_ever_written_is_bounded_not_only_the_file(devices, monkeypatch):
    laptop, phone, _ = devices
    text = "x" * 1_000
    answers.save(laptop.db, laptop.clock, "L-01", text)
    for n in range(20):
        answers.save(laptop.db, laptop.clock, "L-01", f"{text}{n}")
    exported = laptop.export()
    assert json_export.warning(laptop.db, exported) == ""
    monkeypatch.setattr(json_export, "MAX_TEXT", 20_000)
    assert "too large to be imported again" in json_export.warning(laptop.db, exported)
    with pytest.raises(ExportFormatError, match="more than 20,000 characters"):
        phone.take_in(exported)


def test_what_is_there_already_changes_nothing(devices):
    laptop, _, _ = devices
    live(laptop)
    before = "\n".join(laptop.db.conn.iterdump())
    merged = laptop.take_in(laptop.export())
    assert merged.counts == {"changes": Counts()}
    assert "\n".join(laptop.db.conn.iterdump()) == before


def test_of_a_field_that_both_changed_the_newer_stays(devices):
    laptop, phone, _ = devices
    Tracker(laptop.db, laptop.clock).edit({"L-01": {"personal_notes": "older", "starred": True}})
    phone.now += timedelta(hours=1)
    Tracker(phone.db, phone.clock).edit({"L-01": {"personal_notes": "newer"}})
    for here, there in ((laptop, phone), (phone, laptop)):
        here.take_in(there.export())
        state = Tracker(here.db, here.clock).state("L-01")
        assert (state.personal_notes, state.starred) == ("newer", 1)
    told = [(c.old, c.new) for c in change_list.changes(phone.db, field="personal_notes")]
    assert told == [("", "newer"), ("", "older")], "the history is one, each as it was done"


def test_dates_go_with_their_status(devices):
    laptop, phone, _ = devices
    Tracker(laptop.db, laptop.clock).set_status("L-01", "done")
    phone.now += timedelta(hours=1)
    Tracker(phone.db, phone.clock).set_status("L-01", "in_progress")
    laptop.take_in(phone.export())
    state = Tracker(laptop.db, laptop.clock).state("L-01")
    assert (state.status, state.done_on) == ("in_progress", None)


def test_the_same_number_of_two_devices_means_two_stories(devices):
    laptop, phone, _ = devices
    phone.now += timedelta(hours=1)
    live(laptop, seed=1)
    live(phone, seed=2)
    for _ in range(2):  # the second time changes nothing
        laptop.take_in(phone.export())
        assert {story.title for story in stories.list_stories(laptop.db)} == {"Story 1", "Story 2"}
        assert len(stories.links(laptop.db)) == 4
        own = laptop.db.execute("SELECT title FROM question WHERE own ORDER BY id").fetchall()
        assert own == [("My question 1",), ("My question 2",)]
        assert len(passes.list_passes(laptop.db)) == 2
        assert len(past_attempts.list_answers(laptop.db)) == 2
    assert stories.save(laptop.db, laptop.clock, {"title": "Third"}) == "ST-003"


def act(device, chance):
    db, clock = device.db, device.clock
    question = f"L-0{chance.randint(1, 3)}"
    acts = [
        lambda: Tracker(db, clock).set_status(question, chance.choice(STATUSES)),
        lambda: Tracker(db, clock).edit({question: {"personal_notes": str(chance.random())}}),
        lambda: answers.save(db, clock, question, str(chance.random())),
        lambda: reviews.rate(db, clock, question, chance.randint(1, 4)),
        lambda: undo_redo.undo(db, clock),
    ]
    chance.choice(acts)()


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
    assert laptop.export() == phone.export() == tablet.export()
    for device in devices:
        assert device.db.execute("PRAGMA foreign_key_check").fetchall() == []
        undone = 0
        while undo_redo.undo(device.db, device.clock):  # each leaves dates and status in order
            undone += 1
        assert undone > 20


def test_another_numbering_of_the_sheets_is_followed(devices):
    laptop, phone, _ = devices
    Tracker(laptop.db, laptop.clock).set_status("SD-012", "done")
    data = laptop.export().replace(b"SD-012", b"SD-119")  # as an earlier index may have had it
    phone.take_in(data)
    assert Tracker(phone.db, phone.clock).state("SD-012").status == "done"
    assert Tracker(phone.db, phone.clock).state("SD-119").status == "todo"


PACKED = {"keeps": [9, 9], "text": ""}  # of a text that was not there
KEY, LATER, LAST = (change_keys.made_of(10**12 + n, 0, 0) for n in range(3))
TOO_LATE = change_keys.made_of(2**43, 0, 0)


def said(**changed):
    """Return a change as an export has it, that says nothing."""
    row = {"key": KEY, "device": None, "at": "2026-01-01T00:00:00+00:00", "fields": []}
    return row | changed


def changed_index(db, clock, *replaced):
    """Import the shipped index with other words in the behavioral sheet's entries."""
    text = sources.SHIPPED_INDEX.read_text()
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    path = Path(db.execute("PRAGMA database_list").fetchone()[2]).with_name("changed.json")
    path.write_text(text)
    importer.import_content(db, sources.read_content(path), "changed", clock)


def test_what_the_sheets_here_do_not_have_waits_for_them(devices):
    """The laptop has a later index: its new question's progress is kept until it comes here."""
    laptop, phone, _ = devices
    words = ("12 Web Crawler", "12 Feature Flags")
    changed_index(laptop.db, laptop.clock, words)
    Tracker(laptop.db, laptop.clock).edit({"SD-012": {"personal_notes": "flags"}})
    Tracker(phone.db, phone.clock).edit({"SD-012": {"personal_notes": "crawler"}})
    phone.take_in(laptop.export())
    laptop.take_in(phone.export())
    assert Tracker(phone.db, phone.clock).state("SD-012").personal_notes == "crawler"
    assert Tracker(laptop.db, laptop.clock).state("SD-012").personal_notes == "flags"
    changed_index(phone.db, phone.clock, words)
    assert Tracker(phone.db, phone.clock).state("SD-012").personal_notes == "flags"
    assert phone.export() == laptop.export()


def test_an_article_and_a_category_that_are_not_here_wait_as_well(devices):
    laptop, phone, _ = devices
    laptop.db.execute(
        "UPDATE article SET permalink = '/new/', title = 'New'"
        " WHERE permalink = '/system-design/classic/url-shortener/'"
    )
    laptop.db.execute("INSERT INTO category VALUES ('behavioral', 17, 'Quantum', NULL)")
    reading.note_section(laptop.db, laptop.clock, "/new/", "1-hook", "a note")
    own_questions.add(
        laptop.db,
        laptop.clock,
        {
            "sheet": "behavioral",
            "category_position": 17,
            "title": "Which way?",
            "level": "EM",
            "difficulty": "Low",
        },
    )
    phone.take_in(laptop.export())
    assert reading.section_notes(phone.db, "/new/") == {"1-hook": "a note"}
    shown = phone.db.execute("SELECT category FROM tracker WHERE id = 'X-001'").fetchone()
    assert shown == ("Quantum",)


@pytest.mark.parametrize("first_imports", [True, False])
def test_a_category_that_only_the_later_index_has_is_no_other_one(tmp_path, first_imports):
    """By its place alone, what is first there would be the first here, under another title."""
    devices = []
    for name, content in (("later", SECOND), ("earlier", FIRST)):
        with open_database(tmp_path / f"{name}.db") as db:
            device = Device(tmp_path / f"{name}.db", db)
            importer.import_content(db, content, name, device.clock)
            devices.append(device)
    for device in devices:
        device.db = open_database(device.path)
    later, earlier = devices
    asked = {"title": "Why here?", "level": "EM", "difficulty": "High"}
    where = {"sheet": "behavioral", "category_position": 1}
    own_questions.add(later.db, later.clock, asked | where)
    if first_imports:
        importer.import_content(earlier.db, SECOND, "later", earlier.clock)
    earlier.take_in(later.export())
    category = "SELECT category FROM tracker WHERE id = 'X-001'"
    assert earlier.db.execute(category).fetchone() == ("Growth",)
    importer.import_content(earlier.db, SECOND, "later", earlier.clock)
    assert earlier.db.execute(category).fetchone() == ("Growth",)
    assert earlier.export() == later.export()
    for device in devices:
        device.db.close()


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
        (broken(version=3), "update Prep"),
        (broken(changes={}), "changes is missing or no list"),
        (broken(questions={"Z": "no id"}), "what no export does"),
        (broken(questions={"L-01": 1}), "what no export does"),
        (broken(numbers={"1": "ST-001"}), "what no export does"),
        (broken(numbers={KEY: "L-01"}), "what no export does"),
        (broken(times={"L-01#reading#today": 1}), "what no export does"),
        (broken(times={"L-01#reading#2026-11-02": -1}), "what no export does"),
        (broken(changes=[1]), "what no export does"),
        (broken(changes=[said(at="now")]), "what no export does"),
        (broken(changes=[said(at="2026-01-01T00:00:00")]), "no time zone"),
        (broken(changes=[said(key="1")]), "what no export does"),
        (broken(changes=[said(key=TOO_LATE)]), "what no export does"),
        (broken(changes=[said(), said()]), "what no export does"),
        (broken(changes=[said(device="me")]), "what no export does"),
        (broken(changes=[said(undoes=KEY)]), "what no export does"),
        (
            broken(changes=[said(), said(key=LATER, undoes=KEY), said(key=LAST, undoes=LATER)]),
            "what no export does",
        ),
        (
            broken(changes=[said(fields=[["question", "L-01", "status", "done"]])]),
            "what no export does",
        ),
        (
            broken(changes=[said(fields=[["question", "L-01", "status", "done", "todo"]])]),
            "does not fit",
        ),
        (
            broken(changes=[said(fields=[["question", "L-01", "a; DROP", "done", "todo"]])]),
            "does not fit",
        ),
        (broken(changes=[said(fields=[["setting", "a", "value", 10**30, None]])]), "does not fit"),
        (
            broken(changes=[said(fields=[["answer", "L-01", "body", PACKED, ""]])]),
            "what no export does",
        ),
        (broken(changes=[said(fields=[["nothing", "a", "value", 1, None]])]), "does not fit"),
        (broken(changes=[said(fields=[["card", "L-999", "card", None, "{}"]])]), "does not say"),
    ],
)
def test_what_is_no_export_is_refused_in_one_line(devices, change, why):
    laptop, phone, _ = devices
    live(laptop)
    before = "\n".join(phone.db.conn.iterdump())
    with pytest.raises(ExportFormatError, match=why) as refusal:
        phone.take_in(change(laptop.export()))
    assert "\n" not in str(refusal.value)
    assert isinstance(refusal.value, PrepError)
    assert "\n".join(phone.db.conn.iterdump()) == before
