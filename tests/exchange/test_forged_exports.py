"""An export that somebody altered is refused, or leaves a database that goes on as any other."""

import json

import pytest

from prep.errors import ExportFormatError
from prep.exchange import imports, json_import, validation
from prep.practice import stories
from prep.progress import own_questions
from prep.progress.tracker import Tracker
from prep.store import change_keys, undo_redo
from tests.exchange.device import Device

LAST = change_keys.made_of(change_keys._LAST - 1, 4095, 0)
OWN = {"sheet": "system-design", "category_position": 1, "title": "Design my desk"}


@pytest.fixture
def device(db_path, db):
    made = Device(db_path, db)
    Tracker(db, made.clock).edit({"SD-001": {"personal_notes": "hello"}})
    stories.link(db, made.clock, stories.save(db, made.clock, {"title": "One"}), {"L-01": ""})
    own_questions.add(db, made.clock, OWN)
    return made


def forged(device, alter):
    data = json.loads(device.export())
    alter(data)
    return json.dumps(data).encode()


def take_in(device, tmp_path, data):
    path = tmp_path / "forged.json"
    path.write_bytes(data)
    report = imports.read(path).take_in(device.db, device.clock)
    device.db.commit()
    return report


def go_on(device):
    """Do more, and take all of it back; what was exported can be read at each step."""
    db, clock = device.db, device.clock
    Tracker(db, clock).edit({"SD-003": {"personal_notes": "after"}})
    own_questions.add(db, clock, OWN)
    stories.save(db, clock, {"title": "Two"})
    is_readable(device)
    while undo_redo.undo(db, clock):
        pass
    is_readable(device)
    while undo_redo.redo(db, clock):
        pass
    is_readable(device)


def is_readable(device):
    validation.refuse_unreadable(device.db, "own.json")
    json_import.read(device.export(), "own.json")


def more(data, *fields, key=LAST):
    """Add a change of these fields, each `subject, id, name, new, old`."""
    last = data["changes"][-1]
    data["changes"].append({**last, "key": key, "fields": [list(field) for field in fields]})


def test_the_last_key_there_is_leaves_room_for_others(device, tmp_path):
    field = ("question", "SD-001", "personal_notes", "x", "hello")
    take_in(device, tmp_path, forged(device, lambda data: more(data, field)))
    go_on(device)


def test_a_key_beyond_that_is_refused(device, tmp_path):
    key = change_keys.made_of(change_keys._LAST + 1000, 0, 0)
    field = ("question", "SD-001", "personal_notes", "x", "hello")
    with pytest.raises(ExportFormatError, match="what no export does"):
        take_in(device, tmp_path, forged(device, lambda data: more(data, field, key=key)))


@pytest.mark.parametrize("label", ["X-9999", "ST-9999", "ST-999999999", "MI-999999999"])
def test_the_last_number_there_is_leaves_room_for_others(device, tmp_path, label):
    def alter(data):
        data["numbers"][change_keys.made_of(1, 1, 1)] = label

    take_in(device, tmp_path, forged(device, alter))
    go_on(device)


def test_a_change_that_changes_nothing_is_refused(device, tmp_path):
    with pytest.raises(ExportFormatError, match="what no export does"):
        take_in(device, tmp_path, forged(device, more))


OF_QUESTION = ("question", "SD-001")
COVERED = [
    (*OF_QUESTION, "minutes", 10**30, 3),
    (*OF_QUESTION, "minutes", -5, 3),
    (*OF_QUESTION, "confidence", 77, 3),
    (*OF_QUESTION, "starred", None, 1),
    (*OF_QUESTION, "personal_notes", None, "x"),
    (*OF_QUESTION, "moved_to", "2026-02-30", None),
    ("story", "ST-001", "level", "CTO", "EM"),
    ("story", "ST-001", "title", None, "One"),
    ("own", "X-001", "category_position", 77, 1),
    ("own", "X-001", "difficulty", "Hard", None),
]


@pytest.mark.parametrize("field", COVERED, ids=lambda field: f"{field[2]} {field[3]}")
def test_a_value_that_no_table_takes_is_refused_though_a_later_one_covers_it(
    device, tmp_path, field
):
    subject, subject_id, name, wrong, right = field

    def alter(data):
        key = {label: key for key, label in data["numbers"].items()}.get(subject_id, subject_id)
        whole = [found for found in data["changes"][-1]["fields"] if found[2] != name]
        beside = whole if subject == "own" else []
        old = json.loads(json.dumps(right))
        first, second = (change_keys.made_of(2 * 10**12 + n, 0, 0) for n in (0, 1))
        more(data, (subject, key, name, wrong, old), *beside, key=first)
        more(data, (subject, key, name, right, wrong), *beside, key=second)

    before = device.export()
    with pytest.raises(ExportFormatError):
        take_in(device, tmp_path, forged(device, alter))
    device.db.rollback()
    assert device.export() == before
    go_on(device)
