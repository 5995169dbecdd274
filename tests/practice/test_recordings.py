"""Recordings: kept beside the database for their owner alone, and deleted when they should be."""

import gzip
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from prep.clock import Clock
from prep.errors import InvalidValue
from prep.practice import mock, recordings, stories
from prep.store import output, renumber, undo_redo
from tests.practice.sounds import joined, silence, tone, wav

ROOT = Path(__file__).parents[2]
TALK = wav(joined(tone(2), silence(1), tone(1)))


@pytest.fixture
def told(db, clock):
    """A story that was told twice."""
    story = stories.save(db, clock, {"title": "Outage"})
    recordings.keep(db, later(clock, hours=1), "story", story, TALK)
    recordings.keep(db, later(clock, hours=2), "story", story, TALK)
    return story


def later(clock, **spent):
    return Clock(clock.zone, lambda: clock.now() + timedelta(**spent))


def files(db_path):
    return sorted((db_path.parent / "recordings" / db_path.name).glob("*.wav"))


def test_a_recording_lies_beside_the_database_with_what_was_measured(db, db_path, clock):
    made, figures = recordings.keep(db, clock, "answer", "L-01", TALK)
    assert files(db_path) == [made.path]
    assert made.path.read_bytes() == TALK
    assert (made.at, made.subject, made.size) == (clock.now(), "answer", len(TALK))
    assert figures == recordings.measure(made)
    assert (figures.seconds, figures.silence) == pytest.approx((4, 0.25), abs=0.02)


def test_two_of_the_same_instant_are_two_files_and_the_newest_comes_first(db, clock, told):
    stamp = later(clock, hours=2)
    recordings.keep(db, stamp, "story", told, TALK)
    found = recordings.of(db, "story", told)
    assert len(found) == 3
    assert [made.at for made in found] == sorted((made.at for made in found), reverse=True)
    assert recordings.of(db, "story", "ST-002") == recordings.of(db, "answer", told) == []


def test_no_word_of_the_person_is_in_a_name(db, db_path, told):
    assert all("utage" not in file.name for file in files(db_path))


def test_recordings_are_for_their_owner_alone(db, db_path, clock):
    before = os.umask(0)
    try:
        made, _ = recordings.keep(db, clock, "answer", "L-01", TALK)
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    for folder in (made.path.parent, made.path.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_databases_in_one_folder_keep_their_recordings_apart(db, db_path, clock):
    """As the accounts' databases lie, each in a file of its own."""
    recordings.keep(db, clock, "answer", "L-01", TALK)
    other = db_path.with_name("other.db")
    assert recordings.every(other) == []
    assert recordings.folder(other) != recordings.folder(db_path)


def test_a_link_to_the_database_leads_to_the_same_recordings(db, db_path, tmp_path, told):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(db_path)
    assert len(recordings.every(link)) == 2


@pytest.mark.parametrize("data", [b"", b"no sound", TALK[:-100]])
def test_what_is_no_recording_is_not_kept(db, db_path, clock, data):
    with pytest.raises(InvalidValue, match="no recording that can be read"):
        recordings.keep(db, clock, "answer", "L-01", data)
    assert files(db_path) == []


def test_one_too_large_is_refused_in_a_line(db, db_path, clock, monkeypatch):
    monkeypatch.setattr(recordings, "MAX_BYTES", 1_000)
    with pytest.raises(InvalidValue, match=r"the recording has 0\.1 MB.*record it in parts"):
        recordings.keep(db, clock, "answer", "L-01", TALK)
    assert files(db_path) == []


def test_a_disk_that_is_full_is_said_in_a_line(db, db_path, clock, monkeypatch):
    def full(_path, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "write_new", full)
    with pytest.raises(InvalidValue, match=r"cannot be kept \(No space left on device\)"):
        recordings.keep(db, clock, "answer", "L-01", TALK)


def test_other_files_there_are_none_of_them(db, db_path, tmp_path, told):
    folder = recordings.folder(db_path)
    (folder / "holiday.wav").write_bytes(TALK)
    name = files(db_path)[0].name
    (folder / name.replace("story", "tale")).write_bytes(TALK)
    (folder / name.replace("20261123", "20269923")).write_bytes(TALK)
    (folder / f"{name[:-12]}00000000.wav").symlink_to(folder / name)
    assert len(recordings.every(db_path)) == 2


def test_they_stay_with_what_they_are_of_when_it_gets_another_number(db, clock, told):
    recordings.keep(db, clock, "answer", "L-01", TALK)
    before = recordings.of(db, "answer", "L-01")
    titles = dict(db.execute("SELECT id, title FROM question WHERE id IN ('L-01', 'L-02')"))
    renumber.questions(db, {"L-01": "L-02", "L-02": "L-01"})
    assert titles["L-01"] == db.execute("SELECT title FROM question WHERE id='L-02'").fetchone()[0]
    assert recordings.of(db, "answer", "L-02") == before
    assert recordings.of(db, "answer", "L-01") == []
    db.execute("UPDATE numbered SET label = 'ST-007'")
    assert len(recordings.of(db, "story", "ST-007")) == 2


def test_one_whose_question_was_reworded_stays_with_it(db, clock):
    recordings.keep(db, clock, "answer", "L-01", TALK)
    db.execute("UPDATE question SET title = 'In other words' WHERE id = 'L-01'")
    assert len(recordings.of(db, "answer", "L-01")) == 1


def test_a_deleted_one_is_gone_and_deleting_it_again_is_no_error(db, told):
    first, second = recordings.of(db, "story", told)
    recordings.remove(first)
    recordings.remove(first)
    assert recordings.of(db, "story", told) == [second]


def test_old_ones_are_deleted_by_age_where_an_age_is_set(db, clock, told):
    later_on = later(clock, days=90, hours=1, minutes=30)
    assert recordings.clean_up(db, later_on, 0) == 0
    assert recordings.clean_up(db, later_on, 91) == 0
    assert recordings.clean_up(db, later_on, 90) == 1
    assert len(recordings.of(db, "story", told)) == 1


def test_what_was_removed_is_deleted_a_day_later_and_undo_within_it_keeps_it(db, clock, told):
    attempt = mock.start(db, clock, "question", ["L-01"])
    recordings.keep(db, clock, "attempt", attempt, TALK)
    mock.discard(db, clock, attempt)
    assert recordings.clean_up(db, later(clock, hours=23), 90) == 0
    undo_redo.undo(db, clock)
    assert len(recordings.of(db, "attempt", attempt)) == 1
    assert recordings.clean_up(db, later(clock, hours=30), 90) == 0
    mock.discard(db, later(clock, hours=30), attempt)
    stories.remove(db, later(clock, hours=30), told)
    assert recordings.clean_up(db, later(clock, hours=53), 90) == 0
    assert recordings.clean_up(db, later(clock, hours=55), 90) == 3


def test_what_a_killed_process_left_is_cleared_away(db, db_path, clock, told):
    left = recordings.folder(db_path) / f".prep-{'0' * 32}.part"
    left.write_bytes(b"half")
    now = clock.now().timestamp()
    os.utime(left, (now - 3600, now - 3600))
    recordings.clean_up(db, clock, 90)
    assert left.exists()
    recordings.clean_up(db, later(clock, days=2), 90)
    assert not left.exists()


def test_check_counts_them_and_those_of_what_is_gone(db, db_path, clock, told):
    assert recordings.finding(db_path).said.startswith("2, 0.3 MB, in ")
    stories.remove(db, clock, told)
    assert recordings.finding(db_path).said.endswith("; 2 of what is not there")
    assert recordings.finding(db_path.with_name("other.db")).said == "none"


def test_check_leaves_a_database_of_an_earlier_version_as_it_is(tmp_path, clock):
    old = tmp_path / "old.db"
    schema = sorted((ROOT / "tests" / "schemas").glob("*.gz"))[0]
    old.write_bytes(gzip.decompress(schema.read_bytes()))
    before = old.read_bytes()
    name = f"20261123T120000000000Z-story-{'0' * 8}-{'0' * 8}.wav"
    output.write_new(recordings.folder(old) / name, TALK)
    assert recordings.finding(old).said.startswith("1, 0.1 MB, in ")
    assert old.read_bytes() == before


def test_one_that_cannot_be_read_says_so(db, told):
    cut, gone = recordings.of(db, "story", told)
    cut.path.write_bytes(TALK[:-1000])
    gone.path.unlink()
    for made in (cut, gone):
        with pytest.raises(InvalidValue, match=r"cannot be read|can be read"):
            recordings.measure(made)
