"""What the ids look like that Prep gives out, by the table they stand in."""

from __future__ import annotations

import re

FORMS = {
    "question": re.compile(r"[A-Z]{1,4}-[0-9]{1,4}(-OLD[0-9]*)?"),
    "story": re.compile(r"ST-[0-9]{1,9}"),
    "attempt": re.compile(r"MI-[0-9]{1,9}"),
    "pass": re.compile(r"PA-[0-9]{1,9}"),
}
OWN_QUESTION = re.compile(r"X-[0-9]{1,4}(-OLD[0-9]*)?")
