"""A clock that is never ahead of the pages, and a bank of stories."""

import pytest

from prep.clock import Clock
from prep.practice import stories


@pytest.fixture
def clock():
    """The page asks the real clock, so what it finds must not lie ahead of it."""
    return Clock()


@pytest.fixture
def bank(db, clock):
    text = {"situation": "Long ago.", "action": "I did it."}
    every_twelfth = "SELECT id FROM question WHERE sheet = 'behavioral' AND position % 12 = ?"
    for n in range(12):
        values = text | {"title": f"Story {n}", "strength": 1 + n % 5}
        story_id = stories.save(db, clock, values)
        ids = [row["id"] for row in db.query(every_twelfth, [n])]
        stories.link(db, clock, story_id, dict.fromkeys(ids, ""))
    return db
