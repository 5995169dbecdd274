import pytest

from .interviews import Watch


@pytest.fixture
def watch():
    return Watch()
