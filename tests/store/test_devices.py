"""Each database is a device of its own."""

import shutil

from prep.progress.tracker import Tracker
from prep.store import devices
from prep.store.database import open_database


def known(db):
    return [device for (device,) in db.execute("SELECT id FROM device ORDER BY id")]


def test_two_databases_are_two_devices(tmp_path):
    ids = set()
    for name in ("laptop", "phone"):
        with open_database(tmp_path / f"{name}.db") as db:
            ids.add(devices.this(db))
    assert len(ids) == 2
    assert all(devices.FORM.fullmatch(device) for device in ids)


def test_a_copy_becomes_a_device_of_its_own_and_knows_the_other(db, db_path, tmp_path):
    shutil.copy(db_path, tmp_path / "copy.db")
    with open_database(tmp_path / "copy.db") as copy:
        before = devices.this(copy)
        devices.become_new(copy)
        assert devices.this(copy) != before == devices.this(db)
        assert before in known(copy)


def test_what_is_written_names_its_device(db, tracker, clock):
    tracker.set_status("L-01", "done")
    first = devices.this(db)
    devices.become_new(db)
    Tracker(db, clock).set_status("L-02", "done")
    written = [device for (device,) in db.execute("SELECT device FROM change ORDER BY id")]
    assert written[-2:] == [first, devices.this(db)]


def test_another_device_is_known_once(db):
    before = known(db)
    for _ in range(2):
        devices.know(db, "0123456789abcdef")
    assert known(db) == sorted([*before, "0123456789abcdef"])
