"""How long a recording is, and how much of it is silence: figures of a WAV file, no words."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from prep.errors import InvalidValue

FRAMES_A_SECOND = 50  # a frame is 20 ms
SHORTEST_PAUSE = 0.26  # seconds: shorter gaps belong to speaking, as before a plosive
_NO_SOUND = -60.0  # dB below full scale: no microphone in a room is quieter while one speaks
_BELOW_SPEECH = 30.0  # dB below speech: what is quieter is not heard beside it
_ABOVE_NOISE = 6.0  # dB: twice the amplitude of the noise
_QUIETEST = 1e-10  # of full scale squared, -100 dB: the level of digital silence
_RATES = range(4_000, 192_001)
_MOST_CHANNELS = 2

Levels = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Speech:
    """A recording's length in seconds, the share of it that is silent, and its longest pause.

    The share is of the whole recording, from 0 to 1. The pause, in seconds, lies between two
    sounds: the quiet before the first word and after the last is none. In a recording without any
    sound it is as long as the recording.
    """

    seconds: float
    silence: float
    longest_pause: float


def measure(file: BinaryIO) -> Speech:
    """Return the figures of a WAV file, reading a second of it at a time.

    The level L of each frame of 20 ms is its mean square without its mean, over both channels, in
    dB below full scale. With the speech level S, the 98th percentile of L, and the noise N, its 5th
    percentile, a frame is quiet where L < T:

        T = max(-60, S - 30, N + 6 where N + 6 <= S - 6)

    Silence is made of quiet frames that follow each other for SHORTEST_PAUSE or longer (as studies
    of speech do since Goldman-Eisler, 1968: 250 ms). A hum as loud as the voice hides all pauses.

    Raises InvalidValue where it is no WAV file that a browser plays: other than whole PCM samples
    of 8, 16, 24 or 32 bits in one or two channels, cut short, or empty.
    """
    try:
        with wave.open(file, "rb") as recording:
            rate = recording.getframerate()
            _refuse_odd(recording)
            levels = np.concatenate(list(_levels(recording)))
            seconds = recording.getnframes() / rate
    except (wave.Error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise InvalidValue(
            f"that is no recording that can be read ({error or 'it ends'})"
        ) from None
    return _figures(levels, seconds)


def _refuse_odd(recording: wave.Wave_read) -> None:
    if recording.getframerate() not in _RATES or recording.getnchannels() > _MOST_CHANNELS:
        raise wave.Error("an odd rate or more than two channels")
    if recording.getsampwidth() not in (1, 2, 3, 4):
        raise wave.Error("samples of more than 32 bits")
    if recording.getnframes() < recording.getframerate() // FRAMES_A_SECOND:
        raise wave.Error("nothing was recorded")


def _levels(recording: wave.Wave_read) -> Iterator[Levels]:
    """Yield the levels of the frames, a second's at a time."""
    channels, width = recording.getnchannels(), recording.getsampwidth()
    frame = recording.getframerate() // FRAMES_A_SECOND
    missing = recording.getnframes()
    while missing > 0:
        data = recording.readframes(frame * FRAMES_A_SECOND)
        samples = _samples(data, width)
        if not data or len(samples) % channels:
            raise wave.Error("it is cut short")
        missing -= len(samples) // channels
        whole = len(samples) // (frame * channels)
        framed = samples[: whole * frame * channels].reshape(whole, frame, channels)
        power = framed.var(axis=1).mean(axis=1)
        yield 10 * np.log10(np.maximum(power, _QUIETEST))


def _samples(data: bytes, width: int) -> Levels:
    """Return samples of `width` bytes each, from -1 to 1; those of one byte have no sign."""
    if len(data) % width:
        raise wave.Error("it is cut short")
    if width == 1:
        return (np.frombuffer(data, np.uint8).astype(np.float64) - 128) / 128
    if width == 3:  # as the upper bytes of four
        wide = np.zeros((len(data) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        return wide.view("<i4").ravel().astype(np.float64) / 2**31
    return np.frombuffer(data, f"<i{width}").astype(np.float64) / 2.0 ** (8 * width - 1)


def _figures(levels: Levels, seconds: float) -> Speech:
    is_quiet = levels < _threshold(levels)
    pauses = [
        (begin, end)
        for begin, end in _stretches(is_quiet)
        if (end - begin) / FRAMES_A_SECOND >= SHORTEST_PAUSE or end - begin == len(levels)
    ]
    silent = sum(end - begin for begin, end in pauses)
    inside = [end - begin for begin, end in pauses if begin > 0 and end < len(levels)]
    longest = max(inside, default=0) / FRAMES_A_SECOND
    if silent == len(levels):
        return Speech(seconds, 1.0, seconds)
    return Speech(seconds, silent / len(levels), longest)


def _threshold(levels: Levels) -> float:
    noise, speech = np.percentile(levels, [5, 98])
    thresholds = [_NO_SOUND, speech - _BELOW_SPEECH]
    if noise + _ABOVE_NOISE <= speech - _ABOVE_NOISE:
        thresholds.append(noise + _ABOVE_NOISE)
    return float(max(thresholds))


def _stretches(is_quiet: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield where each stretch of quiet frames begins and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_quiet.astype(np.int8), [0]))))
    for begin, end in edges.reshape(-1, 2):
        yield int(begin), int(end)
