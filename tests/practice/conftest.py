import pytest

from prep.content.models import BEHAVIORAL
from prep.practice import mock, stories

from .interviews import LOOP, Watch


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def migration(db, clock):
    values = {"title": "The migration", "action": "I paired with Anjali.", "strength": 5}
    return stories.save(db, clock, values)


@pytest.fixture
def loop(db, watch):
    return mock.start(db, watch.clock, BEHAVIORAL, LOOP)
