"""Length, silence and pauses of recordings that are known to the sample, and of what is none."""

import io
import struct
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.errors import InvalidValue
from prep.practice import speech
from tests.practice.sounds import RATE, joined, noise, silence, tone, wav


def measured(samples, **options):
    return speech.measure(io.BytesIO(wav(samples, **options)))


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_known_shares_of_silence_at_each_width(width, channels):
    found = measured(joined(tone(3), silence(1), tone(1)), width=width, channels=channels)
    assert found.seconds == pytest.approx(5)
    assert found.silence == pytest.approx(0.2, abs=0.01)
    assert found.longest_pause == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_rates(rate):
    found = measured(joined(tone(2, rate=rate), silence(2, rate=rate)), rate=rate)
    assert (found.seconds, found.silence) == pytest.approx((4, 0.5), abs=0.01)


def test_quiet_before_the_first_and_after_the_last_word_is_silence_and_no_pause():
    found = measured(joined(silence(2), tone(1), silence(0.5), tone(1), silence(3)))
    assert found.silence == pytest.approx(5.5 / 7.5, abs=0.02)
    assert found.longest_pause == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("floor", [0.0001, 0.001, 0.01])
@pytest.mark.parametrize("voice", [0.1, 0.5])
def test_the_threshold_follows_the_noise_of_the_room_and_the_voice(floor, voice):
    spoken = joined(tone(6, voice), silence(2), tone(2, voice))
    found = measured(spoken + noise(10, floor))
    assert found.silence == pytest.approx(0.2, abs=0.03)
    assert found.longest_pause == pytest.approx(2, abs=0.1)


def test_gaps_shorter_than_a_pause_belong_to_speaking():
    syllables = joined(*[tone(0.3), silence(0.12)] * 20)
    assert measured(syllables).silence == 0
    words = joined(*[tone(0.3), silence(0.4)] * 20)
    assert measured(words).silence == pytest.approx(0.57, abs=0.02)


def test_speech_without_a_pause_has_no_silence():
    assert measured(tone(5)) == speech.Speech(5, 0, 0)
    assert measured(noise(5, 0.1)).silence == 0


@pytest.mark.parametrize("samples", [silence(4), noise(4, 0.0002)])
def test_a_recording_without_sound_is_all_silence(samples):
    assert measured(samples) == speech.Speech(4, 1, 4)


def test_an_offset_of_the_microphone_is_no_sound():
    found = measured(joined(tone(3), silence(1)) + 0.2)
    assert found.silence == pytest.approx(0.25, abs=0.02)


def test_a_long_recording_is_read_a_second_at_a_time(monkeypatch):
    read = []
    readframes = wave.Wave_read.readframes
    monkeypatch.setattr(
        wave.Wave_read,
        "readframes",
        lambda self, count: read.append(count) or readframes(self, count),
    )
    assert measured(tone(90)).seconds == 90
    assert read == [RATE] * 90


WHOLE = wav(tone(1))


def header(channels=1, rate=RATE, bits=16, form=1, size=1000):
    block = channels * bits // 8
    about = struct.pack("<HHIIHH", form, channels, rate, rate * block % 2**32, block % 2**16, bits)
    body = b"WAVEfmt " + struct.pack("<I", 16) + about + b"data" + struct.pack("<I", size)
    return b"RIFF" + struct.pack("<I", (len(body) + size) % 2**32) + body


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"<html>no sound</html>",
        b"ID3" + b"\0" * 2000,
        WHOLE[:20],
        WHOLE[:44],
        WHOLE[: len(WHOLE) // 2],
        WHOLE[:-1],
        wav(silence(0)),
        wav(silence(0.01)),
        header(channels=0) + b"\0" * 1000,
        header(channels=60_000) + b"\0" * 1000,
        header(rate=0) + b"\0" * 1000,
        header(rate=2**31) + b"\0" * 1000,
        header(bits=0) + b"\0" * 1000,
        header(bits=64) + b"\0" * 1000,
        header(form=3) + b"\0" * 1000,
        header(size=2**32 - 1) + b"\0" * 4000,
    ],
    ids=lambda data: f"{len(data)}-{data[:3]!r}",
)
def test_what_is_no_whole_recording_is_refused_in_a_line(data):
    with pytest.raises(InvalidValue, match="no recording that can be read") as refused:
        speech.measure(io.BytesIO(data))
    assert "\n" not in str(refused.value)


@given(st.data())
def test_bytes_changed_anywhere_give_figures_or_one_line(data):
    damaged = bytearray(wav(joined(tone(0.2), silence(0.3))))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, 60) | st.integers(0, len(damaged) - 1))
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        found = speech.measure(io.BytesIO(bytes(damaged[: data.draw(st.integers(0, 2**15))])))
    except InvalidValue:
        return
    assert 0 <= found.silence <= 1
    assert 0 <= found.longest_pause <= found.seconds
    assert np.isfinite(found.seconds)
