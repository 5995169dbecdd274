"""The form of the ids that Prep gives, by table."""

from __future__ import annotations

import re
import secrets

FORMS = {
    "question": re.compile(r"[A-Z]{1,4}-[0-9]{1,4}(-OLD[0-9]*)?"),
    "story": re.compile(r"ST-[0-9]{1,9}"),
    "attempt": re.compile(r"MI-[0-9]{1,9}"),
    "pass": re.compile(r"PA-[0-9]{1,9}"),
}
# Time that was counted: the question (or its key), what it went into, the day, the device.
COUNTED_TIME = re.compile(
    r"[A-Za-z0-9-]{1,40}#(reading|answering|reviewing)#[0-9]{4}-[0-9]{2}-[0-9]{2}(#[0-9a-f]{16})?"
)
OWN_QUESTION = re.compile(r"X-[0-9]{1,4}(-OLD[0-9]*)?")


def unique() -> str:
    """Return a random suffix: two ids of the same instant on two devices then differ."""
    return secrets.token_hex(4)
