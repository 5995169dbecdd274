"""Exports of the first form, written by the Prep of that time, come in whole.

`laptop.json` and `phone.json` are of two devices that did one of everything; the phone had taken
the laptop's in, under another number for its story, and went on. `indexes_for_pages.json` is what
the database of that name in `schemas` exported. `overwritten.json` is of another device
that had taken others in; `undone.json` of one that undid and redid.
"""

import gzip
import json
from pathlib import Path

import pytest

from prep.exchange import shared_log, validation
from prep.practice import answers, mock, stories
from prep.progress import passes, time_spent
from prep.progress.tracker import Tracker
from prep.store import change_rows, undo_redo
from prep.store.database import open_database
from tests.exchange.device import Device

HERE = Path(__file__).parents[1]
LAPTOP, PHONE = "laptop.json", "phone.json"


@pytest.fixture
def device(db_path, db):
    return Device(db_path, db)


def exported(name):
    return (HERE / "exports" / name).read_bytes()


def said(name):
    """Return the instant of each change that an export holds, and each text in it."""
    changes = json.loads(exported(name))["changes"]
    texts = {
        new
        for change in changes
        for subject, _, field, _, new in change["fields"]
        if isinstance(new, str) and (subject, field) != ("attempt", "state")
    }
    return [change["at"] for change in changes], texts - {"L-01", "L-02", "L-05"}


@pytest.mark.parametrize("name", [LAPTOP, PHONE, "indexes_for_pages.json"])
def test_every_change_and_every_text_is_there(device, name):
    device.take_in(exported(name))
    validation.refuse_unreadable(device.db, name)
    instants, texts = said(name)
    rows = device.db.execute("SELECT at FROM change WHERE device IS NOT 'migration'").fetchall()
    assert sorted(at for (at,) in rows) == sorted(instants)
    kept = {json.loads(new) for (new,) in device.db.execute("SELECT new FROM history")}
    assert texts <= kept


def test_it_is_what_the_database_holds_that_wrote_it(device, tmp_path):
    packed = HERE / "schemas" / "indexes_for_pages.db.gz"
    path = tmp_path / "earlier.db"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    device.take_in(exported("indexes_for_pages.json"))
    with open_database(path) as earlier:
        assert shared_log.of(earlier) == shared_log.of(device.db)


def test_what_was_beside_the_history_comes_along(device):
    device.take_in(exported(LAPTOP))
    db = device.db
    assert answers.draft(db, "L-04") == "not saved yet"
    attempt = mock.running(db)
    assert (attempt.questions, attempt.notes) == (
        ("L-08", "L-09"),
        {"L-08": "typed in a running mock"},
    )
    row = db.execute("SELECT seconds, last_anchor FROM reading").fetchone()
    assert row == (90, "1-hook")
    assert time_spent.of_question(db, "L-03") == {"answering": 5.0}


def test_a_draft_does_not_come_back_over_a_later_answer(device):
    device.now = device.now.replace(year=2027)
    answers.save(device.db, device.clock, "L-04", "the answer itself")
    device.take_in(exported(LAPTOP))
    assert answers.draft(device.db, "L-04") is None


@pytest.mark.parametrize("order", [(LAPTOP, PHONE), (PHONE, LAPTOP)])
def test_what_two_devices_had_exchanged_is_there_once(device, order):
    for name in (*order, *order):
        device.take_in(exported(name))
    db = device.db
    assert [story.title for story in stories.list_stories(db)] == ["Story 1", "Story of the phone"]
    assert Tracker(db, device.clock).state("L-01").personal_notes == "on the phone"
    assert Tracker(db, device.clock).state("L-11").status == "done"
    assert len(db.execute("SELECT id FROM change").fetchall()) == len(said(PHONE)[0])


def test_it_does_not_matter_which_came_first(device, devices_alike):
    other = devices_alike
    for name in (LAPTOP, PHONE):
        device.take_in(exported(name))
    for name in (PHONE, LAPTOP):
        other.take_in(exported(name))
    assert device.export() == other.export()


@pytest.fixture
def devices_alike(filled_file, tmp_path):
    path = tmp_path / "other.db"
    path.write_bytes(filled_file.read_bytes())
    with open_database(path) as db:
        yield Device(path, db)


def test_what_was_written_over_under_its_number_is_back(device):
    """That device gave ST-003, X-003 and PA-003 again, after a merge had left ST-002 out."""
    device.take_in(exported("overwritten.json"))
    db = device.db
    validation.refuse_unreadable(db, "overwritten.json")
    told = {story.title: story.situation for story in stories.list_stories(db)}
    assert told == {f"Story of {name}": f"text of {name}" for name in ("one", "two", "three")}
    assert len({link.angle for link in stories.links(db)}) == 3
    own = db.execute("SELECT title, personal_notes, status FROM tracker WHERE own").fetchall()
    assert sorted(own) == [
        (f"Question of {name}", f"notes of {name}", "done") for name in ("one", "three", "two")
    ]
    written = {body for (body,) in db.execute("SELECT body FROM answer")}
    assert written == {"answer of one", "answer of two", "answer of three"}
    assert {one.title for one in passes.list_passes(db)} == {
        "Pass of one",
        "Pass of two",
        "Pass of three",
    }
    assert change_rows.differing(db) == []


def test_an_interview_that_an_undo_wiped_has_its_questions_again(device):
    """Its notes are gone: that database kept them nowhere."""
    device.take_in(exported(LAPTOP))
    state = device.db.execute("SELECT state FROM attempt WHERE id = 'MI-002'").fetchone()[0]
    assert json.loads(state)["questions"] == ["L-06", "L-07"]


def test_an_interview_that_was_undone_comes_back_with_what_was_typed(device):
    """The device that wrote `undone.json` undid and redid; what was typed was in its undo."""
    device.take_in(exported("undone.json"))
    db, clock = device.db, device.clock
    state = Tracker(db, clock).state("L-10")
    assert (state.status, state.personal_notes) == ("done", "")
    assert undo_redo.redo(db, clock)
    assert mock.running(db).notes == {"L-08": "typed in a mock"}
    assert undo_redo.redo(db, clock) == [], "what was undone before that was cut off by its start"
