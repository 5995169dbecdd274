"""The Data page: out, in, backups, and a way back from a broken file."""

import json

from prep.content.sites import markdown_folder
from prep.exchange import json_export
from prep.practice import answers

from .conftest import texts


def test_what_does_not_come_back_whole_is_said_beside_the_export(open_page, db, clock, monkeypatch):
    answers.save(db, clock, "L-01", "a" * 40_000)
    monkeypatch.setattr(markdown_folder, "MAX_ANSWERS_BYTES", 30_000)
    said = texts(open_page("data"))
    assert "edit the answers to L\\-01 elsewhere" in said
    assert "too much to be imported at once" in said


def test_everything_of_mine_is_one_file(db, tracker):
    tracker.set_status("L-01", "done")
    assert len(json.loads(json_export.export(db))["changes"]) == 1
