"""Recording oneself, and the list of what was recorded, without a browser."""

import pytest

from prep.practice import recordings
from prep.ui.practice import recorder
from tests.pages.conftest import texts
from tests.practice.sounds import joined, silence, tone, wav
from tests.ui.practice.mock_interviews import start

TALK = wav(joined(tone(3), silence(1), tone(1)))


def record(test, data=TALK):
    test.audio_input[0].set_value(("talk.wav", data, "audio/wav")).run()
    assert not test.exception


@pytest.fixture
def page(open_page, db, clock):
    start(db, clock, ["L-01"])
    return open_page("mock")


def test_a_recording_is_kept_and_its_figures_are_shown(page, db):
    record(page)
    (made,) = recordings.of(db, "attempt", "MI-001")
    assert made.path.read_bytes() == TALK
    assert "20 % silence · longest pause 1.0 s" in texts(page)
    assert "**0:05**" in texts(page)


def test_each_recording_is_heard_and_deleted_by_itself(page, db):
    record(page)
    record(page, wav(tone(2)))
    newest, older = recordings.of(db, "attempt", "MI-001")
    assert len(page.get("audio")) == 1  # the one just made
    page.button(key=f"listen-{older.path.name}").click().run()
    assert len(page.get("audio")) == 1
    page.button(key=f"delete-{newest.path.name}").click().run()
    assert recordings.of(db, "attempt", "MI-001") == [older]
    page.button(key=f"listen-{older.path.name}").click().run()
    assert not page.get("audio")


def test_what_is_no_recording_is_one_line_and_the_next_one_is_taken(page, db):
    record(page, b"no sound at all")
    (error,) = page.error
    assert "no recording that can be read" in error.value
    record(page)
    assert not page.error
    assert len(recordings.of(db, "attempt", "MI-001")) == 1


def test_one_too_large_is_one_line(page, db, monkeypatch):
    monkeypatch.setattr(recordings, "MAX_BYTES", 1_000)
    record(page)
    assert "record it in parts" in page.error[0].value
    assert recordings.of(db, "attempt", "MI-001") == []


def test_a_muted_microphone_is_said(page):
    record(page, wav(silence(3)))
    assert "is the microphone muted?" in texts(page)


def test_one_that_was_damaged_since_is_a_line_in_the_list(page, db, clock):
    damaged, _ = recordings.keep(db, clock, "attempt", "MI-001", TALK)
    damaged.path.write_bytes(b"RIFF")
    page.run()
    assert not page.exception
    assert "That is no recording that can be read" in texts(page)


def test_many_are_listed_when_asked_for(page, db, clock):
    for _ in range(recorder.SHOWN + 2):
        recordings.keep(db, clock, "attempt", "MI-001", TALK)
    page.run()
    listened = [button for button in page.button if button.label == "Listen"]
    assert len(listened) == recorder.SHOWN
    page.button(key="all-attempt-MI-001").click().run()
    listened = [button for button in page.button if button.label == "Listen"]
    assert len(listened) == recorder.SHOWN + 2


@pytest.mark.parametrize(("minutes", "rate"), [(3, 16_000), (10, 16_000), (45, 8_000)])
def test_a_long_talk_is_recorded_with_fewer_samples(minutes, rate):
    assert recorder.sample_rate(60 * minutes) == rate
    assert 60 * minutes * rate * 2 < recordings.MAX_BYTES
