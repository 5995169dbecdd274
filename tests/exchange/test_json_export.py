"""Progress moves between devices: out, in again, and both ways, with nothing lost."""

import json
import random
from datetime import timedelta
from pathlib import Path

import pytest

from prep.content import importer
from prep.content.import_report import Counts
from prep.content.sites import sources
from prep.errors import ExportFormatError
from prep.exchange import json_export, json_import
from prep.practice import answers, past_attempts, reviews, stories
from prep.progress import own_questions, passes, reading
from prep.progress.tracker import STATUSES, Tracker
from prep.store import change_list, undo_redo
from prep.store.database import open_database
from tests.exchange.device import Device, live
from tests.torture.small_content import FIRST, SECOND


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
    for module in (json_export, json_import):
        monkeypatch.setattr(module, "MAX_TEXT", 20_000)
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
