import pytest

from prep.practice import stories

from .interviews import Watch


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def migration(db, clock):
    values = {"title": "The migration", "action": "I paired with Anjali.", "strength": 5}
    return stories.save(db, clock, values)
