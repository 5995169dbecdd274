"""Devices that exchange, and a folder of answers that was taken out."""

import shutil

import pytest

from prep.exchange import markdown_answers
from prep.practice import answers
from prep.store.database import open_database
from tests.exchange.device import Device

HOSTILE = (
    "---\ntitle: not front matter\n---\n# <script>alert(1)</script>\n\nline: 'quoted' \"twice\"\n"
)


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


@pytest.fixture
def other(filled_file, tmp_path):
    """Another database, with nothing of the person's."""
    shutil.copy(filled_file, tmp_path / "other.db")
    with open_database(tmp_path / "other.db") as other:
        yield other


@pytest.fixture
def written(db, tracker, clock, tmp_path):
    answers.save(db, clock, "SD-001", "## Hook\n\nA short link.\n")
    answers.save(db, clock, "L-01", HOSTILE)
    tracker.edit({"L-01": {"personal_notes": "the Lisbon story: ünïcode\nsecond line"}})
    tracker.edit({"L-02": {"personal_notes": "only a note"}})
    folder = tmp_path / "out"
    assert markdown_answers.write(db, folder) == 3
    return folder
