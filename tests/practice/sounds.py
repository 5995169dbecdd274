"""Recordings made of tones, noise and silence, for tests of what is measured in them."""

import io
import wave

import numpy as np

RATE = 16_000


def tone(seconds, loud=0.3, rate=RATE):
    return loud * np.sin(2 * np.pi * 220 * np.arange(round(seconds * rate)) / rate)


def silence(seconds, rate=RATE):
    return np.zeros(round(seconds * rate))


def noise(seconds, loud, rate=RATE):
    return np.random.default_rng(7).normal(0, loud, round(seconds * rate))


def joined(*parts):
    return np.concatenate(parts)


def wav(samples, width=2, channels=1, rate=RATE):
    """Return samples from -1 to 1 as the bytes of a WAV file, each channel the same."""
    whole = np.clip(samples, -1, 1)
    levels = np.round(whole * (2.0 ** (8 * width - 1) - 1)).astype(np.int64)
    if width == 1:
        levels += 128
    packed = levels.astype("<i8").view(np.uint8).reshape(-1, 8)[:, :width]
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((channels, width, rate, 0, "NONE", ""))
        written.writeframes(np.tile(packed, (1, channels)).tobytes())
    return file.getvalue()
